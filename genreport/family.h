/* SPDX-License-Identifier: Apache-2.0
 * A family: the rows, models or tests, that are judged together in one metric, and so share what noise there is and the
 * correction for their number.  All effects in here are differences of logarithms. */
#ifndef GENREPORT_FAMILY_H
#define GENREPORT_FAMILY_H

#include "comparison.h"
#include "panel.h"

struct family {
    const struct panel *panel;
    const struct jsonl_config *config;
    enum compare_metric metric;
    bool tests;           /* the rows are tests, else models */
    size_t runs;          /* the last is the run, those before it baselines */
    const double *table;  /* of the metric: table[cell * runs + run] */
    size_t len;           /* rows */
    size_t *from, *cells; /* of row r: cells[from[r]] up to cells[from[r + 1]]; all have a new value and an old one */
    struct compare_row *rows;
};

enum {
    FAMILY_CENTRE = 3,  /* rows that a common effect can be told from; with fewer it stays in theirs */
    FAMILY_RUNS = 3,    /* baselines whose own spread is trusted */
    FAMILY_REPEATS = 4, /* values on both sides that the rank test takes */
};

/* Fills all but the rows, whose number is `len` afterwards.  false: out of memory; family_free is due in both cases. */
bool family_make(struct family *family, const struct panel *panel, const struct jsonl_config *config,
                 enum compare_metric metric, bool tests, const double *table);
void family_free(struct family *family);

static inline double family_new(const struct family *f, size_t cell)
{
    return f->table[cell * f->runs + f->runs - 1];
}

/* Rows that have pairs. */
size_t family_rows(const struct family *f);

/* The mean of a cell's old values; *n of them. */
double family_old(const struct family *f, size_t cell, size_t *n);

/* Degrees of freedom of the variance that a row's own is moderated by (Smyth 2004). */
#define FAMILY_PRIOR 4.0

/* Fills low, high, p and reason of a row whose effect has that standard error, by Student's t. */
void row_judge(struct compare_row *row, double error, double df);

/* These fill effect, low, high, p, basis and reason of each row, and pairs, old and new_ of those that they judge.
 * false: out of memory. */

/* judge_pairs.c: against one or two baselines.  *all: what the rows have in common; NAN if there are none. */
bool judge_pairs(struct family *family, double *all);

/* judge_repeats.c: a row whose tests come several times on both sides, if there are such.  `all` is taken from the new
 * values. */
bool judge_repeats(struct family *family, size_t row, double all);

/* judge_baselines.c: against three or more, with what levels.h makes of them. */
struct levels;
void judge_baselines(struct family *family, const struct levels *levels, const double *common, double *pooled);

/* The same for a series of its own: the last of n values against those before it; `pooled` is the variance among runs
 * that judge_baselines found. */
void judge_series(struct compare_row *row, const double *values, size_t n, double pooled);

/* verdict.c: makes q values and verdicts of all that, and effects fractions.  Models are corrected for the number of
 * models; tests and the run for all that is looked at in their metric: beside[0] and beside[1] are such rows, which
 * have been through here. */
struct compare_rows {
    const struct compare_row *rows;
    size_t len;
};
bool verdicts_make(struct compare_row *rows, size_t n, const struct compare_rows beside[2],
                   const struct jsonl_config *config, bool strong);

#endif
