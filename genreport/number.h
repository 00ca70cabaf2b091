/* SPDX-License-Identifier: Apache-2.0
 * The arithmetic of the report.  Every result is the same for the same values in whatever order they
 * were collected: sums are taken over sorted values, or over integers.
 *
 * NAN means "not known" and is never counted. */
#ifndef GENREPORT_NUMBER_H
#define GENREPORT_NUMBER_H

#include <stddef.h>

/* -1, 0, 1; NAN is greater than any number. */
int number_order(double a, double b);

/* Sorts ascending; NANs go to the end.  Returns how many are numbers. */
size_t number_sort(double *values, size_t n);

/* Of n sorted numbers; NAN if n is 0.  The median of an even count is the mean of the middle two. */
double number_median(const double *sorted, size_t n);

/* Neumaier's compensated sum: exact to the last bit or two however many values there are.  0 if n is 0. */
double number_sum(const double *values, size_t n);

/* What min, max, avg of a column come from; n == 0: the column holds nothing, and the rest is NAN. */
struct number_range {
    double min, max, mean;
    size_t n;
};

/* The range of those of n values that are numbers; sorts them. */
struct number_range number_range_of(double *values, size_t n);

struct number_spread {
    double min, median, mean, max;
    size_t n;
};

/* The same with the median. */
struct number_spread number_spread_of(double *values, size_t n);

/* Six decimals are enough for what is written: those that follow are rounded away. */
double number_short(double value);

/* The larger and the smaller of two, where NAN loses. */
double number_max(double a, double b);
double number_min(double a, double b);

/* The largest climb from a value to a later one: 0 if the values never rise, NAN without a number.
 * *from and *to are the values at its foot and its top. */
double number_climb(const double *values, size_t n, double *from, double *to);

#endif
