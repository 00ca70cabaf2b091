/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

#include <math.h>
#include <stdlib.h>

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

size_t number_sort(double *values, size_t n)
{
    if (n > 1)
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
