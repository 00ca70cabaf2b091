/* SPDX-License-Identifier: Apache-2.0 */
#include "panel.h"

#include "number.h"
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct jsonl_text panel_test_base(struct jsonl_text id)
{
    const char *bracket = id.n > 0 ? memchr(id.s, '[', id.n) : NULL;

    return bracket && bracket > id.s ? (struct jsonl_text){id.s, (size_t)(bracket - id.s)} : id;
}

/* A cell's place in a list of rows to be. */
struct place {
    struct jsonl_text id, mode;
    size_t cell;
};

static int place_compare(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = text_order(x->id, y->id);

    return order ? order : mode_order(x->mode, y->mode);
}

/* Makes a row of each name and mode and tells the cells which is theirs. */
static bool rows_make(struct panel *panel, struct place *places, size_t n, bool models)
{
    size_t len = 0;
    struct panel_row *rows = malloc((n + 1) * sizeof *rows);

    if (!rows)
        return false;
    if (n > 1)
        qsort(places, n, sizeof *places, place_compare);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || place_compare(&places[i - 1], &places[i]) != 0)
            rows[len++] = (struct panel_row){places[i].id, places[i].mode};
        struct panel_cell *cell = &panel->cells[places[i].cell];
        *(models ? &cell->model_row : &cell->test_row) = (uint32_t)(len - 1);
    }
    *(models ? &panel->models : &panel->tests) = rows;
    *(models ? &panel->models_len : &panel->tests_len) = len;
    return true;
}

/* The longest that a cell's test took when it passed. */
static double cell_longest(const struct panel *panel, const struct panel_cell *cell)
{
    double longest = NAN;

    for (size_t i = cell->from; i < cell->to; i++)
        if (panel->trials->list[i].outcome == JSONL_PASSED)
            longest = number_max(longest, panel->trials->list[i].duration);
    return longest;
}

static bool panel_rows(struct panel *panel, double inference_min_s)
{
    const struct trials *trials = panel->trials;
    struct place *places = malloc((panel->len + 1) * sizeof *places);
    size_t n = 0;

    if (!places)
        return false;
    for (size_t i = 0; i < panel->len; i++) {
        struct panel_cell *cell = &panel->cells[i];
        const struct trial *t = &trials->list[cell->from];

        cell->model_row = cell->test_row = PANEL_NONE;
        if (t->model != trials->absent && cell_longest(panel, cell) >= inference_min_s)
            places[n++] = (struct place){trials->names[t->model], trials->names[t->mode], i};
    }
    bool ok = rows_make(panel, places, n, true);
    n = 0;
    for (size_t i = 0; ok && i < panel->len; i++) {
        const struct trial *t = &trials->list[panel->cells[i].from];

        if (cell_longest(panel, &panel->cells[i]) >= PANEL_SHORTEST_S)
            places[n++] = (struct place){panel_test_base(trials->names[t->id]), trials->names[t->mode], i};
    }
    ok = ok && rows_make(panel, places, n, false);
    free(places);
    return ok;
}

/* Both the run, which is the last, and a baseline passed it. */
static bool trials_pair(const struct trials *trials, size_t from, size_t to)
{
    bool old = false, new_ = false;

    for (size_t i = from; i < to; i++) {
        const struct trial *t = &trials->list[i];

        if (t->outcome == JSONL_PASSED)
            *(t->run + 1 == trials->runs ? &new_ : &old) = true;
    }
    return old && new_;
}

bool panel_make(struct panel *panel, const struct trials *trials, double inference_min_s)
{
    *panel = (struct panel){.trials = trials};
    panel->cells = malloc((trials->len + 1) * sizeof *panel->cells);
    if (!panel->cells)
        return false;
    for (size_t i = 0, next; i < trials->len; i = next) {
        for (next = i + 1; next < trials->len && trials_same(&trials->list[i], &trials->list[next]); next++)
            ;
        if (trials_pair(trials, i, next))
            panel->cells[panel->len++] = (struct panel_cell){PANEL_NONE, PANEL_NONE, i, next};
    }
    return panel_rows(panel, inference_min_s);
}

void panel_free(struct panel *panel)
{
    free(panel->cells);
    free(panel->models);
    free(panel->tests);
    *panel = (struct panel){0};
}

void panel_table(const struct panel *panel, enum compare_metric metric, double *table)
{
    const struct trials *trials = panel->trials;

    for (size_t c = 0; c < panel->len; c++) {
        const struct panel_cell *cell = &panel->cells[c];
        double *values = table + c * trials->runs;

        for (size_t r = 0; r < trials->runs; r++)
            values[r] = NAN;
        for (size_t i = cell->from, next; i < cell->to; i = next) {
            double sum = 0;
            size_t n = 0;

            for (next = i; next < cell->to && trials->list[next].run == trials->list[i].run; next++) {
                double ln = trials->list[next].ln[metric];

                if (isnan(ln))
                    continue;
                sum += ln;
                n++;
            }
            if (n > 0)
                values[trials->list[i].run] = sum / (double)n;
        }
    }
}
