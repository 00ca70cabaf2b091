/* SPDX-License-Identifier: Apache-2.0
 * Well-formed UTF-8 as Unicode's table 3-7 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#ifndef JSONL_UTF8_H
#define JSONL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the sequence that starts with the non-ASCII byte p[0], of `room` bytes that may be read; 0: there is none.
 */
static inline size_t utf8_sequence(const char *text, size_t room)
{
    const unsigned char *p = (const unsigned char *)text;
    unsigned char low = 0x80, high = 0xbf; /* bounds of the second byte */
    size_t n;
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        n = 2;
    } else if (p[0] >= 0xe0 && p[0] <= 0xef) {
        n = 3;
        low = p[0] == 0xe0 ? 0xa0 : 0x80;
        high = p[0] == 0xed ? 0x9f : 0xbf;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        n = 4;
        low = p[0] == 0xf0 ? 0x90 : 0x80;
        high = p[0] == 0xf4 ? 0x8f : 0xbf;
    } else {
        return 0;
    }
    if (room < n || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

/* The code point of a well-formed sequence of n > 1 bytes. */
static inline uint32_t utf8_code_point(const char *p, size_t n)
{
    uint32_t code = (unsigned char)p[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        code = code << 6 | ((unsigned char)p[i] & 0x3f);
    return code;
}

/* Whether a byte is the first of a character, not one that goes on with it. */
static inline bool utf8_is_start(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

/* How many characters start in n bytes. */
static inline size_t utf8_count(const char *s, size_t n)
{
    size_t characters = 0;
    for (size_t i = 0; i < n; i++)
        characters += utf8_is_start(s[i]);
    return characters;
}

/* How many of the first n bytes there are without a character at their end that is not there whole. */
static inline size_t utf8_whole(const char *s, size_t n)
{
    size_t start = n;
    while (start > 0 && n - start < 4 && !utf8_is_start(s[start - 1]))
        start--;
    if (start == 0 || n - start >= 4)
        return n;
    unsigned char first = (unsigned char)s[start - 1];
    size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return n - start + 1 < length ? start - 1 : n;
}

#endif
