/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int number_order(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

static int number_compare(const void *a, const void *b)
{
    return number_order(*(const double *)a, *(const double *)b);
}

enum { DIGITS = 8, DIGIT_BITS = 8, DIGIT_VALUES = 1 << DIGIT_BITS, RADIX_MIN = 512 };

/* Whole numbers in the order of these, NAN last. */
static uint64_t key_of(double value)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t bits;

    if (isnan(value))
        return UINT64_MAX;
    memcpy(&bits, &value, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

/* By one digit, from the lowest to the highest; those that all have in common cost nothing.  false: out of memory, and
 * nothing has changed. */
static bool sort_by_digits(double *values, size_t n)
{
    size_t count[DIGITS][DIGIT_VALUES] = {{0}};
    double *from = values, *to = malloc(n * sizeof *to), *other = to;

    if (!to)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < DIGITS; d++)
            count[d][key_of(values[i]) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)]++;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t *at = count[d];

        if (at[key_of(from[0]) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)] == n)
            continue;
        for (size_t k = 0, sum = 0, next; k < DIGIT_VALUES; k++, sum = next) {
            next = sum + at[k];
            at[k] = sum;
        }
        for (size_t i = 0; i < n; i++)
            to[at[key_of(from[i]) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)]++] = from[i];
        double *swap = from;
        from = to;
        to = swap;
    }
    if (from != values)
        memcpy(values, from, n * sizeof *values);
    free(other);
    return true;
}

size_t number_sort(double *values, size_t n)
{
    if (n > 1 && (n < RADIX_MIN || !sort_by_digits(values, n)))
        qsort(values, n, sizeof *values, number_compare);
    while (n > 0 && isnan(values[n - 1]))
        n--;
    return n;
}

double number_median(const double *sorted, size_t n)
{
    if (n == 0)
        return NAN;
    if (n % 2 == 1)
        return sorted[n / 2];
    return sorted[n / 2 - 1] + (sorted[n / 2] - sorted[n / 2 - 1]) / 2;
}

double number_sum(const double *values, size_t n)
{
    double sum = 0, lost = 0;

    for (size_t i = 0; i < n; i++) {
        double v = values[i], next = sum + v;

        /* Whichever of the two is smaller has lost its low bits. */
        if (fabs(sum) >= fabs(v))
            lost += sum - next + v;
        else
            lost += v - next + sum;
        sum = next;
    }
    return isfinite(lost) ? sum + lost : sum;
}

struct number_range number_range_of(double *values, size_t n)
{
    struct number_range range = {NAN, NAN, NAN, 0};

    range.n = number_sort(values, n);
    if (range.n == 0)
        return range;
    range.min = values[0];
    range.max = values[range.n - 1];
    range.mean = number_sum(values, range.n) / (double)range.n;
    return range;
}

struct number_spread number_spread_of(double *values, size_t n)
{
    struct number_range range = number_range_of(values, n);

    return (struct number_spread){range.min, number_median(values, range.n), range.mean, range.max, range.n};
}

double number_short(double value)
{
    return fabs(value) < 1e9 ? round(value * 1e6) / 1e6 : value;
}

double number_max(double a, double b)
{
    if (isnan(a))
        return b;
    return b > a ? b : a;
}

double number_min(double a, double b)
{
    if (isnan(a))
        return b;
    return b < a ? b : a;
}

double number_climb(const double *values, size_t n, double *from, double *to)
{
    double lowest = NAN, best = NAN;

    *from = *to = NAN;
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            continue;
        lowest = number_min(lowest, values[i]);
        if (isnan(best) || values[i] - lowest > best) {
            best = values[i] - lowest;
            *from = lowest;
            *to = values[i];
        }
    }
    return best;
}
