/* SPDX-License-Identifier: Apache-2.0
 *
 * What the baselines add to the report's tables of models and tests: how long the very same tests took then. */
#include "comparing.h"

#include <math.h>
#include <stdlib.h>

/* One inference test that has a partner: seconds now and then, under the name of a row. */
struct column {
    struct jsonl_text name, mode;
    double new_s, old_s;
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
    return order ? order : number_order(x->old_s, y->old_s);
}

/* Warm with warm, cold with cold: of a test that was cold on one side only nothing is said.  Baselines count by their
 * geometric mean. */
static bool column_of(const struct comparing *c, size_t cell, bool tests, struct column *out)
{
    const struct panel_cell *p = &c->panel->cells[cell];
    const struct trial *t = &c->trials->list[p->from];
    uint32_t runs = c->trials->runs;

    if (p->model_row == PANEL_NONE)
        return false;
    for (enum compare_metric m = COMPARE_DURATION; m <= COMPARE_COLD; m++) {
        const double *values = c->tables[m] + cell * runs;
        double old = 0, n = 0;

        for (uint32_t r = 0; r + 1 < runs; r++) {
            if (isnan(values[r]))
                continue;
            old += values[r];
            n++;
        }
        if (n == 0 || isnan(values[runs - 1]))
            continue;
        *out = (struct column){
            .name = c->trials->names[tests ? t->id : t->model],
            .mode = c->trials->names[t->mode],
            .new_s = exp(values[runs - 1]),
            .old_s = exp(old / n),
        };
        if (tests)
            out->name = jsonl_test_name(out->name);
        return true;
    }
    return false;
}

static size_t columns_list(const struct comparing *c, bool tests, struct column *list)
{
    size_t n = 0;

    for (size_t i = 0; i < c->panel->len; i++)
        n += column_of(c, i, tests, &list[n]);
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

bool compare_columns(struct comparing *c)
{
    struct report *r = c->finish->report;
    struct column *list = malloc((c->panel->len + 1) * sizeof *list);
    double *new_s = malloc((c->panel->len + 1) * sizeof *new_s), *old_s = malloc((c->panel->len + 1) * sizeof *old_s);
    bool ok = list && new_s && old_s;

    for (int tests = 0; ok && tests < 2 && c->out->used > 0; tests++) {
        size_t n = columns_list(c, tests, list), at = 0, to;

        for (size_t i = 0; i < (tests ? r->tests_len : r->models_len); i++, at = to) {
            struct report_model *model = tests ? NULL : &r->models[i];
            struct report_test *test = tests ? &r->tests[i] : NULL;

            to = columns_of_row(list, n, &at, tests ? test->name : model->id, tests ? test->mode : model->mode);
            size_t len = to - at;
            for (size_t k = 0; k < len; k++) {
                new_s[k] = list[at + k].new_s;
                old_s[k] = list[at + k].old_s;
            }
            number_sort(new_s, len);
            number_sort(old_s, len);
            if (tests) {
                test->pairs_s = number_median(new_s, len);
                test->old_s = number_median(old_s, len);
            } else {
                model->pairs = len;
                model->pairs_s = len > 0 ? number_sum(new_s, len) : NAN;
                model->old_s = len > 0 ? number_sum(old_s, len) : NAN;
            }
        }
    }
    free(list);
    free(new_s);
    free(old_s);
    return ok;
}
