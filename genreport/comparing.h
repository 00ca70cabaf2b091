/* SPDX-License-Identifier: Apache-2.0
 * How report_compare divides its work; only its parts include this.  false: out of memory. */
#ifndef GENREPORT_COMPARING_H
#define GENREPORT_COMPARING_H

#include "finish.h"
#include "levels.h"
#include "panel.h"

struct baseline;

struct comparing {
    struct finish *finish;
    struct comparison *out;
    const struct trials *trials;
    const struct panel *panel;
    double *tables[COMPARE_METRICS]; /* see panel_table */
    struct jsonl_text *labels;       /* of all models on either side, by trials' number */
    struct jsonl_text *model_labels; /* by panel row */
    struct jsonl_text *test_labels;
    const size_t *used; /* by trials' run: the baseline's number */
};

/* compare_baselines.c: out.baselines, out.used */
bool compare_baselines(struct finish *f, struct comparison *out, const struct baseline *baselines, size_t n);

/* compare_changes.c: out.added, out.removed, out.outcomes */
bool compare_changes(struct comparing *c);

/* compare_rows.c: out.models, out.tests, out.run_effect, out.counts */
bool compare_rows(struct comparing *c);

/* compare_columns.c: the old columns of the report's tables */
bool compare_columns(struct comparing *c);

/* trend.c: out.steps */
bool compare_trend(struct comparing *c);

/* A model's name for people, by its number in the trials' names. */
struct jsonl_text compare_label(const struct comparing *c, uint32_t model);

#endif
