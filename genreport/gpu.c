/* SPDX-License-Identifier: Apache-2.0
 * What the GPU did during the tests. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

/* A test that was looked at, with what orders it. */
struct seen {
    struct report_gpu_test row;
    const struct run_test *test;
    struct jsonl_text id;
};

static bool seen_make(struct finish *f, const struct run_test *t, struct seen *seen)
{
    const struct windows *w = &f->windows;
    struct span span = finish_span(f, t);
    struct number_range device = windows_range(w, span, RUN_gpu_device_util);

    if (t->outcome == JSONL_SKIPPED || !(t->duration >= f->config->inference_min_s) || device.n == 0)
        return false;
    *seen = (struct seen){
        .row = {.name = jsonl_test_name(finish_name(f, t->id)),
                .model = f->labels[t->model],
                .device = device.mean,
                .renderer = windows_range(w, span, RUN_gpu_renderer_util).mean,
                .pressure = windows_range(w, span, RUN_memory_pressure).max,
                .samples = device.n},
        .test = t,
        .id = finish_name(f, t->id),
    };
    return true;
}

/* In the order of time; the sort is over tests that finish.tests has put in one order already. */
static int seen_compare_time(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    int order = number_order(x->test->start, y->test->start);

    if (!order)
        order = text_order(x->row.model, y->row.model);
    return order ? order : text_order(x->row.name, y->row.name);
}

static int seen_compare_device(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    int order = -number_order(x->row.device, y->row.device);

    if (!order)
        order = text_order(x->row.name, y->row.name);
    if (!order)
        order = text_order(x->row.model, y->row.model);
    return order ? order : seen_compare_time(a, b);
}

static int seen_compare_look(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    int order = text_order(x->row.name, y->row.name);

    if (!order)
        order = text_order(x->row.model, y->row.model);
    return order ? order : text_order(x->id, y->id);
}

static bool seen_alike(const struct seen *a, const struct seen *b)
{
    return text_order(a->row.name, b->row.name) == 0 && text_order(a->row.model, b->row.model) == 0;
}

/* A test's file and class, which its name follows. */
static struct jsonl_text name_before(struct jsonl_text id)
{
    struct jsonl_text name = jsonl_test_name(id);

    return (struct jsonl_text){id.s, name.n > 0 ? (size_t)(name.s - id.s) : 0};
}

/* Rows of different tests that would look the same get their parameters, or if their files differ their whole ids. */
static void gpu_tell_apart(struct seen *list, size_t n)
{
    if (n > 1)
        qsort(list, n, sizeof *list, seen_compare_look);
    for (size_t i = 0, next; i < n; i = next) {
        struct jsonl_text before = name_before(list[i].id);

        for (next = i + 1; next < n && seen_alike(&list[i], &list[next]); next++)
            if (text_order(name_before(list[next].id), before) != 0)
                before.n = 0;
        if (text_order(list[i].id, list[next - 1].id) == 0) /* one test's runs, or none like it */
            continue;
        for (size_t k = i; k < next; k++)
            list[k].row.name = (struct jsonl_text){list[k].id.s + before.n, list[k].id.n - before.n};
    }
}

static bool gpu_colds(struct finish *f, const struct seen *list, size_t n, double *first)
{
    struct report_gpu *gpu = &f->report->gpu;

    for (int pass = 0; pass < 2; pass++) {
        gpu->colds_len = 0;
        for (size_t i = 0; i < n; i++) {
            const struct run_test *t = list[i].test;

            if (!t->model || t->start != first[t->model])
                continue;
            if (pass == 1) {
                gpu->colds[gpu->colds_len] = list[i].row;
                first[t->model] = NAN; /* once */
            }
            gpu->colds_len++;
        }
        if (pass == 0) {
            gpu->colds = jsonl_arena_alloc(&f->report->arena, gpu->colds_len, sizeof *gpu->colds);
            if (!gpu->colds)
                return false;
        }
    }
    return true;
}

static bool gpu_high(struct finish *f, struct seen *list, size_t n)
{
    struct report_gpu *gpu = &f->report->gpu;

    while (gpu->high_len < n && list[gpu->high_len].row.device > f->config->gpu_high)
        gpu->high_len++;
    gpu_tell_apart(list, gpu->high_len);
    if (gpu->high_len > 1)
        qsort(list, gpu->high_len, sizeof *list, seen_compare_device);
    gpu->high = jsonl_arena_alloc(&f->report->arena, gpu->high_len, sizeof *gpu->high);
    for (size_t i = 0; gpu->high && i < gpu->high_len; i++)
        gpu->high[i] = list[i].row;
    return gpu->high != NULL;
}

bool finish_gpu(struct finish *f)
{
    struct report_gpu *gpu = &f->report->gpu;
    struct span all = {0, f->windows.len};
    size_t n = 0;

    gpu->samples = windows_range(&f->windows, all, RUN_gpu_device_util).n;
    if (gpu->samples == 0)
        return true;
    struct seen *list = malloc((f->run->tests_len + 1) * sizeof *list);
    double *values = malloc((f->run->tests_len + 1) * sizeof *values);
    double *first = run_first_uses(f->run);
    bool ok = list && values && first;
    for (size_t i = 0; ok && i < f->run->tests_len; i++)
        n += seen_make(f, f->tests[i], &list[n]);
    if (ok) {
        gpu->tests = n;
        for (size_t i = 0; i < n; i++)
            values[i] = list[i].row.device;
        gpu->device = number_range_of(values, n);
        for (size_t i = 0; i < n; i++)
            values[i] = list[i].row.renderer;
        gpu->renderer = number_range_of(values, n);
        if (n > 1)
            qsort(list, n, sizeof *list, seen_compare_time);
        ok = gpu_colds(f, list, n, first);
        if (n > 1)
            qsort(list, n, sizeof *list, seen_compare_device);
        ok = ok && gpu_high(f, list, n);
    }
    free(list);
    free(values);
    free(first);
    return ok;
}
