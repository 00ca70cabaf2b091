/* SPDX-License-Identifier: Apache-2.0
 *
 * One run against three baselines or more.  What is known of the noise is how much the baselines vary among
 * themselves; each row borrows from the others as in judge_pairs.c, with a prior of PRIOR degrees of freedom.
 *
 * A test is not slower because one of its models is: its models must be together in it, too. */
#include "levels.h"
#include "statistics.h"

#include <math.h>

static const double prior = 4;

/* The old ones of a row: how many, their mean and the squares about it, less what the runs have in common. */
struct spread {
    double n, mean, squares;
};

static struct spread spread_of(const double *values, const double *common, size_t n)
{
    struct spread s = {0, 0, 0};

    for (size_t r = 0; r < n; r++) {
        if (isnan(values[r]))
            continue;
        s.mean += values[r] - common[r];
        s.n++;
    }
    s.mean /= s.n;
    for (size_t r = 0; r < n; r++) {
        if (isnan(values[r]))
            continue;
        double off = values[r] - common[r] - s.mean;
        s.squares += off * off;
    }
    return s;
}

static void row_judge(struct compare_row *row, double error, double df)
{
    double bound = stat_t_bound(0.05, df) * error;

    row->reason = COMPARE_JUDGED;
    row->low = row->effect - bound;
    row->high = row->effect + bound;
    row->p = row->effect == 0 ? 1 : stat_t_p(row->effect / error, df);
}

/* The same by another error, if that says less. */
static void row_doubt(struct compare_row *row, double error, double df)
{
    struct compare_row other = *row;

    row_judge(&other, error, df);
    row->p = fmax(row->p, other.p);
    row->low = fmin(row->low, other.low);
    row->high = fmax(row->high, other.high);
}

void judge_baselines(struct family *family, const struct levels *levels, const double *common)
{
    size_t last = levels->runs - 1;
    double squares = 0, df = 0;

    for (size_t r = 0; r < levels->rows; r++) {
        struct spread s = spread_of(levels->level + r * levels->runs, common, last);

        if (s.n < FAMILY_RUNS || levels->pairs[r] == 0)
            continue;
        squares += s.squares;
        df += s.n - 1;
    }
    for (size_t r = 0; r < levels->rows; r++) {
        struct compare_row *row = &family->rows[r];
        const double *level = levels->level + r * levels->runs;
        struct spread s = spread_of(level, common, last);

        row->basis = COMPARE_BY_BASELINES;
        row->pairs = levels->pairs[r];
        row->effect = level[last] - common[last] - s.mean;
        row->reason = COMPARE_FEW_RUNS;
        if (s.n < FAMILY_RUNS || row->pairs == 0 || isnan(row->effect))
            continue;
        row->reason = COMPARE_FEW_PAIRS;
        if ((double)row->pairs < family->config->compare_min_pairs)
            continue;
        double own = prior + s.n - 1;
        row_judge(row, sqrt((prior * squares / df + s.squares) / own * (1 + 1 / s.n)), own);
        if (family->tests && levels->apart[r] > 1)
            row_doubt(row, levels->error[r], (double)levels->apart[r] - 1);
    }
}

void judge_series(struct compare_row *row, const double *values, size_t n)
{
    double mean = 0, squares = 0, old = (double)n - 1;

    for (size_t r = 0; r + 1 < n; r++)
        mean += values[r] / old;
    for (size_t r = 0; r + 1 < n; r++)
        squares += (values[r] - mean) * (values[r] - mean);
    row->basis = COMPARE_BY_BASELINES;
    row->effect = values[n - 1] - mean;
    row->reason = COMPARE_FEW_RUNS;
    if (n > FAMILY_RUNS && !isnan(row->effect))
        row_judge(row, sqrt(squares / (old - 1) * (1 + 1 / old)), old - 1);
}
