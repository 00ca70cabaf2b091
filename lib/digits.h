/* SPDX-License-Identifier: Apache-2.0
 * Integers as decimal digits, two at a time, and the powers that move a decimal point; not installed. */
#ifndef JSONL_DIGITS_H
#define JSONL_DIGITS_H

#include <stdint.h>

enum { DIGITS_MAX = 20 }; /* of a uint64_t */

/* 5^0 to 5^27, those that 64 bits hold. */
enum { POWERS_OF_FIVE = 28 };
extern const uint64_t powers_of_five[POWERS_OF_FIVE];

/* 10^0 to 10^22, those that are doubles. */
enum { POWERS_OF_TEN = 23 };
extern const double powers_of_ten[POWERS_OF_TEN];

/* gcc and clang have it wherever pointers have 64 bits. */
__extension__ typedef unsigned __int128 uint128_t;

/* Writes the digits of n so that they end before `end`; returns where they start.  0 has one digit. */
char *digits_before(char *end, uint64_t n);

/* The same with zeros in front, to exactly `width` digits; n has no more. */
char *digits_padded(char *end, uint64_t n, int width);

#endif
