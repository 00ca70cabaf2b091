/* SPDX-License-Identifier: Apache-2.0 */
#include "family.h"

#include <math.h>
#include <stdlib.h>

double family_old(const struct family *f, size_t cell, size_t *n)
{
    double sum = 0;

    *n = 0;
    for (size_t r = 0; r + 1 < f->runs; r++) {
        double value = f->table[cell * f->runs + r];

        if (isnan(value))
            continue;
        sum += value;
        ++*n;
    }
    return *n > 0 ? sum / (double)*n : NAN;
}

static uint32_t cell_row(const struct family *f, size_t cell)
{
    size_t n;
    uint32_t row = f->tests ? f->panel->cells[cell].test_row : f->panel->cells[cell].model_row;

    if (row == PANEL_NONE || isnan(family_new(f, cell)) || isnan(family_old(f, cell, &n)))
        return PANEL_NONE;
    return row;
}

bool family_make(struct family *family, const struct panel *panel, const struct jsonl_config *config,
                 enum compare_metric metric, bool tests, const double *table)
{
    struct family *f = family;

    *f = (struct family){
        .panel = panel,
        .config = config,
        .metric = metric,
        .tests = tests,
        .runs = panel->trials->runs,
        .table = table,
        .len = tests ? panel->tests_len : panel->models_len,
    };
    f->from = calloc(f->len + 2, sizeof *f->from);
    f->cells = malloc((panel->len + 1) * sizeof *f->cells);
    if (!f->from || !f->cells)
        return false;
    for (size_t c = 0; c < panel->len; c++)
        if (cell_row(f, c) != PANEL_NONE)
            f->from[cell_row(f, c) + 2]++;
    for (size_t r = 2; r < f->len + 2; r++)
        f->from[r] += f->from[r - 1];
    for (size_t c = 0; c < panel->len; c++)
        if (cell_row(f, c) != PANEL_NONE)
            f->cells[f->from[cell_row(f, c) + 1]++] = c;
    return true;
}

size_t family_rows(const struct family *f)
{
    size_t n = 0;

    for (size_t r = 0; r < f->len; r++)
        n += f->from[r] < f->from[r + 1];
    return n;
}

void family_free(struct family *family)
{
    free(family->from);
    free(family->cells);
}
