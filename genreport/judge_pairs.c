/* SPDX-License-Identifier: Apache-2.0
 * One run against one (or against the mean of two).  What is known of the noise is how much the pairs vary that
 * are left when the run's, the models' and the tests' effects are taken away.
 *
 * Models: Smyth's moderated t (2004), whose prior is the variance pooled over all models, with FAMILY_PRIOR degrees of
 * freedom.  With fewer than FAMILY_CENTRE of them the run's effect cannot be told from theirs, and one pair of runs
 * says nothing of how large it may be: it is taken to have the effect that counts as its standard deviation.  Tests:
 * those of one run that follow each other share the noise of their minutes, so the spread within a test says nothing of
 * how far off all of it may be; each is judged by how far the others are apart (the externally studentised residual).
 */
#include "family.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

struct pairs {
    struct family *family;
    size_t n, rows, cols, free_len; /* rows with pairs; columns that are fitted */
    struct stat_cell *cells;        /* in the order of the rows */
    uint32_t *dense;                /* by family row: its number among those with pairs */
    bool *free_cols;
    double all, *row, *col;
    double *mean, *variance; /* by family row, of what is left of its pairs; NAN where there are too few */
};

/* The other way to group a cell; the last column takes those that have no group there. */
static uint32_t cell_col(const struct family *f, size_t cell, size_t cols)
{
    const struct panel_cell *c = &f->panel->cells[cell];
    uint32_t col = f->tests ? c->model_row : c->test_row;

    return col == PANEL_NONE ? (uint32_t)cols - 1 : col;
}

static void pairs_fill(struct pairs *p)
{
    const struct family *f = p->family;

    for (size_t r = 0; r < f->len; r++) {
        if (f->from[r] == f->from[r + 1])
            continue;
        p->dense[r] = (uint32_t)p->rows++;
        for (size_t i = f->from[r]; i < f->from[r + 1]; i++) {
            size_t n, cell = f->cells[i];

            p->cells[p->n++] = (struct stat_cell){p->dense[r], cell_col(f, cell, p->cols),
                                                  family_new(f, cell) - family_old(f, cell, &n)};
        }
    }
}

/* A column has an effect of its own if FAMILY_CENTRE rows share it.  false: out of memory. */
static bool pairs_columns(struct pairs *p, bool *all_free)
{
    size_t *rows = calloc(p->cols, sizeof *rows);
    uint32_t *last = malloc(p->cols * sizeof *last);

    if (!rows || !last) {
        free(rows);
        free(last);
        return false;
    }
    for (size_t c = 0; c < p->cols; c++)
        last[c] = UINT32_MAX;
    for (size_t i = 0; i < p->n; i++) {
        const struct stat_cell *cell = &p->cells[i];

        rows[cell->col] += last[cell->col] != cell->row;
        last[cell->col] = cell->row;
    }
    *all_free = true;
    for (size_t c = 0; c < p->cols; c++) {
        p->free_cols[c] = rows[c] >= FAMILY_CENTRE && c + 1 < p->cols;
        p->free_len += p->free_cols[c];
        *all_free &= p->free_cols[c] || rows[c] == 0;
    }
    free(rows);
    free(last);
    return true;
}

/* Each row's mean and variance of what is left.  Returns the sum of squares about the means. */
static double pairs_spread(struct pairs *p, double all)
{
    const struct family *f = p->family;
    double squares = 0;
    size_t at = 0;

    for (size_t r = 0; r < f->len; r++) {
        size_t k = f->from[r + 1] - f->from[r];
        double sum = 0, own = 0;

        for (size_t i = at; i < at + k; i++)
            sum += p->cells[i].value - all - p->col[p->cells[i].col];
        p->mean[r] = k > 0 ? sum / (double)k : NAN;
        for (size_t i = at; i < at + k; i++) {
            double off = p->cells[i].value - all - p->col[p->cells[i].col] - p->mean[r];

            own += off * off;
        }
        p->variance[r] = k > 1 ? own / (double)(k - 1) : NAN;
        squares += own;
        at += k;
    }
    return squares;
}

/* pooled: the variance of all rows, NAN if nothing is left to tell it. */
static void models_judge(struct pairs *p, double pooled)
{
    struct family *f = p->family;
    bool centred = p->rows >= FAMILY_CENTRE;
    double centre = centred ? 1 + 1 / (double)p->rows : 1, run = centred ? 0 : log1p(f->config->compare_effect);

    for (size_t r = 0; r < f->len; r++) {
        struct compare_row *row = &f->rows[r];
        double k = (double)row->pairs;

        row->basis = COMPARE_BY_PAIRS;
        row->effect = p->mean[r];
        if (k < 2 || k < f->config->compare_min_pairs) {
            row->reason = COMPARE_FEW_PAIRS;
            continue;
        }
        if (isnan(pooled)) {
            row->reason = COMPARE_NO_SPREAD;
            continue;
        }
        double df = FAMILY_PRIOR + k - 1, variance = (FAMILY_PRIOR * pooled + (k - 1) * p->variance[r]) / df;
        row_judge(row, sqrt(variance * centre / k + run * run), df);
    }
}

static void tests_judge(struct pairs *p)
{
    struct family *f = p->family;
    double sum = 0, squares = 0, n = 0, anchor = NAN;

    for (size_t r = 0; r < f->len; r++) {
        struct compare_row *row = &f->rows[r];
        double k = (double)row->pairs;

        row->basis = COMPARE_BY_PAIRS;
        row->effect = p->mean[r];
        row->reason = k < 2 || k < f->config->compare_min_pairs ? COMPARE_FEW_PAIRS : COMPARE_NO_SPREAD;
        if (row->reason == COMPARE_FEW_PAIRS)
            continue;
        /* Sums are of distances from one of them, so that nothing is lost where all are far from 0. */
        anchor = isnan(anchor) ? p->mean[r] : anchor;
        sum += p->mean[r] - anchor;
        squares += (p->mean[r] - anchor) * (p->mean[r] - anchor);
        n++;
    }
    for (size_t r = 0; r < f->len && n >= 4; r++) {
        struct compare_row *row = &f->rows[r];
        double off = p->mean[r] - anchor, others = (sum - off) / (n - 1);
        double variance = fmax(0, squares - off * off - (n - 1) * others * others) / (n - 2);
        double own = p->variance[r] / (double)row->pairs;

        if (row->reason != COMPARE_NO_SPREAD)
            continue;
        row->effect = off - others;
        row_judge(row, sqrt(fmax(variance * n / (n - 1), own)), n - 2);
    }
}

static bool pairs_judge(struct pairs *p, double *all)
{
    struct family *f = p->family;
    bool all_free;

    pairs_fill(p);
    if (!pairs_columns(p, &all_free) ||
        !stat_polish(p->cells, p->n, p->rows, p->cols, p->free_cols, &p->all, p->row, p->col))
        return false;
    *all = p->rows > 0 ? p->all : NAN;
    double common = p->rows >= FAMILY_CENTRE ? p->all : 0, squares = pairs_spread(p, common);
    double df = (double)p->n - (double)p->rows - (double)p->free_len + (all_free && p->free_len > 0);
    for (size_t r = 0; r < f->len; r++)
        f->rows[r].pairs = f->from[r + 1] - f->from[r];
    if (f->tests)
        tests_judge(p);
    else
        models_judge(p, df > 0 ? squares / df : NAN);
    bool ok = true;
    for (size_t r = 0; ok && r < f->len; r++)
        ok = judge_repeats(f, r, common);
    return ok;
}

bool judge_pairs(struct family *family, double *all)
{
    const struct panel *panel = family->panel;
    size_t cols = (family->tests ? panel->models_len : panel->tests_len) + 1;
    size_t rows = family->len + 1, n = panel->len + 1;
    struct pairs p = {
        .family = family,
        .cols = cols,
        .cells = malloc(n * sizeof *p.cells),
        .dense = malloc(rows * sizeof *p.dense),
        .free_cols = calloc(cols, sizeof *p.free_cols),
        .row = malloc(rows * sizeof *p.row),
        .col = malloc(cols * sizeof *p.col),
        .mean = malloc(rows * sizeof *p.mean),
        .variance = malloc(rows * sizeof *p.variance),
    };
    bool ok = p.cells && p.dense && p.free_cols && p.row && p.col && p.mean && p.variance && pairs_judge(&p, all);

    free(p.cells);
    free(p.dense);
    free(p.free_cols);
    free(p.row);
    free(p.col);
    free(p.mean);
    free(p.variance);
    return ok;
}
