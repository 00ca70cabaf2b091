/* SPDX-License-Identifier: Apache-2.0
 * Tests that came several times in both runs: Mann and Whitney's U over all of a row's tests that did.
 *
 * Repeats tell how much a test varies within a run, and nothing of what a run does to all repeats of it.  So a test has
 * also to be far from the others, as judge_pairs.c has it, if there are enough; and where the run's effect cannot be
 * told from a model's, that is reckoned with as there. */
#include "family.h"
#include "number.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

/* The values of one side of a cell, less `all`, sorted. */
static size_t side_values(const struct family *f, size_t cell, bool new_side, double all, double *values)
{
    const struct panel_cell *c = &f->panel->cells[cell];
    size_t n = 0;

    for (size_t i = c->from; i < c->to; i++) {
        const struct trial *t = &f->panel->trials->list[i];

        if ((t->run + 1 == f->runs) == new_side && !isnan(t->ln[f->metric]))
            values[n++] = t->ln[f->metric] - all;
    }
    return number_sort(values, n);
}

/* Fills strata from `values`, which has place for all trials of the row.  Returns how many there are. */
static size_t strata_fill(const struct family *f, size_t row, double all, struct stat_stratum *strata, double *values)
{
    size_t len = 0;

    for (size_t i = f->from[row]; i < f->from[row + 1]; i++) {
        struct stat_stratum *s = &strata[len];

        s->old = values;
        s->old_len = side_values(f, f->cells[i], false, 0, values);
        s->new_ = values + s->old_len;
        s->new_len = side_values(f, f->cells[i], true, all, values + s->old_len);
        if (s->old_len < FAMILY_REPEATS || s->new_len < FAMILY_REPEATS)
            continue;
        values += s->old_len + s->new_len;
        len++;
    }
    return len;
}

static bool repeats_judge(struct compare_row *row, const struct stat_stratum *strata, size_t n)
{
    struct stat_shift shift;

    if (!stat_rank(strata, n, &shift))
        return false;
    row->reason = COMPARE_JUDGED;
    row->basis = COMPARE_BY_REPEATS;
    row->effect = shift.shift;
    row->low = shift.low;
    row->high = shift.high;
    row->p = shift.p;
    row->pairs = 0;
    for (size_t i = 0; i < n; i++)
        row->pairs += strata[i].old_len < strata[i].new_len ? strata[i].old_len : strata[i].new_len;
    return true;
}

/* What the pairs say, if that is less. */
static void repeats_doubt_pairs(struct compare_row *row, const struct compare_row *pairs)
{
    if (pairs->reason != COMPARE_JUDGED)
        return;
    row->p = fmax(row->p, pairs->p);
    row->low = fmin(row->low, pairs->low);
    row->high = fmax(row->high, pairs->high);
}

/* The run's own effect has that standard deviation beside the interval's. */
static void repeats_doubt_run(struct compare_row *row, double run)
{
    double bound = STAT_NORMAL_BOUND, error = (row->high - row->low) / (2 * bound);

    row->low = row->effect - hypot(row->effect - row->low, bound * run);
    row->high = row->effect + hypot(row->high - row->effect, bound * run);
    row->p = fmax(row->p, stat_normal_p(row->effect / hypot(error, run)));
}

bool judge_repeats(struct family *family, size_t row, double all)
{
    const struct family *f = family;
    size_t cells = f->from[row + 1] - f->from[row], trials = 0, most = 0;

    for (size_t i = f->from[row]; i < f->from[row + 1]; i++) {
        const struct panel_cell *c = &f->panel->cells[f->cells[i]];

        trials += c->to - c->from;
        most = c->to - c->from > most ? c->to - c->from : most;
    }
    if (most < 2 * FAMILY_REPEATS)
        return true;
    struct stat_stratum *strata = malloc((cells + 1) * sizeof *strata);
    double *values = malloc((trials + 1) * sizeof *values);
    bool ok = strata && values;
    size_t n = ok ? strata_fill(f, row, all, strata, values) : 0;
    if (n > 0) {
        const struct compare_row pairs = family->rows[row];

        ok = repeats_judge(&family->rows[row], strata, n);
        if (f->tests)
            repeats_doubt_pairs(&family->rows[row], &pairs);
        else if (family_rows(f) < FAMILY_CENTRE)
            repeats_doubt_run(&family->rows[row], log1p(f->config->compare_effect));
    }
    free(strata);
    free(values);
    return ok;
}
