/* SPDX-License-Identifier: Apache-2.0 */
#include "compare.h"

#include "comparing.h"

#include <math.h>
#include <stdlib.h>

struct jsonl_text compare_label(const struct comparing *c, uint32_t model)
{
    return c->labels[model];
}

/* As the report has it. */
static struct jsonl_text report_label(const struct comparing *c, uint32_t model)
{
    struct finish *f = c->finish;
    struct jsonl_text text = c->trials->names[model];
    uint32_t number;

    if (model == c->trials->absent || !jsonl_intern_add(&f->run->names, text, &number)) /* it is in there */
        return (struct jsonl_text){0};
    return f->labels[number].s ? f->labels[number] : jsonl_model_name(f->config, text);
}

struct label {
    struct jsonl_text text;
    uint32_t model;
};

static int label_compare(const void *a, const void *b)
{
    const struct label *x = a, *y = b;

    return jsonl_text_compare(x->text, y->text);
}

/* Models that would look the same, be it one of the run and one of a baseline, keep their whole ids. */
static bool labels_of_models(struct comparing *c)
{
    const struct trials *t = c->trials;
    size_t names = c->finish->run->names.len, n = 0;
    bool *seen = calloc(names + 1, sizeof *seen);
    struct label *list = malloc((names + 1) * sizeof *list);

    c->labels = jsonl_arena_alloc(&c->finish->report->arena, names + 1, sizeof *c->labels);
    if (!seen || !list || !c->labels) {
        free(seen);
        free(list);
        return false;
    }
    for (size_t i = 0; i < t->len; i++) {
        uint32_t model = t->list[i].model;

        if (model != t->absent && !seen[model])
            list[n++] = (struct label){report_label(c, model), model};
        seen[model] = true;
    }
    if (n > 1)
        qsort(list, n, sizeof *list, label_compare);
    for (size_t i = 0; i < n; i++) {
        bool twin = (i > 0 && label_compare(&list[i - 1], &list[i]) == 0) ||
                    (i + 1 < n && label_compare(&list[i], &list[i + 1]) == 0);

        c->labels[list[i].model] = twin ? t->names[list[i].model] : list[i].text;
    }
    free(seen);
    free(list);
    return true;
}

/* Models by their labels; tests by their bare names, but for those that would look the same. */
static bool labels_make(struct comparing *c)
{
    struct jsonl_arena *arena = &c->finish->report->arena;
    const struct panel *p = c->panel;

    c->model_labels = jsonl_arena_alloc(arena, p->models_len, sizeof *c->model_labels);
    c->test_labels = jsonl_arena_alloc(arena, p->tests_len, sizeof *c->test_labels);
    struct jsonl_text *sorted = malloc((p->tests_len + 1) * sizeof *sorted);
    if (!c->model_labels || !c->test_labels || !sorted) {
        free(sorted);
        return false;
    }
    for (size_t i = 0; i < p->len; i++) {
        const struct panel_cell *cell = &p->cells[i];

        if (cell->model_row != PANEL_NONE)
            c->model_labels[cell->model_row] = compare_label(c, c->trials->list[cell->from].model);
    }
    size_t n = 0;
    for (size_t i = 0; i < p->tests_len; i++)
        if (i == 0 || text_order(p->tests[i - 1].id, p->tests[i].id) != 0)
            sorted[n++] = jsonl_test_name(p->tests[i].id);
    qsort(sorted, n, sizeof *sorted, text_compare);
    for (size_t i = 0; i < p->tests_len; i++) {
        struct jsonl_text name = jsonl_test_name(p->tests[i].id);
        struct jsonl_text *found = bsearch(&name, sorted, n, sizeof *sorted, text_compare);
        bool twin = (found > sorted && text_order(found[-1], name) == 0) ||
                    (found + 1 < sorted + n && text_order(found[1], name) == 0);

        c->test_labels[i] = twin || name.n == 0 ? p->tests[i].id : name;
    }
    free(sorted);
    return true;
}

static bool tables_make(struct comparing *c)
{
    size_t cells = c->panel->len * c->trials->runs + 1;

    for (enum compare_metric m = 0; m < COMPARE_METRICS; m++) {
        c->tables[m] = malloc(cells * sizeof *c->tables[m]);
        if (!c->tables[m])
            return false;
        panel_table(c->panel, m, c->tables[m]);
    }
    return true;
}

static bool compare_pairs(struct comparing *c)
{
    bool ok = labels_of_models(c) && labels_make(c) && tables_make(c) && compare_rows(c) && compare_changes(c) &&
              compare_columns(c) && compare_trend(c);

    for (enum compare_metric m = 0; m < COMPARE_METRICS; m++)
        free(c->tables[m]);
    return ok;
}

/* runs: what is compared, the run last. */
static bool compare_runs(struct finish *f, const struct run *const *runs, const size_t *used, size_t n)
{
    struct trials trials;
    struct panel panel = {0};
    struct comparing c = {.finish = f, .out = &f->report->comparison, .trials = &trials, .panel = &panel, .used = used};
    bool ok = trials_collect(&trials, runs, n, f->run) && finish_labels(f) &&
              panel_make(&panel, &trials, f->config->inference_min_s) && compare_pairs(&c);

    panel_free(&panel);
    trials_free(&trials);
    return ok;
}

bool report_compare(struct report *report, struct run *run, const struct baseline *baselines, size_t n)
{
    struct comparison *out = &report->comparison;
    struct finish f = {.report = report, .run = run, .config = report->config};
    const struct run **runs = malloc((n + 1) * sizeof *runs);
    size_t *used = malloc((n + 1) * sizeof *used), len = 0;
    bool ok = runs && used && compare_baselines(&f, out, baselines, n);

    out->made = true;
    for (size_t i = 0; i < report->models_len; i++)
        report->models[i].pairs_s = report->models[i].old_s = NAN;
    for (size_t i = 0; i < report->tests_len; i++)
        report->tests[i].pairs_s = report->tests[i].old_s = NAN;
    /* With none of the same machine, pairs are counted with what there is, and nothing is judged. */
    for (size_t i = 0; ok && i < n; i++) {
        if (!out->baselines[i].used && (out->used > 0 || out->baselines[i].tests == 0))
            continue;
        used[len] = i;
        runs[len++] = &baselines[i].run;
    }
    if (ok && len > 0) {
        runs[len] = run;
        ok = compare_runs(&f, runs, used, len + 1);
    }
    free(runs);
    free(used);
    return ok;
}
