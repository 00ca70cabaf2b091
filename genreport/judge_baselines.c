/* SPDX-License-Identifier: Apache-2.0
 * One run against three baselines or more.  A row must be beyond two kinds of noise, by the same moderated t as in
 * judge_pairs.c:
 *
 * - from run to run: how much the row varies among the baselines, less what each run has in common;
 * - from test to test: how far apart the row's tests are in the new run.  Noise has heavy tails: one test may be far
 * off for once, which the baselines cannot know; and a test is not slower because one of its models is.
 *
 * A row of a single test, as is each model's cold start, has no others that could agree with it.  All that can be done
 * is to reckon with the tails: recorded noise has those of Student's t with 3 degrees of freedom, and how wide they are
 * is estimated, so the t of such a row has no more than lone_df.  `make power` has cold starts, too. */
#include "levels.h"
#include "statistics.h"

#include <math.h>

static const double lone_df = 2.5;

/* The old ones of a row: how many, their mean and the squares about it, less what the runs have in common (NULL: as
 * they are). */
struct spread {
    double n, mean, squares;
};

static struct spread spread_of(const double *values, const double *common, size_t n)
{
    struct spread s = {0, 0, 0};

    for (size_t r = 0; r < n; r++) {
        if (isnan(values[r]))
            continue;
        s.mean += values[r] - (common ? common[r] : 0);
        s.n++;
    }
    s.mean /= s.n;
    for (size_t r = 0; r < n; r++) {
        if (isnan(values[r]))
            continue;
        double off = values[r] - (common ? common[r] : 0) - s.mean;
        s.squares += off * off;
    }
    return s;
}

/* A variance from squares and their degrees of freedom, moderated by one that is pooled (NAN: there is none). */
static double moderated(double squares, double df, double pooled, double *df_moderated)
{
    if (isnan(pooled)) {
        *df_moderated = df;
        return squares / df;
    }
    *df_moderated = FAMILY_PRIOR + df;
    return (FAMILY_PRIOR * pooled + squares) / (FAMILY_PRIOR + df);
}

/* The same by another standard error, if that says less. */
static void row_doubt(struct compare_row *row, double error, double df)
{
    struct compare_row other = *row;

    row_judge(&other, error, df);
    row->p = fmax(row->p, other.p);
    row->low = fmin(row->low, other.low);
    row->high = fmax(row->high, other.high);
}

/* Variances pooled over the family's rows: of runs and of tests; NAN if nothing tells them. */
static void pool(const struct levels *l, const double *common, double *runs, double *tests)
{
    double run_squares = 0, run_df = 0, test_squares = 0, test_df = 0;

    for (size_t r = 0; r < l->rows; r++) {
        struct spread s = spread_of(l->level + r * l->runs, common, l->runs - 1);

        if (s.n >= FAMILY_RUNS && l->pairs[r] > 0) {
            run_squares += s.squares;
            run_df += s.n - 1;
        }
        if (l->tests[r] > 1) {
            test_squares += l->squares[r];
            test_df += (double)l->tests[r] - 1;
        }
    }
    *runs = run_df > 0 ? run_squares / run_df : NAN;
    *tests = test_df > 0 ? test_squares / test_df : NAN;
}

void judge_baselines(struct family *family, const struct levels *levels, const double *common, double *pooled)
{
    size_t last = levels->runs - 1;
    double tests, df;

    pool(levels, common, pooled, &tests);
    for (size_t r = 0; r < levels->rows; r++) {
        struct compare_row *row = &family->rows[r];
        const double *level = levels->level + r * levels->runs;
        struct spread s = spread_of(level, common, last);
        double k = (double)levels->tests[r];

        row->basis = COMPARE_BY_BASELINES;
        row->pairs = levels->pairs[r];
        row->effect = level[last] - common[last] - s.mean;
        row->reason = COMPARE_FEW_RUNS;
        if (s.n < FAMILY_RUNS || row->pairs == 0 || isnan(row->effect))
            continue;
        row->reason = COMPARE_FEW_PAIRS;
        if ((double)row->pairs < family->config->compare_min_pairs)
            continue;
        double variance = moderated(s.squares, s.n - 1, *pooled, &df);
        row_judge(row, sqrt(variance * (1 + 1 / s.n)), k > 1 ? df : fmin(df, lone_df));
        if (k < 2)
            continue;
        variance = moderated(levels->squares[r], k - 1, tests, &df);
        row_doubt(row, sqrt(variance / k), df);
    }
}

void judge_series(struct compare_row *row, const double *values, size_t n, double pooled)
{
    struct spread s = spread_of(values, NULL, n - 1);
    double df, variance = moderated(s.squares, s.n - 1, pooled, &df);

    row->basis = COMPARE_BY_BASELINES;
    row->effect = values[n - 1] - s.mean;
    row->reason = COMPARE_FEW_RUNS;
    if (s.n >= FAMILY_RUNS && !isnan(row->effect))
        row_judge(row, sqrt(variance * (1 + 1 / s.n)), df);
}
