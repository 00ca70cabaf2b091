/* SPDX-License-Identifier: Apache-2.0
 * Numbers as JSON writes them: digits and a point. */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_SIZE = 48 }; /* bytes that one takes at most */

/* A number >= 0 as its digits and how many of them stand behind the point: 12.50 is {1250, 2}. */
struct decimal {
    uint64_t digits;
    int decimals;
};

/* Reads a JSON number without sign and exponent, of at most 18 digits behind its leading zeros; 0: it is another. */
static inline int decimal_read(const char *s, size_t n, struct decimal *out)
{
    struct decimal d = {0, 0};
    size_t point = n;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.')
            point = i;
        else if (s[i] < '0' || s[i] > '9' || d.digits >= UINT64_C(100000000000000000))
            return 0;
        else
            d.digits = d.digits * 10 + (uint64_t)(s[i] - '0');
    }
    d.decimals = point < n ? (int)(n - point - 1) : 0;
    *out = d;
    return d.decimals < DECIMAL_SIZE / 2;
}

static inline double decimal_value(struct decimal d)
{
    double value = (double)d.digits;
    for (int i = 0; i < d.decimals; i++)
        value /= 10;
    return value;
}

/* Writes it to the end of buf, returns where it starts. */
static inline const char *decimal_write(struct decimal d, char buf[DECIMAL_SIZE], size_t *n)
{
    size_t at = DECIMAL_SIZE;
    for (int i = 0; i < d.decimals; i++, d.digits /= 10)
        buf[--at] = (char)('0' + d.digits % 10);
    if (d.decimals > 0)
        buf[--at] = '.';
    do
        buf[--at] = (char)('0' + d.digits % 10);
    while (d.digits /= 10);
    *n = DECIMAL_SIZE - at;
    return buf + at;
}

#endif
