/* SPDX-License-Identifier: Apache-2.0 */
#include "finish.h"

#include "parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SORT_NAMES = 7, SORT_NUMBERS = 16 };

/* Everything that a test tells, so that only equal ones compare equal. */
struct sortable {
    uint32_t names[SORT_NAMES]; /* ranks; the first two go before all numbers */
    const struct run_test *test;
};

static void test_numbers(const struct run_test *t, double numbers[SORT_NUMBERS])
{
    const double all[SORT_NUMBERS] = {
        t->end,          t->start,   t->duration,      t->outcome,
        t->tokens_per_s, t->ttft_s,  t->prompt_tokens, t->completion_tokens,
        t->inference_s,  t->load_s,  t->cleanup_s,     t->peak_ram_gb,
        t->size_gb,      t->swap_mb, t->ram_free_gb,   t->zombies,
    };

    memcpy(numbers, all, sizeof all);
}

static int sortable_compare(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    double s[SORT_NUMBERS], t[SORT_NUMBERS];

    for (size_t i = 0; i < 2; i++)
        if (x->names[i] != y->names[i])
            return x->names[i] < y->names[i] ? -1 : 1;
    if (x->test->end != y->test->end && !isnan(x->test->end) && !isnan(y->test->end))
        return x->test->end < y->test->end ? -1 : 1;
    test_numbers(x->test, s);
    test_numbers(y->test, t);
    for (size_t i = 0; i < SORT_NUMBERS; i++) {
        int order = number_order(s[i], t[i]);

        if (order)
            return order;
    }
    for (size_t i = 2; i < SORT_NAMES; i++)
        if (x->names[i] != y->names[i])
            return x->names[i] < y->names[i] ? -1 : 1;
    return 0;
}

static bool tests_sort(struct finish *f)
{
    struct run *run = f->run;
    size_t n = run->tests_len;
    struct sortable *keys = malloc((n + 1) * sizeof *keys);
    uint32_t *rank = names_rank(&run->names, NULL);

    f->tests = jsonl_arena_alloc(&f->report->arena, n, sizeof(const struct run_test *));
    f->inference = jsonl_arena_alloc(&f->report->arena, n, sizeof(const struct run_test *));
    if (!keys || !rank || !f->tests || !f->inference) {
        free(keys);
        free(rank);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = &run->tests[i];
        const uint32_t names[SORT_NAMES] = {t->id,          t->model,  t->version, t->modality,
                                            t->skip_reason, t->schema, t->hardware};

        for (size_t k = 0; k < SORT_NAMES; k++)
            keys[i].names[k] = rank[names[k]];
        keys[i].test = t;
    }
    if (n > 1)
        qsort(keys, n, sizeof *keys, sortable_compare);
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = keys[i].test;

        f->tests[i] = t;
        if (t->outcome == JSONL_PASSED && t->model && t->duration >= f->config->inference_min_s)
            f->inference[f->inference_len++] = t;
    }
    free(keys);
    free(rank);
    return true;
}

static void samples_count(struct finish *f)
{
    struct report_samples *s = &f->report->samples;
    const struct windows *w = &f->windows;

    *s = (struct report_samples){.len = w->len, .interval_s = w->interval_s, .length_s = NAN};
    if (w->len > 0)
        s->length_s = w->samples[w->len - 1].ts - w->samples[0].ts;
    for (size_t i = 0; i < f->run->tests_len; i++) {
        const struct run_test *t = f->tests[i];
        struct span span = finish_span(f, t);

        s->tests += span.from < span.to;
        s->tests_timed += !isnan(t->start) && !isnan(t->end);
    }
}

/* In the order of the input, which mostly is that of time. */
static bool tests_spans(struct finish *f)
{
    f->spans = jsonl_arena_alloc(&f->report->arena, f->run->tests_len, sizeof *f->spans);
    for (size_t i = 0; f->spans && i < f->run->tests_len; i++)
        f->spans[i] = windows_span(&f->windows, f->run->tests[i].start, f->run->tests[i].end);
    return f->spans != NULL;
}

struct started {
    double start, end;
    size_t rank; /* in f->tests, whose order does not depend on the input's */
};

static int started_compare(const void *a, const void *b)
{
    const struct started *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static bool tests_by_start(struct finish *f)
{
    size_t n = 0, room = f->run->tests_len;
    struct started *list = malloc((room + 1) * sizeof *list);

    f->by_start = jsonl_arena_alloc(&f->report->arena, room, sizeof *f->by_start);
    f->parallel = jsonl_arena_alloc(&f->report->arena, room, sizeof *f->parallel);
    if (!list || !f->by_start || !f->parallel) {
        free(list);
        return false;
    }
    for (size_t i = 0; i < room; i++)
        if (f->tests[i]->outcome != JSONL_SKIPPED && f->tests[i]->start <= f->tests[i]->end)
            list[n++] = (struct started){f->tests[i]->start, f->tests[i]->end, i};
    if (n > 1)
        qsort(list, n, sizeof *list, started_compare);
    for (size_t i = 0; i < n; i++)
        f->by_start[i] = f->tests[list[i].rank];
    f->by_start_len = n;
    free(list);
    return parallel_mark(f->run->tests, room, f->parallel);
}

struct profile finish_profile(const struct finish *f, const struct run_test *t)
{
    struct profile p = profile_of(&f->windows, finish_span(f, t), t->start, t->end);

    p.parallel = f->parallel[t - f->run->tests];
    return p;
}

size_t finish_started(const struct finish *f, double ts)
{
    size_t low = 0, high = f->by_start_len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (f->by_start[middle]->start <= ts)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct run_test *finish_test_at(const struct finish *f, double ts)
{
    size_t i = finish_started(f, ts);

    for (size_t k = 0; i-- > 0 && k < 16; k++)
        if (f->by_start[i]->end >= ts)
            return f->by_start[i];
    return NULL;
}

static struct report_record record_make(const struct finish *f, const struct run_test *t)
{
    struct jsonl_text id = finish_name(f, t->id);

    return (struct report_record){
        .id = id,
        .name = jsonl_test_name(id),
        .model = finish_name(f, t->model),
        .label = f->labels[t->model],
        .mode = finish_name(f, t->modality),
        .skip_reason = finish_name(f, t->skip_reason),
        .version = finish_name(f, t->version),
        .schema = finish_name(f, t->schema),
        .hardware = finish_name(f, t->hardware),
        .test = t,
        .profile = finish_profile(f, t),
    };
}

struct report_record report_record(const struct report *report, size_t i)
{
    return record_make(report->details, report->details->tests[i]);
}

struct report_record report_record_read(const struct report *report, size_t i)
{
    return record_make(report->details, &report->details->run->tests[i]);
}

const struct run_test *report_test_at(const struct report *report, size_t i)
{
    return report->details->tests[i];
}

struct jsonl_text report_id_at(const struct report *report, size_t i)
{
    return finish_name(report->details, report->details->tests[i]->id);
}

bool report_make(struct report *report, struct run *run, const struct jsonl_config *config,
                 const struct report_source *sources, size_t sources_len, double generated_s)
{
    static bool (*const parts[])(struct finish *) = {
        finish_labels, finish_totals,  finish_outcomes, finish_health,  finish_pressure, finish_shortage,
        finish_models, finish_sizes,   finish_tests,    finish_servers, finish_gpu,      finish_performance,
        finish_leak,   finish_zombies, finish_outliers, finish_loads,   finish_schedule, finish_machines,
    };

    *report = (struct report){
        .config = config,
        .sources = sources,
        .sources_len = sources_len,
        .ram_total_gb = run->ram_total_gb,
        .gpu_memory_gb = run->gpu_memory_gb,
        .generated_s = isnan(generated_s) ? run->last_ts : generated_s,
    };
    struct finish *f = jsonl_arena_alloc(&report->arena, 1, sizeof *f);
    if (!f)
        return false;
    *f = (struct finish){.report = report, .run = run, .config = config};
    report->details = f;
    if (!tests_sort(f) || !windows_build(&f->windows, &report->arena, run->samples, run->samples_len) ||
        !tests_spans(f) || !tests_by_start(f))
        return false;
    samples_count(f);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!parts[i](f))
            return false;
    return true;
}

void report_free(struct report *report)
{
    jsonl_arena_free(&report->arena);
}
