/* SPDX-License-Identifier: Apache-2.0
 * Numbers of JSON as the decimals they are written as, of any length: nothing is rounded.
 *
 * All functions take time linear in the digits, however large the exponent.  Exponents are held within
 * +-10^17, so two numbers beyond that differ by their digits only. */
#ifndef VALIDATE_DECIMAL_H
#define VALIDATE_DECIMAL_H

#include "jsonl.h"

/* The value is 0.DIGITS * 10^point, less its sign. */
struct decimal {
    const char *digits; /* from the first digit that is not 0 to the last; a '.' may stand between */
    size_t bytes;       /* of `digits` */
    size_t count;       /* digits in it; 0: the number is zero, and not negative */
    int64_t point;
    bool negative;
};

/* Reads a number as JSON writes it; it points into the text. */
struct decimal decimal_parse(struct jsonl_text text);

int decimal_compare(const struct decimal *a, const struct decimal *b); /* < 0, 0, > 0 */
bool decimal_is_integer(const struct decimal *d);                      /* 1.0 and 1e2 too */
uint64_t decimal_hash(const struct decimal *d);                        /* equal for equal numbers */

/* The digit at *s, which is moved on; it starts as d->digits.  0 behind the last. */
static inline int decimal_digit(const struct decimal *d, const char **s)
{
    const char *end = d->digits + d->bytes;
    if (*s < end && **s == '.')
        ++*s;
    return *s < end ? *(*s)++ - '0' : 0;
}

/* The number of a value: its text stands at `text + v->at`. */
static inline struct decimal decimal_of(const struct jsonl_value *v, const char *text)
{
    return decimal_parse((struct jsonl_text){text + v->at, v->len});
}

#endif
