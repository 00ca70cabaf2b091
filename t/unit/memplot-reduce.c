/* SPDX-License-Identifier: Apache-2.0 */
#include "../../memplot/reduce.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH_MAX = 1500 };

static uint32_t random_state = 1;
static uint32_t random_next(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

/* A long series: uneven steps, missing values, gaps, and peaks of single samples. */
static void series_make(struct timeline *t, double *v, size_t n)
{
    double ts = 1795398543.566;
    for (size_t i = 0; i < n; i++) {
        ts += 0.19 + (random_next() % 20) / 1000.0 + (random_next() % 5000 == 0 ? 60 : 0);
        t->ts[i] = ts;
        v[i] = random_next() % 50 == 0 ? (double)NAN : 50 + 10 * sin((double)i / 700) + random_next() % 3;
        if (random_next() % 997 == 0)
            v[i] = random_next() % 2 ? 1000 + (double)(random_next() % 1000) : -1000 - (double)(random_next() % 1000);
    }
    t->samples = n;
    t->gap = 0.8;
}

/* What a pixel column must say, by looking at all samples. */
static struct reduced truth(const struct timeline *t, const double *v, double from, double to, size_t column,
                            size_t width)
{
    struct reduced r = {0};
    for (size_t i = 0; i < t->samples; i++) {
        if (t->ts[i] < from || t->ts[i] > to || isnan(v[i]) || reduce_place(t->ts[i], from, to, width) != column)
            continue;
        struct reduced_point p = {t->ts[i], v[i]};
        if (!r.n)
            r.first = r.min = r.max = p;
        r.min = p.v < r.min.v ? p : r.min;
        r.max = p.v > r.max.v ? p : r.max;
        r.last = p;
        r.sum += p.v;
        r.n++;
    }
    return r;
}

static void same_point(struct reduced_point a, struct reduced_point b)
{
    ck_assert_double_eq(a.t, b.t);
    ck_assert_double_eq(a.v, b.v);
}

START_TEST(every_column_has_its_true_extremes)
    {
        enum { N = 200000, WINDOWS = 60, COLUMNS = 40 };
        static double ts[N], v[N];
        static struct reduced out[WIDTH_MAX];
        struct timeline t = {.ts = ts};
        series_make(&t, v, N);
        for (int k = 0; k < WINDOWS; k++) {
            size_t a = random_next() % N, b = random_next() % N, width = 1 + random_next() % WIDTH_MAX;
            double from = ts[a < b ? a : b], to = ts[a < b ? b : a];
            reduce_column(&t, v, from, to, out, width);
            size_t n = 0, want = 0;
            double least = INFINITY, most = -INFINITY, low = INFINITY, high = -INFINITY;
            for (size_t x = 0; x < width; x++) {
                n += out[x].n;
                least = out[x].n ? fmin(least, out[x].min.v) : least;
                most = out[x].n ? fmax(most, out[x].max.v) : most;
            }
            for (size_t i = a < b ? a : b; i <= (a < b ? b : a); i++) {
                want += isnan(v[i]) ? 0 : 1;
                low = fmin(low, v[i]);
                high = fmax(high, v[i]);
            }
            ck_assert_uint_eq(n, want);
            ck_assert_double_eq(least, low);
            ck_assert_double_eq(most, high);
            for (int c = 0; c < COLUMNS && k < 8; c++) {
                size_t x = random_next() % width;
                struct reduced is = out[x], must = truth(&t, v, from, to, x, width);
                ck_assert_uint_eq(is.n, must.n);
                if (!is.n)
                    continue;
                same_point(is.first, must.first);
                same_point(is.min, must.min);
                same_point(is.max, must.max);
                same_point(is.last, must.last);
                ck_assert_double_eq_tol(is.sum, must.sum, 1e-6);
            }
        }
    }
END_TEST

START_TEST(lines_are_parted_by_gaps_missing_values_and_recordings)
    {
        double ts[] = {0, 1, 2, 3, 4, 15, 16, 17, 18}, v[] = {1, 1, NAN, 1, 1, 1, 1, 1, 1}, brk[] = {17};
        struct timeline t = {.ts = ts, .samples = 9, .gap = 4, .brk = brk, .brks = 1};
        struct reduced out[19];
        reduce_column(&t, v, 0, 19, out, 19);
        const bool joined[] = {false, true, false, false, true};
        for (size_t x = 0; x < 5; x++)
            ck_assert_int_eq(out[x].joined, joined[x]);
        ck_assert_uint_eq(out[2].n, 0);
        ck_assert(!out[15].joined && out[16].joined && !out[17].joined && out[18].joined);
    }
END_TEST

START_TEST(one_moment_is_one_column)
    {
        double ts[] = {5, 5, 5}, v[] = {2, 1, 3};
        struct timeline t = {.ts = ts, .samples = 3, .gap = NAN};
        struct reduced out[10];
        reduce_column(&t, v, 5, 5, out, 10);
        ck_assert_uint_eq(out[0].n, 3);
        ck_assert_double_eq(out[0].min.v, 1);
        ck_assert_double_eq(out[0].max.v, 3);
        reduce_column(&t, v, 6, 7, out, 10);
        for (size_t x = 0; x < 10; x++)
            ck_assert_uint_eq(out[x].n, 0);
    }
END_TEST

UNIT_MAIN("memplot-reduce", every_column_has_its_true_extremes, lines_are_parted_by_gaps_missing_values_and_recordings,
          one_moment_is_one_column)
