/* SPDX-License-Identifier: Apache-2.0
 * The statistics against published tables and against what counting all permutations gives. */
#include "../../genreport/statistics.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

static void near(double got, double want, double tolerance)
{
    ck_assert_msg(fabs(got - want) <= tolerance, "got %.9g, want %.9g", got, want);
}

/* Quantiles as every textbook prints them, to three decimals. */
START_TEST(t_has_the_quantiles_of_the_tables)
    {
        static const struct {
            double df, p05, p01;
        } table[] = {
            {1, 12.706, 63.657}, {2, 4.303, 9.925},  {3, 3.182, 5.841},   {4, 2.776, 4.604},
            {5, 2.571, 4.032},   {7, 2.365, 3.499},  {10, 2.228, 3.169},  {20, 2.086, 2.845},
            {30, 2.042, 2.750},  {60, 2.000, 2.660}, {120, 1.980, 2.617}, {1e9, 1.960, 2.576},
        };

        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            near(stat_t_bound(0.05, table[i].df), table[i].p05, 0.0005);
            near(stat_t_bound(0.01, table[i].df), table[i].p01, 0.0005);
            near(stat_t_p(table[i].p05, table[i].df), 0.05, 0.00005);
            near(stat_t_p(-table[i].p01, table[i].df), 0.01, 0.00005);
        }
        /* df 1 is Cauchy's, df 2 is algebraic. */
        near(stat_t_p(1, 1), 0.5, 1e-14);
        near(stat_t_p(1e6, 1), 2 / acos(-1) * atan(1e-6), 1e-18);
        near(stat_t_p(sqrt(2), 2), 1 - sqrt(0.5), 1e-14);
        near(stat_normal_p(1.959963984540054), 0.05, 1e-14);
    }
END_TEST

START_TEST(t_knows_its_ends)
    {
        ck_assert_double_eq(stat_t_p(0, 5), 1);
        ck_assert_double_eq(stat_t_p(INFINITY, 5), 0);
        ck_assert(isnan(stat_t_p(NAN, 5)));
        ck_assert(isnan(stat_t_p(1, 0)));
        ck_assert(isnan(stat_t_bound(0.05, 0)));
        near(stat_t_bound(1, 3), 0, 1e-9);
        ck_assert_double_gt(stat_t_p(1e-8, 3), 0.99999998);
        /* Not whole, and between its neighbours. */
        ck_assert_double_lt(stat_t_bound(0.05, 7.5), stat_t_bound(0.05, 7));
        ck_assert_double_gt(stat_t_bound(0.05, 7.5), stat_t_bound(0.05, 8));
    }
END_TEST

/* The fifteen p values of Benjamini and Hochberg's paper of 1995: four are significant at 0.05. */
START_TEST(adjusts_as_benjamini_and_hochberg_did)
    {
        static const double p[] = {0.3240, 0.0001, 0.0278, 0.0004, 1.0000, 0.0019, 0.0095, 0.0201,
                                   0.0298, 0.0344, 0.0459, 0.4262, 0.5719, 0.6528, 0.7590};
        enum { N = sizeof p / sizeof *p };
        double q[N];
        size_t significant = 0;

        ck_assert(stat_adjust(p, q, N));
        for (size_t i = 0; i < N; i++)
            significant += q[i] <= 0.05;
        ck_assert_uint_eq(significant, 4);
        near(q[1], 0.0015, 1e-15);
        near(q[6], 0.0095 * 15 / 4, 1e-15);
        near(q[2], 0.0298 * 15 / 7, 1e-15); /* the next one's is less */
        near(q[4], 1, 0);
        double few[] = {NAN, 0.04, NAN};
        ck_assert(stat_adjust(few, q, 3));
        near(q[1], 0.04, 0); /* those that were not judged do not count */
        ck_assert(isnan(q[0]) && isnan(q[2]));
        ck_assert(stat_adjust(NULL, NULL, 0));
    }
END_TEST

/* The manual of R shows this table (deaths by age and place). */
START_TEST(polishes_tukeys_way)
    {
        static const double deaths[5][3] = {{14, 15, 14}, {7, 4, 7}, {8, 2, 10}, {15, 9, 10}, {0, 2, 0}};
        static const double rows[] = {6, -1, 0, 2, -8}, cols[] = {0, -1, 0};
        static const bool free_cols[] = {true, true, true};
        struct stat_cell cells[15];
        double all, row[5], col[3];
        size_t n = 0;

        for (uint32_t r = 0; r < 5; r++)
            for (uint32_t c = 0; c < 3; c++)
                cells[n++] = (struct stat_cell){r, c, deaths[r][c]};
        ck_assert(stat_polish(cells, n, 5, 3, free_cols, &all, row, col));
        near(all, 8, 1e-9);
        for (size_t i = 0; i < 5; i++)
            near(row[i], rows[i], 1e-9);
        for (size_t i = 0; i < 3; i++)
            near(col[i], cols[i], 1e-9);
    }
END_TEST

START_TEST(polish_finds_effects_in_a_table_with_gaps)
    {
        static const double rows[] = {0, 0.5, -0.25, 0, 0}, cols[] = {0, 0.125, -0.5, 7};
        static const bool free_cols[] = {true, true, true, false};
        struct stat_cell cells[20];
        double all, row[5], col[4];
        size_t n = 0;

        for (uint32_t r = 0; r < 5; r++)
            for (uint32_t c = 0; c < 3; c++)
                if ((r + c) % 4 != 3)
                    cells[n++] = (struct stat_cell){r, c, 3 + rows[r] + cols[c]};
        ck_assert(stat_polish(cells, n, 5, 4, free_cols, &all, row, col));
        near(all, 3, 1e-6);
        for (size_t i = 0; i < 5; i++)
            near(row[i], rows[i], 1e-6);
        for (size_t i = 0; i < 3; i++)
            near(col[i], cols[i], 1e-6);
        ck_assert_double_eq(col[3], 0); /* it is not free, nor is there anything in it */
    }
END_TEST

/* Six rows, each with a column that all share and is off by 0.2, and with six columns of its own, which are not free:
 * the shared one's effect must neither go to all nor from there, turned, to the rows. */
START_TEST(polish_lets_columns_that_are_fixed_hold_the_others)
    {
        enum { ROWS = 6, OWN = 6, COLS = 1 + ROWS * OWN };
        struct stat_cell cells[ROWS * (1 + OWN)];
        bool free_cols[COLS] = {true};
        double all, row[ROWS], col[COLS];
        size_t n = 0;

        for (uint32_t r = 0; r < ROWS; r++) {
            cells[n++] = (struct stat_cell){r, 0, 0.2 + r * 0.001};
            for (uint32_t k = 0; k < OWN; k++)
                cells[n++] = (struct stat_cell){r, 1 + r * OWN + k, r * 0.001};
        }
        ck_assert(stat_polish(cells, n, ROWS, COLS, free_cols, &all, row, col));
        near(all, 0.0025, 1e-6);
        near(col[0], 0.2, 1e-6);
        for (uint32_t r = 0; r < ROWS; r++)
            near(row[r], r * 0.001 - 0.0025, 1e-6);
    }
END_TEST

/* Mann and Whitney's critical values: the greatest U that is significant at 0.05, two-sided. */
START_TEST(u_has_the_critical_values_of_the_tables)
    {
        static const struct {
            size_t n, m;
            int u; /* -1: none is */
        } table[] = {{3, 3, -1}, {4, 4, 0},  {4, 5, 1},   {5, 5, 2},    {5, 8, 6},    {6, 6, 5},    {7, 7, 8},
                     {8, 8, 13}, {9, 9, 17}, {6, 10, 11}, {10, 10, 23}, {12, 15, 49}, {15, 15, 64}, {20, 20, 127}};
        double p[401];

        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            double below = 0;
            int u = -1;

            ck_assert(stat_rank_distribution(table[i].n, table[i].m, p));
            while (2 * (below + p[u + 1]) <= 0.05)
                below += p[++u];
            ck_assert_int_eq(u, table[i].u);
        }
        ck_assert(stat_rank_distribution(4, 4, p));
        near(p[0], 1.0 / 70, 1e-15);
    }
END_TEST

/* Hollander and Wolfe's permeability of chorioamnion: p 0.1272 on one side. */
START_TEST(u_is_exact)
    {
        static const double term[] = {0.73, 0.80, 0.83, 1.04, 1.38, 1.45, 1.46, 1.64, 1.89, 1.91};
        static const double early[] = {0.74, 0.88, 0.90, 1.15, 1.21};
        const struct stat_stratum s = {early, term, 5, 10}, turned = {term, early, 10, 5};
        struct stat_shift shift, other;

        ck_assert(stat_rank(&s, 1, &shift));
        near(shift.p, 0.2544, 0.0001);
        near(shift.shift, 0.305, 1e-9); /* as R has it */
        /* U up to 8 is significant for 5 and 10 values, so the interval begins with the ninth of the differences. */
        near(shift.low, 0.73 - 0.88, 1e-9);
        near(shift.high, 1.64 - 0.88, 1e-9);
        ck_assert(stat_rank(&turned, 1, &other));
        near(other.p, shift.p, 1e-12);
        near(other.shift, -shift.shift, 1e-9);
        near(other.low, -shift.high, 1e-9);
    }
END_TEST

/* All ways to choose `n` of the values of a stratum as the new ones: U of each, twice. */
static size_t all_choices(const double *values, size_t len, size_t n, int *twice_u)
{
    size_t count = 0;

    for (unsigned mask = 0; mask < 1u << len; mask++) {
        size_t taken = 0;
        int u = 0;

        for (size_t i = 0; i < len; i++)
            taken += mask >> i & 1;
        if (taken != n)
            continue;
        for (size_t i = 0; i < len; i++)
            for (size_t j = 0; j < len; j++)
                if ((mask >> i & 1) && !(mask >> j & 1))
                    u += (values[i] > values[j]) * 2 + (values[i] == values[j]);
        twice_u[count++] = u;
    }
    return count;
}

START_TEST(u_counts_permutations_with_ties_over_strata)
    {
        static const double a[] = {1, 2, 2, 3, 3, 3, 5, 8}, b[] = {1, 1, 4, 4, 4, 6, 6};
        static const double a_old[] = {1, 2, 3, 3}, a_new[] = {2, 3, 5, 8}, b_old[] = {1, 4, 4, 6}, b_new[] = {1, 4, 6};
        const struct stat_stratum strata[] = {{a_old, a_new, 4, 4}, {b_old, b_new, 4, 3}};
        int us[70], vs[35];
        size_t n = all_choices(a, 8, 4, us), m = all_choices(b, 7, 3, vs);
        int seen = 0, above = 0, below = 0;
        struct stat_shift shift;

        ck_assert_uint_eq(n, 70);
        ck_assert_uint_eq(m, 35);
        for (size_t k = 0; k < 2; k++)
            for (size_t i = 0; i < strata[k].new_len; i++)
                for (size_t j = 0; j < strata[k].old_len; j++)
                    seen += (strata[k].new_[i] > strata[k].old[j]) * 2 + (strata[k].new_[i] == strata[k].old[j]);
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < m; j++) {
                above += us[i] + vs[j] >= seen;
                below += us[i] + vs[j] <= seen;
            }
        }
        ck_assert(stat_rank(strata, 2, &shift));
        near(shift.p, fmin(1, 2 * fmin(above, below) / (70.0 * 35)), 1e-12);
    }
END_TEST

START_TEST(u_of_many_is_normal)
    {
        enum { N = 200 };
        double old[N], new_[N];
        const struct stat_stratum s = {old, new_, N, N};
        struct stat_shift shift;

        for (size_t i = 0; i < N; i++) {
            old[i] = (double)i;
            new_[i] = (double)i + 25;
        }
        ck_assert(stat_rank(&s, 1, &shift));
        near(shift.shift, 25, 1e-9);
        ck_assert(shift.low < 25 && shift.high > 25 && shift.low > 10 && shift.high < 40);
        ck_assert(shift.p > 0.00001 && shift.p < 0.001);
        for (size_t i = 0; i < N; i++)
            old[i] = new_[i] = 4;
        ck_assert(stat_rank(&s, 1, &shift));
        ck_assert_double_eq(shift.p, 1);
        ck_assert_double_eq(shift.shift, 0);
    }
END_TEST

/* Kendall's table of P(S >= s), to three digits. */
START_TEST(kendall_has_the_tables_probabilities)
    {
        static const struct {
            size_t n;
            int s;
            double p;
        } table[] = {{4, 4, 0.167},   {4, 6, 0.042},   {5, 6, 0.117},  {5, 8, 0.042},  {6, 9, 0.068},
                     {6, 11, 0.028},  {7, 13, 0.035},  {8, 16, 0.031}, {8, 18, 0.016}, {9, 20, 0.022},
                     {10, 21, 0.036}, {10, 23, 0.023}, {10, 25, 0.014}};

        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            size_t n = table[i].n, falls = (n * (n - 1) / 2 - (size_t)table[i].s) / 2;
            double x[10], y[10];
            struct stat_slope slope;

            /* A series with so many pairs that fall: the last value is put before as many as may be, and so on. */
            for (size_t k = 0; k < n; k++) {
                size_t back = falls < k ? falls : k;

                falls -= back;
                for (size_t j = k; j > k - back; j--)
                    y[j] = y[j - 1];
                y[k - back] = (double)k;
                x[k] = (double)k;
            }
            ck_assert(stat_slope(x, y, n, &slope));
            ck_assert_double_eq(slope.s, table[i].s);
            near(slope.p / 2, table[i].p, 0.0005);
        }
    }
END_TEST

START_TEST(slopes_withstand_outliers)
    {
        double x[3000], y[3000];
        struct stat_slope slope;

        for (size_t i = 0; i < 3000; i++) {
            x[2999 - i] = (double)i;
            y[2999 - i] = 7 - 0.5 * (double)i + (i % 50 == 0 ? 1000 : 0);
        }
        ck_assert(stat_slope(x, y, 40, &slope));
        near(slope.slope, -0.5, 1e-9);
        ck_assert(stat_slope(x, y, 3000, &slope)); /* more than are looked at one by one */
        near(slope.slope, -0.5, 0.001);
        ck_assert_double_lt(slope.p, 1e-10);
        for (size_t i = 0; i < 3000; i++)
            y[i] = 3;
        ck_assert(stat_slope(x, y, 3000, &slope));
        ck_assert_double_eq(slope.p, 1);
        ck_assert_double_eq(slope.slope, 0);
        for (size_t i = 0; i < 10; i++)
            x[i] = 1;
        ck_assert(stat_slope(x, y, 10, &slope));
        ck_assert(isnan(slope.slope));
        ck_assert(stat_slope(x, y, 0, &slope));
        ck_assert(isnan(slope.slope));
    }
END_TEST

/* The same on every machine. */
static double noise(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 33) / (double)(1u << 31);
}

START_TEST(cusum_finds_a_step)
    {
        double values[30];
        uint64_t state = 1;
        struct stat_split split, again;

        for (size_t i = 0; i < 30; i++)
            values[i] = noise(&state) + (i >= 17 ? 1 : 0);
        ck_assert(stat_cusum(values, 30, 3, &split));
        ck_assert_uint_eq(split.at, 17);
        ck_assert_double_lt(split.p, 0.0005);
        ck_assert(stat_cusum(values, 30, 3, &again));
        ck_assert_double_eq(split.p, again.p);
        /* Steps that leave too few values behind them are not seen. */
        ck_assert(stat_cusum(values, 20, 4, &split));
        ck_assert_uint_le(split.at, 16);
        for (size_t i = 0; i < 30; i++)
            values[i] = 2;
        ck_assert(stat_cusum(values, 30, 3, &split));
        ck_assert_double_eq(split.p, 1);
        ck_assert(stat_cusum(values, 5, 3, &split));
        ck_assert_double_eq(split.p, 1);
        ck_assert(stat_cusum(values, 0, 3, &split));
        ck_assert_double_eq(split.p, 1);
    }
END_TEST

START_TEST(cusum_takes_chance_for_chance)
    {
        size_t small = 0;
        uint64_t state = 7;

        for (size_t k = 0; k < 400; k++) {
            double values[16];
            struct stat_split split;

            for (size_t i = 0; i < 16; i++)
                values[i] = noise(&state);
            ck_assert(stat_cusum(values, 16, 3, &split));
            small += split.p <= 0.05;
        }
        ck_assert_uint_ge(small, 8);
        ck_assert_uint_le(small, 32);
    }
END_TEST

UNIT_MAIN("genreport-statistics", t_has_the_quantiles_of_the_tables, t_knows_its_ends,
          adjusts_as_benjamini_and_hochberg_did, polishes_tukeys_way, polish_finds_effects_in_a_table_with_gaps,
          polish_lets_columns_that_are_fixed_hold_the_others, u_has_the_critical_values_of_the_tables, u_is_exact,
          u_counts_permutations_with_ties_over_strata, u_of_many_is_normal, kendall_has_the_tables_probabilities,
          slopes_withstand_outliers, cusum_finds_a_step, cusum_takes_chance_for_chance)
