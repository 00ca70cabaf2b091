/* SPDX-License-Identifier: Apache-2.0
 * The pairs: every test that the run and at least one baseline passed, with one value for each run and metric, and the
 * rows by which they are judged.
 *
 * A cell is one test id with one model and modality.  What a cell has from a run in which the test came several times
 * is the mean of the logarithms. */
#ifndef GENREPORT_PANEL_H
#define GENREPORT_PANEL_H

#include "trials.h"

#define PANEL_NONE UINT32_MAX

/* Tests in no model's row that are shorter than this in all runs measure the clock: they are not compared. */
#define PANEL_SHORTEST_S 0.01

struct panel_cell {
    uint32_t model_row; /* PANEL_NONE: it names no model, or is no inference in any run */
    uint32_t test_row;  /* PANEL_NONE: too short to be judged */
    size_t from, to;    /* its trials */
};

struct panel_row {
    struct jsonl_text id; /* model as written, or test without parameters */
    struct jsonl_text mode;
};

struct panel {
    const struct trials *trials;
    struct panel_cell *cells; /* in the order of the trials */
    size_t len;
    struct panel_row *models, *tests; /* sorted by id and mode */
    size_t models_len, tests_len;
};

/* false: out of memory; panel_free is due in both cases.  The trials must outlive it. */
bool panel_make(struct panel *panel, const struct trials *trials, double inference_min_s);
void panel_free(struct panel *panel);

/* The metric's table: table[cell * runs + run], the logarithm or NAN. */
void panel_table(const struct panel *panel, enum compare_metric metric, double *table);

/* A test's id without its parameters. */
struct jsonl_text panel_test_base(struct jsonl_text id);

#endif
