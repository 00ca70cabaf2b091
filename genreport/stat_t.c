/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics.h"

#include <float.h>
#include <math.h>

enum { FRACTION_STEPS = 10000 };

/* The continued fraction of I_x(a, b), for x < (a + 1) / (a + b + 2), where it converges fast; by Lentz's method. */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;

    for (int m = 1; m <= FRACTION_STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

        d = 1 / (1 + even * d);
        c = 1 + even / c;
        value *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        value *= c * d;
        if (fabs(c * d - 1) < 4 * DBL_EPSILON)
            break;
    }
    return value;
}

/* I_x(a, b); y = 1 - x is given too, since it cannot be had from an x near 1. */
static double beta_regularised(double a, double b, double x, double y)
{
    if (x <= 0 || y <= 0)
        return x <= 0 ? 0 : 1;
    double front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(y));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, y) / b;
}

double stat_t_p(double t, double df)
{
    if (isnan(t) || !(df > 0))
        return NAN;
    double square = t * t;
    if (isinf(square))
        return 0;
    return fmin(1, beta_regularised(df / 2, 0.5, df / (df + square), square / (df + square)));
}

double stat_t_bound(double alpha, double df)
{
    double low = 0, high = 1;

    if (!(df > 0) || !(alpha > 0) || alpha > 1)
        return NAN;
    while (stat_t_p(high, df) > alpha && high < 1e300)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-14 * high; i++) {
        double middle = low + (high - low) / 2;

        if (stat_t_p(middle, df) > alpha)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

double stat_normal_p(double z)
{
    return erfc(fabs(z) / sqrt(2));
}
