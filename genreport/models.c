/* SPDX-License-Identifier: Apache-2.0
 *
 * One row for each model and modality. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

struct row_test {
    struct jsonl_text model, mode;
    const struct run_test *test;
};

static int row_compare(const void *a, const void *b)
{
    const struct row_test *x = a, *y = b;
    int order = text_order(x->model, y->model);

    return order ? order : mode_order(x->mode, y->mode);
}

/* The size of each model, by number: the largest that any test gives. */
static double *model_sizes(struct finish *f)
{
    double *sizes = malloc(f->run->names.len * sizeof *sizes);

    if (!sizes)
        return NULL;
    for (size_t i = 0; i < f->run->names.len; i++)
        sizes[i] = NAN;
    for (size_t i = 0; i < f->run->tests_len; i++) {
        const struct run_test *t = f->tests[i];

        sizes[t->model] = number_max(sizes[t->model], t->size_gb);
    }
    return sizes;
}

/* One place for all rows, so that they can be compared: what the tests say, else what the samples do. */
static enum report_ram ram_source(struct finish *f)
{
    for (size_t i = 0; i < f->inference_len; i++)
        if (!isnan(f->inference[i]->ram_free_gb))
            return REPORT_RAM_HEALTH;
    for (size_t i = 0; i < f->inference_len; i++) {
        struct span span = windows_span(&f->windows, f->inference[i]->start, f->inference[i]->end);

        if (windows_range(&f->windows, span, RUN_ram_free_gb).n > 0)
            return REPORT_RAM_SAMPLES;
    }
    return REPORT_RAM_NONE;
}

/* n tests of one model and modality. */
static void row_make(struct finish *f, struct report_model *row, const struct row_test *tests, size_t n,
                     double *durations)
{
    row->ram_gb = (struct number_range){NAN, NAN, NAN, 0};
    row->tests = n;
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = tests[i].test;
        struct number_range ram = {t->ram_free_gb, t->ram_free_gb, NAN, isnan(t->ram_free_gb) ? 0u : 1u};

        if (f->report->ram == REPORT_RAM_SAMPLES)
            ram = windows_range(&f->windows, windows_span(&f->windows, t->start, t->end), RUN_ram_free_gb);
        row->ram_gb.min = number_min(row->ram_gb.min, ram.min);
        row->ram_gb.max = number_max(row->ram_gb.max, ram.max);
        row->ram_gb.n += ram.n;
        durations[i] = t->duration;
    }
    row->time_s = number_sum(durations, number_sort(durations, n));
}

static bool models_rows(struct finish *f, struct row_test *list, const double *sizes, double *durations)
{
    struct report *r = f->report;
    size_t n = f->inference_len;

    for (size_t i = 0; i < n; i++)
        r->models_len += i == 0 || row_compare(&list[i - 1], &list[i]) != 0;
    r->models = arena_alloc(&r->arena, r->models_len, sizeof *r->models);
    if (!r->models)
        return false;
    struct report_model *row = r->models;
    for (size_t i = 0, next; i < n; i = next, row++) {
        uint32_t model = list[i].test->model;

        for (next = i + 1; next < n && row_compare(&list[i], &list[next]) == 0; next++)
            ;
        row->id = list[i].model;
        row->label = f->labels[model];
        row->mode = list[i].mode;
        row->size_gb = sizes[model];
        row_make(f, row, list + i, next - i, durations);
    }
    return true;
}

bool finish_models(struct finish *f)
{
    size_t n = f->inference_len;
    struct row_test *list = malloc((n + 1) * sizeof *list);
    double *durations = malloc((n + 1) * sizeof *durations);
    double *sizes = model_sizes(f);
    bool ok = list && durations && sizes;

    f->report->ram = ram_source(f);
    for (size_t i = 0; ok && i < n; i++)
        list[i] = (struct row_test){finish_name(f, f->inference[i]->model), finish_name(f, f->inference[i]->modality),
                                    f->inference[i]};
    if (ok && n > 1)
        qsort(list, n, sizeof *list, row_compare);
    ok = ok && models_rows(f, list, sizes, durations);
    free(list);
    free(durations);
    free(sizes);
    return ok;
}
