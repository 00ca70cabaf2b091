/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a group's number of cells is even, medians creep towards their place, by halves. */
enum { SWEEPS = 100 };
static const double settled = 1e-7; /* effects are shown to a thousandth */

/* The cells of each row (or column) in one stretch: order[from[g]] up to order[from[g + 1]]. */
struct groups {
    size_t *from, *order;
};

struct polish {
    const struct stat_cell *cells;
    size_t n;
    double *rest;    /* by cell */
    double *scratch; /* place for the largest of rows, columns and cells */
};

static uint32_t cell_group(const struct stat_cell *cell, bool by_col)
{
    return by_col ? cell->col : cell->row;
}

static bool groups_make(struct groups *g, const struct stat_cell *cells, size_t n, size_t groups, bool by_col)
{
    g->from = calloc(groups + 2, sizeof *g->from);
    g->order = malloc((n + 1) * sizeof *g->order);
    if (!g->from || !g->order)
        return false;
    for (size_t i = 0; i < n; i++)
        g->from[cell_group(&cells[i], by_col) + 2]++;
    for (size_t k = 2; k < groups + 2; k++)
        g->from[k] += g->from[k - 1];
    for (size_t i = 0; i < n; i++)
        g->order[g->from[cell_group(&cells[i], by_col) + 1]++] = i;
    return true;
}

static void groups_free(struct groups *g)
{
    free(g->from);
    free(g->order);
}

static double median_of(double *values, size_t n)
{
    return number_median(values, number_sort(values, n));
}

/* Moves each group's median from the rest to its effect.  Returns the largest move. */
static double sweep(struct polish *p, const struct groups *g, size_t groups, const bool *free_groups, double *effect)
{
    double largest = 0;

    for (size_t k = 0; k < groups; k++) {
        size_t n = g->from[k + 1] - g->from[k];
        const size_t *cells = g->order + g->from[k];

        if (n == 0 || (free_groups && !free_groups[k]))
            continue;
        for (size_t i = 0; i < n; i++)
            p->scratch[i] = p->rest[cells[i]];
        double move = median_of(p->scratch, n);
        effect[k] += move;
        for (size_t i = 0; i < n; i++)
            p->rest[cells[i]] -= move;
        largest = fmax(largest, fabs(move));
    }
    return largest;
}

/* Moves the median of the effects to what all have in common. */
static void centre(struct polish *p, size_t groups, const bool *free_groups, double *effect, double *all)
{
    size_t n = 0;

    for (size_t k = 0; k < groups; k++)
        if (!free_groups || free_groups[k])
            p->scratch[n++] = effect[k];
    if (n == 0)
        return;
    double move = median_of(p->scratch, n);
    for (size_t k = 0; k < groups; k++)
        if (!free_groups || free_groups[k])
            effect[k] -= move;
    *all += move;
}

/* What is left over after *all and both effects, afresh: what moved between these must not add up errors. */
static void rest_fill(struct polish *p, double all, const double *row, const double *col)
{
    for (size_t i = 0; i < p->n; i++)
        p->rest[i] = p->cells[i].value - all - row[p->cells[i].row] - col[p->cells[i].col];
}

/* A column that is not free holds the others in place.  Only if there is none can what the columns have in common be
 * moved to *all without making the fit worse. */
static bool columns_loose(const struct groups *by_col, size_t cols, const bool *free_cols)
{
    for (size_t c = 0; c < cols; c++)
        if (!free_cols[c] && by_col->from[c + 1] > by_col->from[c])
            return false;
    return true;
}

static void polish(struct polish *p, const struct groups *by_row, size_t rows, const struct groups *by_col, size_t cols,
                   const bool *free_cols, double *all, double *row, double *col)
{
    bool loose = columns_loose(by_col, cols, free_cols);
    double largest = INFINITY;

    *all = 0;
    memset(row, 0, rows * sizeof *row);
    memset(col, 0, cols * sizeof *col);
    for (int i = 0; i < SWEEPS && largest > settled; i++) {
        rest_fill(p, *all, row, col);
        largest = sweep(p, by_row, rows, NULL, row);
        centre(p, rows, NULL, row, all);
        rest_fill(p, *all, row, col);
        largest = fmax(largest, sweep(p, by_col, cols, free_cols, col));
        if (loose)
            centre(p, cols, free_cols, col, all);
    }
    /* The columns' centre has moved *all; the rows' median stays 0. */
    centre(p, rows, NULL, row, all);
}

bool stat_polish(const struct stat_cell *cells, size_t n, size_t rows, size_t cols, const bool *free_cols, double *all,
                 double *row, double *col)
{
    size_t most = rows > cols ? rows : cols;
    struct groups by_row = {0}, by_col = {0};
    struct polish p = {cells, n, malloc((n + 1) * sizeof(double)),
                       malloc(((n > most ? n : most) + 1) * sizeof(double))};
    bool ok = p.rest && p.scratch && groups_make(&by_row, cells, n, rows, false);

    ok = ok && groups_make(&by_col, cells, n, cols, true);
    if (ok)
        polish(&p, &by_row, rows, &by_col, cols, free_cols, all, row, col);
    groups_free(&by_row);
    groups_free(&by_col);
    free(p.rest);
    free(p.scratch);
    return ok;
}
