/* SPDX-License-Identifier: Apache-2.0
 * A double c * 2^q stands for all numbers nearer to it than to its neighbours, an interval 2^q wide.  With K the
 * largest integer for which 10^K fits into that width, the interval holds a multiple of 10^K, and at most one of
 * 10^(K+1): that one, if it is there, has the fewest digits; else the multiple of 10^K nearest to the number has.
 * (R. Giulietti, "The Schubfach way to render doubles", 2020.)
 *
 * Where K is 0 to -27, for numbers from 1e-11 to 2^53, all of this is exact in 128 bits with no more table than the
 * powers of 5 that 64 bits hold.  The rest, which benchmarks hardly have, is tried out with the C library. */
#include "shortest.h"

#include "digits.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRACTION_BITS = 52, EXPONENT_BIAS = 1023 + FRACTION_BITS };

/* -floor(log10(2^q)), or of 3/4 of it, for -89 <= q <= 0: 1262611 / 2^22 is log10(2), 524031 / 2^22 -log10(3/4). */
static int decimals_within(int q, bool narrow)
{
    return (-q * 1262611 + (narrow ? 524031 : 0) + (1 << 22) - 1) >> 22;
}

/* The multiple of 10^-k for c * 2^q that the comment above describes.  Everything is held in units of
 * 2^(q + k - 2) * 10^-k, in which the number and the ends of its interval are integers. */
static uint64_t shortest_multiple(uint64_t c, int q, bool narrow, int k)
{
    uint64_t power = powers_of_five[k];
    int shift = 2 - q - k;
    uint128_t value = (uint128_t)(4 * c) * power;
    uint128_t low = value - (narrow ? power : 2 * power) + c % 2; /* the ends themselves read back as the even one */
    uint128_t high = value + (uint128_t)2 * power - c % 2;
    uint64_t below = (uint64_t)(value >> shift);
    uint64_t tens = below / 10 * 10;
    if ((uint128_t)tens << shift >= low)
        return tens;
    if ((uint128_t)(tens + 10) << shift <= high)
        return tens + 10;
    uint128_t under = value - ((uint128_t)below << shift);
    uint128_t over = ((uint128_t)(below + 1) << shift) - value;
    if (value - under < low)
        return below + 1;
    if (value + over > high)
        return below;
    return under < over || (under == over && below % 2 == 0) ? below : below + 1;
}

static bool reads_back(struct decimal d, double number)
{
    char text[48];
    snprintf(text, sizeof text, "%" PRIu64 "e%d", d.digits, d.exponent); /* no point: the same in every locale */
    double back = strtod(text, NULL);
    return !(back < number) && !(back > number);
}

/* The number to n digits, as printf rounds. */
static struct decimal decimal_to(double number, int n)
{
    struct decimal d = {0, 0};
    char text[48];
    snprintf(text, sizeof text, "%.*e", n - 1, number);
    const char *e = strchr(text, 'e');
    for (const char *p = text; p < e; p++)
        if (*p >= '0' && *p <= '9') /* all but the point of this locale */
            d.digits = d.digits * 10 + (uint64_t)(*p - '0');
    d.exponent = atoi(e + 1) - (n - 1);
    return d;
}

/* Every decimal of 15 digits is the nearest of its kind to the double it reads as, but for subnormals.  At a power of
 * two, where the interval is half as wide below as above, the nearest of 16 digits may lie outside and the next one
 * inside. */
static struct decimal decimal_by_trial(double number, bool subnormal, bool narrow)
{
    for (int n = subnormal ? 1 : 15; n < 17; n++) {
        struct decimal d = decimal_to(number, n);
        if (reads_back(d, number))
            return d;
        d.digits++;
        if (narrow && reads_back(d, number))
            return d;
    }
    return decimal_to(number, 17);
}

static struct decimal without_zeros(struct decimal d)
{
    static const struct {
        uint64_t power;
        int zeros;
    } steps[] = {{100000000, 8}, {10000, 4}, {100, 2}, {10, 1}}; /* 15 zeros in all, of 16 or 17 digits */
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (d.digits % steps[i].power == 0) {
            d.digits /= steps[i].power;
            d.exponent += steps[i].zeros;
        }
    }
    while (d.digits % 10 == 0) {
        d.digits /= 10;
        d.exponent++;
    }
    return d;
}

struct decimal shortest_decimal(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    int exponent = (int)(bits >> FRACTION_BITS & 0x7ff);
    int q = exponent - EXPONENT_BIAS;
    int k = q > 0 || q < -89 ? POWERS_OF_FIVE : decimals_within(q, fraction == 0);
    struct decimal d;
    if (k < POWERS_OF_FIVE) {
        d.digits = shortest_multiple(fraction | (uint64_t)1 << FRACTION_BITS, q, fraction == 0, k);
        d.exponent = -k;
    } else {
        d = decimal_by_trial(number, exponent == 0, fraction == 0);
    }
    return without_zeros(d);
}
