/* SPDX-License-Identifier: Apache-2.0
 * Letters and digits of ASCII, in every locale.  Bytes beyond ASCII are none. */
#ifndef JSONL_ASCII_H
#define JSONL_ASCII_H

#include <stdbool.h>

static inline bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static inline bool is_letter(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static inline bool is_alphanumeric(char c)
{
    return is_letter(c) || is_digit(c);
}

/* The value of a hexadecimal digit, in either case; -1: it is none. */
static inline int hex_value(char c)
{
    return is_digit(c) ? c - '0' : is_letter(c) && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static inline bool is_hex(char c)
{
    return hex_value(c) >= 0;
}

static inline char lower_case(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

#endif
