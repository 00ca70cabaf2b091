/* SPDX-License-Identifier: Apache-2.0
 * Integers as decimal digits, two at a time; not installed. */
#ifndef DIGITS_H
#define DIGITS_H

#include <stdint.h>

enum { DIGITS_MAX = 20 }; /* of a uint64_t */

/* Writes the digits of n so that they end before `end`; returns where they start.  0 has one digit. */
char *digits_before(char *end, uint64_t n);

/* The same with zeros in front, to exactly `width` digits; n has no more. */
char *digits_padded(char *end, uint64_t n, int width);

#endif
