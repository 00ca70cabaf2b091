/* SPDX-License-Identifier: Apache-2.0 */
#include "levels.h"

#include "number.h"

#include <math.h>
#include <stdlib.h>

static void level_row(struct levels *l, const struct family *f, size_t row, size_t least, size_t *had)
{
    double *level = l->level + row * l->runs, typical = 0;
    double squares = 0, mean = 0;
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
        if (isnan(values[last]))
            continue;
        /* Welford's mean and squares */
        double off = values[last] - centre - mean;
        mean += off / (double)had[last];
        squares += off * (values[last] - centre - mean);
    }
    double n = (double)had[last];
    l->apart[row] = had[last];
    l->error[row] = n > 1 ? sqrt(squares / (n - 1) / n) : NAN;
    l->typical[row] = cells > 0 ? typical / (double)cells : NAN;
    for (size_t r = 0; r < l->runs; r++)
        level[r] = had[r] > 0 && 2 * had[r] >= cells ? level[r] / (double)had[r] : NAN;
}

bool levels_make(struct levels *levels, const struct family *family, size_t least)
{
    struct levels *l = levels;
    size_t *had = malloc((family->runs + 1) * sizeof *had);

    *l = (struct levels){.runs = family->runs, .rows = family->len};
    l->level = malloc((l->rows * l->runs + 1) * sizeof *l->level);
    l->typical = malloc((l->rows + 1) * sizeof *l->typical);
    l->pairs = calloc(l->rows + 1, sizeof *l->pairs);
    l->error = malloc((l->rows + 1) * sizeof *l->error);
    l->apart = calloc(l->rows + 1, sizeof *l->apart);
    bool ok = had && l->level && l->typical && l->pairs && l->error && l->apart;
    for (size_t row = 0; ok && row < l->rows; row++)
        level_row(l, family, row, least, had);
    free(had);
    return ok;
}

void levels_free(struct levels *levels)
{
    free(levels->level);
    free(levels->typical);
    free(levels->pairs);
    free(levels->error);
    free(levels->apart);
}

size_t levels_common(const struct levels *levels, double *common, double *scratch)
{
    size_t fewest = SIZE_MAX;

    for (size_t r = 0; r < levels->runs; r++) {
        for (size_t row = 0; row < levels->rows; row++)
            scratch[row] = levels->level[row * levels->runs + r];
        size_t n = number_sort(scratch, levels->rows);
        common[r] = number_median(scratch, n);
        fewest = n < fewest ? n : fewest;
    }
    return fewest;
}
