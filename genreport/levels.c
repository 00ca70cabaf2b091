/* SPDX-License-Identifier: Apache-2.0 */
#include "levels.h"

#include "number.h"

#include <math.h>
#include <stdlib.h>

static void level_row(struct levels *l, const struct family *f, size_t row, size_t least, size_t *had)
{
    double *level = l->level + row * l->runs, typical = 0, squares = 0, mean = 0;
    size_t cells = 0, last = l->runs - 1;

    for (size_t r = 0; r < l->runs; r++) {
        level[r] = 0;
        had[r] = 0;
    }
    for (size_t i = f->from[row]; i < f->from[row + 1]; i++) {
        const double *values = f->table + f->cells[i] * l->runs;
        size_t n;
        double centre = family_old(f, f->cells[i], &n);

        if (n < least)
            continue;
        cells++;
        typical += centre;
        l->pairs[row] += n;
        for (size_t r = 0; r < l->runs; r++) {
            if (isnan(values[r]))
                continue;
            level[r] += values[r] - centre;
            had[r]++;
        }
        /* Welford's mean and squares */
        double off = values[last] - centre - mean;
        mean += off / (double)had[last];
        squares += off * (values[last] - centre - mean);
    }
    l->tests[row] = had[last];
    l->squares[row] = squares;
    l->typical[row] = cells > 0 ? typical / (double)cells : NAN;
    for (size_t r = 0; r < l->runs; r++)
        level[r] = had[r] > 0 && 2 * had[r] >= cells ? level[r] / (double)had[r] : NAN;
}

/* `off` has place for all tests of the family. */
static void level_common(struct levels *l, const struct family *f, size_t least, double *off)
{
    for (size_t r = 0; r < l->runs; r++) {
        size_t n = 0, baselines;

        for (size_t i = 0; i < f->from[f->len]; i++) {
            double centre = family_old(f, f->cells[i], &baselines);

            if (baselines >= least)
                off[n++] = f->table[f->cells[i] * l->runs + r] - centre;
        }
        l->common[r] = number_median(off, number_sort(off, n));
    }
}

bool levels_make(struct levels *levels, const struct family *family, size_t least)
{
    struct levels *l = levels;
    size_t *had = malloc((family->runs + 1) * sizeof *had);
    double *off = malloc((family->from[family->len] + 1) * sizeof *off);

    *l = (struct levels){.runs = family->runs, .rows = family->len};
    l->level = malloc((l->rows * l->runs + 1) * sizeof *l->level);
    l->typical = malloc((l->rows + 1) * sizeof *l->typical);
    l->pairs = calloc(l->rows + 1, sizeof *l->pairs);
    l->tests = calloc(l->rows + 1, sizeof *l->tests);
    l->squares = malloc((l->rows + 1) * sizeof *l->squares);
    l->common = malloc((l->runs + 1) * sizeof *l->common);
    bool ok = had && off && l->level && l->typical && l->pairs && l->tests && l->squares && l->common;
    for (size_t row = 0; ok && row < l->rows; row++)
        level_row(l, family, row, least, had);
    if (ok)
        level_common(l, family, least, off);
    free(had);
    free(off);
    return ok;
}

void levels_free(struct levels *levels)
{
    free(levels->level);
    free(levels->typical);
    free(levels->pairs);
    free(levels->tests);
    free(levels->squares);
    free(levels->common);
}

void levels_centre(const struct levels *levels, bool tests, double *common, bool *by_models)
{
    bool enough = levels_rows(levels) >= FAMILY_CENTRE;

    if (tests && *by_models)
        return;
    for (size_t r = 0; r < levels->runs; r++)
        common[r] = enough && !isnan(levels->common[r]) ? levels->common[r] : 0;
    *by_models = !tests && enough;
}

size_t levels_rows(const struct levels *levels)
{
    size_t n = 0;

    for (size_t row = 0; row < levels->rows; row++)
        n += levels->pairs[row] > 0;
    return n;
}
