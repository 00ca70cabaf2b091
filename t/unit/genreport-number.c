/* SPDX-License-Identifier: Apache-2.0
 * The arithmetic of the report. */
#include "../../genreport/number.h"
#include "unit.h"

#include <math.h>
#include <stdint.h>

#define LEN(a) (sizeof(a) / sizeof *(a))

START_TEST(sorts_numbers_and_puts_nan_last)
    {
        double v[] = {3, NAN, -1, 2, NAN, 2};

        ck_assert_uint_eq(number_sort(v, LEN(v)), 4);
        ck_assert_double_eq(v[0], -1);
        ck_assert_double_eq(v[1], 2);
        ck_assert_double_eq(v[2], 2);
        ck_assert_double_eq(v[3], 3);
        ck_assert(isnan(v[4]) && isnan(v[5]));
        ck_assert_uint_eq(number_sort(v, 0), 0);
    }
END_TEST

/* Of numbers of all sizes and signs, and few or many of them. */
START_TEST(sorts_many_numbers_too)
    {
        enum { MANY = 5000 };
        static double v[MANY];
        uint32_t seed = 3;

        for (size_t n = 500; n <= MANY; n += n < 520 ? 1u : 1493u) {
            size_t known = 0;
            double sum = 0, sorted = 0;

            for (size_t i = 0; i < n; i++) {
                seed = seed * 1664525 + 1013904223;
                v[i] = i % 97 == 5   ? (i % 2 ? (double)NAN : -(double)NAN)
                       : i % 89 == 3 ? (i % 2 ? (double)INFINITY : -(double)INFINITY)
                       : i % 83 == 2 ? (i % 2 ? 0.0 : -0.0)
                                     : ldexp((double)(seed >> 8) - (1 << 23), (int)(seed >> 20 & 63) - 40);
                known += isnan(v[i]) ? 0u : 1u;
                sum += isfinite(v[i]) ? floor(v[i]) : 0;
            }
            ck_assert_uint_eq(number_sort(v, n), known);
            for (size_t i = 0; i < n; i++) {
                ensure(i < known ? !isnan(v[i]) && (i == 0 || v[i - 1] <= v[i]) : isnan(v[i]), "%zu of %zu", i, n);
                sorted += isfinite(v[i]) ? floor(v[i]) : 0;
            }
            ck_assert_double_eq(sorted, sum); /* whole numbers: none was lost */
        }
    }
END_TEST

START_TEST(median_is_the_middle_or_the_mean_of_the_two)
    {
        const double odd[] = {1, 5, 100}, even[] = {1, 2, 4, 100}, one[] = {7}, huge[] = {1.6e308, 1.7e308};

        ck_assert_double_eq(number_median(odd, LEN(odd)), 5);
        ck_assert_double_eq(number_median(even, LEN(even)), 3);
        ck_assert_double_eq(number_median(one, LEN(one)), 7);
        ck_assert(isfinite(number_median(huge, LEN(huge)))); /* the sum of the two is not */
        ck_assert(isnan(number_median(one, 0)));
    }
END_TEST

START_TEST(sum_keeps_what_plain_addition_loses)
    {
        const double v[] = {1e16, 1, 1, -1e16};
        double tenths[1000];

        ck_assert_double_eq(number_sum(v, LEN(v)), 2);
        for (size_t i = 0; i < LEN(tenths); i++)
            tenths[i] = 0.1;
        ck_assert_double_eq(number_sum(tenths, LEN(tenths)), 100);
        ck_assert_double_eq(number_sum(tenths, 0), 0);
    }
END_TEST

START_TEST(sum_of_infinite_values_is_infinite_not_nan)
    {
        const double v[] = {1, INFINITY, 2};

        ck_assert(isinf(number_sum(v, LEN(v))));
    }
END_TEST

START_TEST(range_counts_only_what_is_known)
    {
        double v[] = {NAN, 4, 1, NAN, 4}, none[] = {NAN, NAN};
        struct number_range r = number_range_of(v, LEN(v));

        ck_assert_uint_eq(r.n, 3);
        ck_assert_double_eq(r.min, 1);
        ck_assert_double_eq(r.max, 4);
        ck_assert_double_eq(r.mean, 3);
        r = number_range_of(none, LEN(none));
        ck_assert_uint_eq(r.n, 0);
        ck_assert(isnan(r.min) && isnan(r.max) && isnan(r.mean));
    }
END_TEST

START_TEST(nan_loses_against_any_number)
    {
        ck_assert_double_eq(number_max(NAN, -5), -5);
        ck_assert_double_eq(number_max(-5, NAN), -5);
        ck_assert_double_eq(number_min(NAN, 5), 5);
        ck_assert_double_eq(number_min(5, NAN), 5);
        ck_assert_double_eq(number_max(1, 2), 2);
        ck_assert_double_eq(number_min(1, 2), 1);
        ck_assert(isnan(number_max(NAN, NAN)));
    }
END_TEST

START_TEST(climb_is_the_largest_rise_to_a_later_value)
    {
        const double v[] = {1000, 500, NAN, 700, 400, 550, 100}, falls[] = {3, 2, 1}, none[] = {NAN};
        double from, to;

        ck_assert_double_eq(number_climb(v, LEN(v), &from, &to), 200);
        ck_assert_double_eq(from, 500);
        ck_assert_double_eq(to, 700);
        ck_assert_double_eq(number_climb(falls, LEN(falls), &from, &to), 0);
        ck_assert(isnan(number_climb(none, LEN(none), &from, &to)));
    }
END_TEST

UNIT_MAIN("genreport-number", sorts_numbers_and_puts_nan_last, sorts_many_numbers_too,
          median_is_the_middle_or_the_mean_of_the_two, sum_keeps_what_plain_addition_loses,
          sum_of_infinite_values_is_infinite_not_nan, range_counts_only_what_is_known, nan_loses_against_any_number,
          climb_is_the_largest_rise_to_a_later_value)
