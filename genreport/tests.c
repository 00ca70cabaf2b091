/* SPDX-License-Identifier: Apache-2.0
 * One row for each test name and modality: how far apart models are. */
#include "finish.h"

#include <stdlib.h>

struct row_test {
    struct jsonl_text name, mode, model;
    const struct run_test *test;
};

static int group_compare(const struct row_test *x, const struct row_test *y)
{
    int order = text_order(x->name, y->name);

    return order ? order : mode_order(x->mode, y->mode);
}

/* Within a group by time, so that the median is in the middle. */
static int row_compare(const void *a, const void *b)
{
    const struct row_test *x = a, *y = b;
    int order = group_compare(x, y);

    if (!order)
        order = number_order(x->test->duration, y->test->duration);
    return order ? order : text_order(x->model, y->model);
}

static void row_make(struct finish *f, struct report_test *row, const struct row_test *tests, size_t n,
                     double *durations, size_t *marks, size_t mark)
{
    const struct run_test *first = tests[0].test, *last = tests[n - 1].test;

    *row = (struct report_test){
        .name = tests[0].name,
        .mode = tests[0].mode,
        .tests = n,
        .fastest_s = first->duration,
        .slowest_s = last->duration,
        .fastest = f->labels[first->model],
        .slowest = f->labels[last->model],
    };
    for (size_t i = 0; i < n; i++) {
        uint32_t model = tests[i].test->model;

        row->models += marks[model] != mark;
        marks[model] = mark;
        durations[i] = tests[i].test->duration;
    }
    row->median_s = number_median(durations, n);
}

/* marks[model]: the row, counted from 1, that counted the model last. */
static bool tests_rows(struct finish *f, const struct row_test *list, double *durations, size_t *marks)
{
    struct report *r = f->report;
    size_t n = f->inference_len;

    for (size_t i = 0; i < n; i++)
        r->tests_len += i == 0 || group_compare(&list[i - 1], &list[i]) != 0;
    r->tests = jsonl_arena_alloc(&r->arena, r->tests_len, sizeof *r->tests);
    if (!r->tests)
        return false;
    struct report_test *row = r->tests;
    for (size_t i = 0, next; i < n; i = next, row++) {
        for (next = i + 1; next < n && group_compare(&list[i], &list[next]) == 0; next++)
            ;
        row_make(f, row, list + i, next - i, durations, marks, (size_t)(row - r->tests) + 1);
    }
    return true;
}

bool finish_tests(struct finish *f)
{
    size_t n = f->inference_len;
    struct row_test *list = malloc((n + 1) * sizeof *list);
    double *durations = malloc((n + 1) * sizeof *durations);
    size_t *marks = calloc(f->run->names.len, sizeof *marks);
    bool ok = list && durations && marks;

    for (size_t i = 0; ok && i < n; i++) {
        const struct run_test *t = f->inference[i];

        list[i] = (struct row_test){jsonl_test_name(finish_name(f, t->id)), finish_name(f, t->modality),
                                    f->labels[t->model], t};
    }
    if (ok && n > 1)
        qsort(list, n, sizeof *list, row_compare);
    ok = ok && tests_rows(f, list, durations, marks);
    free(list);
    free(durations);
    free(marks);
    return ok;
}
