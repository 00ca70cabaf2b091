/* SPDX-License-Identifier: Apache-2.0
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

static bool models_sizes(struct finish *f)
{
    size_t n = f->run->names.len;

    f->sizes = jsonl_arena_alloc(&f->report->arena, n, sizeof *f->sizes);
    for (size_t i = 0; f->sizes && i < n; i++)
        f->sizes[i] = NAN;
    for (size_t i = 0; f->sizes && i < f->run->tests_len; i++) {
        const struct run_test *t = &f->run->tests[i];

        if (t->model)
            f->sizes[t->model] = number_max(f->sizes[t->model], t->size_gb);
    }
    return f->sizes != NULL;
}

/* What a test has to say about RAM if the rows are made from `source`. */
static struct number_range test_ram(const struct finish *f, const struct run_test *t, enum report_ram source)
{
    double gb = source == REPORT_RAM_HEALTH ? t->ram_free_gb : t->peak_ram_gb;

    if (source == REPORT_RAM_SAMPLES)
        return windows_range(&f->windows, finish_span(f, t), RUN_ram_free_gb);
    return (struct number_range){gb, gb, gb, isnan(gb) ? 0u : 1u};
}

/* The first source that any test has. */
static enum report_ram ram_source(const struct finish *f)
{
    static const enum report_ram sources[] = {REPORT_RAM_HEALTH, REPORT_RAM_SAMPLES, REPORT_RAM_PEAK};

    for (size_t k = 0; k < sizeof sources / sizeof *sources; k++)
        for (size_t i = 0; i < f->inference_len; i++)
            if (test_ram(f, f->inference[i], sources[k]).n > 0)
                return sources[k];
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
        struct number_range ram = test_ram(f, t, f->report->ram);

        row->ram_gb.min = number_min(row->ram_gb.min, ram.min);
        row->ram_gb.max = number_max(row->ram_gb.max, ram.max);
        row->ram_gb.n += ram.n;
        durations[i] = t->duration;
    }
    row->time_s = number_sum(durations, number_sort(durations, n));
}

static bool models_rows(struct finish *f, struct row_test *list, double *durations)
{
    struct report *r = f->report;
    size_t n = f->inference_len;

    for (size_t i = 0; i < n; i++)
        r->models_len += i == 0 || row_compare(&list[i - 1], &list[i]) != 0;
    r->models = jsonl_arena_alloc(&r->arena, r->models_len, sizeof *r->models);
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
        row->size_gb = f->sizes[model];
        row_make(f, row, list + i, next - i, durations);
    }
    return true;
}

bool finish_models(struct finish *f)
{
    size_t n = f->inference_len;
    struct row_test *list = malloc((n + 1) * sizeof *list);
    double *durations = malloc((n + 1) * sizeof *durations);
    bool ok = list && durations && models_sizes(f);

    f->report->ram = ram_source(f);
    for (size_t i = 0; ok && i < n; i++)
        list[i] = (struct row_test){finish_name(f, f->inference[i]->model), finish_name(f, f->inference[i]->modality),
                                    f->inference[i]};
    if (ok && n > 1)
        qsort(list, n, sizeof *list, row_compare);
    f->by_model = jsonl_arena_alloc(&f->report->arena, n, sizeof *f->by_model);
    ok = ok && f->by_model && models_rows(f, list, durations);
    for (size_t i = 0; ok && i < n; i++)
        f->by_model[i] = list[i].test;
    free(list);
    free(durations);
    return ok;
}
