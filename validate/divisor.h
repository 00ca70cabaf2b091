/* SPDX-License-Identifier: Apache-2.0
 * What multipleOf divides by: a decimal of up to DIVISOR_DIGITS significant digits.  Division is exact, and takes time
 * linear in the digits of the number, whatever its exponent. */
#ifndef VALIDATE_DIVISOR_H
#define VALIDATE_DIVISOR_H

#include "decimal.h"

enum { DIVISOR_DIGITS = 1000 };

/* A whole number to divide by, more than 0. */
struct modulus {
    uint64_t small;  /* itself, if it is less than 10^18; else 0 and: */
    uint32_t *limbs; /* it times 2^shift, the last limb first; the first has its highest bit set */
    size_t n;
    unsigned shift;
};

/* It is y * 10^exponent, y a whole number that does not end in 0. */
struct divisor {
    int64_t exponent;
    struct modulus whole; /* y */
    struct modulus rest;  /* y without its factors 2 and 5 */
    size_t zeros;         /* behind a number, after which those factors divide it anyway */
};

/* false: it is not more than 0, has too many digits, or memory ran out (*failed). */
bool divisor_init(struct divisor *out, const struct decimal *d, struct jsonl_arena *a, bool *failed);

bool divisor_divides(const struct divisor *by, const struct decimal *d);

#endif
