/* SPDX-License-Identifier: Apache-2.0
 * What the baselines add to the report's tables of models and tests: how long the very same tests took then. */
#include "comparing.h"

#include <math.h>
#include <stdlib.h>

/* One inference test that has a partner: seconds now and then, under the name of a row. */
struct column {
    struct jsonl_text name, mode;
    double new_s, old_s; /* of one run of it */
    double runs;         /* how often it ran in the new run */
};

static int column_group(const struct column *x, const struct column *y)
{
    int order = text_order(x->name, y->name);

    return order ? order : mode_order(x->mode, y->mode);
}

static int column_compare(const void *a, const void *b)
{
    const struct column *x = a, *y = b;
    int order = column_group(x, y);

    if (!order)
        order = number_order(x->new_s, y->new_s);
    if (!order)
        order = number_order(x->old_s, y->old_s);
    return order ? order : number_order(x->runs, y->runs);
}

static double cell_runs(const struct comparing *c, const struct panel_cell *cell, enum compare_metric metric)
{
    double n = 0;

    for (size_t i = cell->from; i < cell->to; i++) {
        const struct trial *t = &c->trials->list[i];

        n += t->run + 1 == c->trials->runs && !isnan(t->ln[metric]);
    }
    return n;
}

/* Warm with warm, cold with cold: of a test that was cold on one side only nothing is said.  Baselines and repeats
 * count by their geometric mean. */
static bool column_of(const struct comparing *c, size_t cell, enum compare_metric metric, bool tests,
                      struct column *out)
{
    const struct panel_cell *p = &c->panel->cells[cell];
    const struct trial *t = &c->trials->list[p->from];
    uint32_t runs = c->trials->runs;
    const double *values = c->tables[metric] + cell * runs;
    double old = 0, n = 0;

    for (uint32_t r = 0; r + 1 < runs; r++) {
        if (isnan(values[r]))
            continue;
        old += values[r];
        n++;
    }
    if (p->model_row == PANEL_NONE || n == 0 || isnan(values[runs - 1]))
        return false;
    *out = (struct column){
        .name = c->trials->names[tests ? t->id : t->model],
        .mode = c->trials->names[t->mode],
        .new_s = exp(values[runs - 1]),
        .old_s = exp(old / n),
        .runs = cell_runs(c, p, metric),
    };
    if (tests)
        out->name = jsonl_test_name(out->name);
    return true;
}

static size_t columns_list(const struct comparing *c, bool tests, struct column *list)
{
    size_t n = 0;

    for (size_t i = 0; i < c->panel->len; i++)
        for (enum compare_metric m = COMPARE_DURATION; m <= COMPARE_COLD; m++)
            n += column_of(c, i, m, tests, &list[n]);
    if (n > 1)
        qsort(list, n, sizeof *list, column_compare);
    return n;
}

/* The stretch of the list from *at on that belongs to a row; both are in the same order. */
static size_t columns_of_row(const struct column *list, size_t n, size_t *at, struct jsonl_text name,
                             struct jsonl_text mode)
{
    const struct column row = {.name = name, .mode = mode};
    size_t to;

    while (*at < n && column_group(&list[*at], &row) < 0)
        ++*at;
    for (to = *at; to < n && column_group(&list[to], &row) == 0; to++)
        ;
    return to;
}

/* `new_s` and `old_s` have place for n. */
static void model_fill(struct report_model *model, const struct column *list, size_t n, double *new_s, double *old_s)
{
    for (size_t i = 0; i < n; i++) {
        new_s[i] = list[i].new_s * list[i].runs;
        old_s[i] = list[i].old_s * list[i].runs;
        model->pairs += (size_t)list[i].runs;
    }
    model->pairs_s = n > 0 ? number_sum(new_s, number_sort(new_s, n)) : NAN;
    model->old_s = n > 0 ? number_sum(old_s, number_sort(old_s, n)) : NAN;
}

static void test_fill(struct report_test *test, const struct column *list, size_t n, double *new_s, double *old_s)
{
    for (size_t i = 0; i < n; i++) {
        new_s[i] = list[i].new_s;
        old_s[i] = list[i].old_s;
    }
    test->pairs_s = number_median(new_s, number_sort(new_s, n));
    test->old_s = number_median(old_s, number_sort(old_s, n));
}

bool compare_columns(struct comparing *c)
{
    struct report *r = c->finish->report;
    size_t room = 2 * c->panel->len + 1, n, at = 0, to;
    struct column *list = malloc(room * sizeof *list);
    double *new_s = malloc(room * sizeof *new_s), *old_s = malloc(room * sizeof *old_s);
    bool ok = list && new_s && old_s;

    if (ok && c->out->used > 0) {
        n = columns_list(c, false, list);
        for (size_t i = 0; i < r->models_len; i++, at = to) {
            to = columns_of_row(list, n, &at, r->models[i].id, r->models[i].mode);
            model_fill(&r->models[i], list + at, to - at, new_s, old_s);
        }
        n = columns_list(c, true, list);
        at = 0;
        for (size_t i = 0; i < r->tests_len; i++, at = to) {
            to = columns_of_row(list, n, &at, r->tests[i].name, r->tests[i].mode);
            test_fill(&r->tests[i], list + at, to - at, new_s, old_s);
        }
    }
    free(list);
    free(new_s);
    free(old_s);
    return ok;
}
