/* SPDX-License-Identifier: Apache-2.0
 * What holds for the run as a whole: versions, hardware, when it ran, and how many tests of which kind. */
#include "finish.h"
#include "texts.h"

#include <math.h>
#include <stdlib.h>

static bool text_digit(struct jsonl_text t, size_t i)
{
    return i < t.n && t.s[i] >= '0' && t.s[i] <= '9';
}

/* The length of a run of digits at *i, past its leading zeros, to where *i moves. */
static size_t digits_at(struct jsonl_text t, size_t *i)
{
    size_t n = 0;

    while (text_digit(t, *i) && t.s[*i] == '0')
        ++*i;
    while (text_digit(t, *i + n))
        n++;
    return n;
}

/* 2.0.9 before 2.0.10: runs of digits by value, the rest by bytes. */
static int version_order(struct jsonl_text a, struct jsonl_text b)
{
    size_t i = 0, j = 0;

    while (i < a.n && j < b.n) {
        if (text_digit(a, i) && text_digit(b, j)) {
            size_t n = digits_at(a, &i), m = digits_at(b, &j);

            if (n != m)
                return n < m ? -1 : 1;
            int order = jsonl_text_compare((struct jsonl_text){a.s + i, n}, (struct jsonl_text){b.s + j, m});
            if (order)
                return order;
            i += n;
            j += m;
        } else {
            if (a.s[i] != b.s[j])
                return (unsigned char)a.s[i] < (unsigned char)b.s[j] ? -1 : 1;
            i++;
            j++;
        }
    }
    if (i < a.n || j < b.n)
        return i < a.n ? 1 : -1;
    return jsonl_text_compare(a, b);
}

static int version_compare(const void *a, const void *b)
{
    return version_order(*(const struct jsonl_text *)a, *(const struct jsonl_text *)b);
}

static bool totals_texts(struct finish *f)
{
    struct report *r = f->report;
    struct jsonl_arena *arena = &r->arena;
    const struct run *run = f->run;

    struct report_texts sessions;
    bool ok = texts_of_tests(arena, run, offsetof(struct run_test, version), version_compare, &r->versions) &&
              texts_of_tests(arena, run, offsetof(struct run_test, schema), version_compare, &r->schemas) &&
              texts_of_machines(arena, run, &r->hardware) && texts_of_sessions(arena, run, &sessions);

    if (!ok)
        return false;
    r->mixed = r->hardware.len > 1 || sessions.len > 1;
    /* The monitor knows the machine where the tests do not say. */
    if (r->hardware.len == 0)
        r->hardware = sessions;
    return true;
}

static void totals_times(struct finish *f)
{
    struct report *r = f->report;
    const struct windows *w = &f->windows;

    r->first_s = r->last_s = NAN;
    for (size_t i = 0; i < f->run->tests_len; i++) {
        const struct run_test *t = f->tests[i];

        r->first_s = number_min(r->first_s, isnan(t->start) ? t->end : t->start);
        r->last_s = number_max(r->last_s, isnan(t->end) ? t->start : t->end);
    }
    r->totals.wall_s = r->last_s - r->first_s;
    if (isnan(r->first_s) && w->len > 0) {
        r->first_s = w->samples[0].ts;
        r->last_s = w->samples[w->len - 1].ts;
    }
}

static bool same_number(double a, double b)
{
    return number_order(a, b) == 0;
}

/* The same record again, as when a file is given twice. */
static bool test_repeats(const struct run_test *a, const struct run_test *b)
{
    return !isnan(a->end) && same_number(a->end, b->end) && same_number(a->start, b->start) &&
           same_number(a->duration, b->duration) && a->outcome == b->outcome;
}

static void totals_reruns(struct finish *f, struct report_totals *totals)
{
    size_t n = f->run->tests_len;

    for (size_t i = 0, next; i < n; i = next) {
        size_t ran = 0;

        for (next = i; next < n && f->tests[next]->id == f->tests[i]->id && f->tests[next]->model == f->tests[i]->model;
             next++) {
            bool repeated = next > i && test_repeats(f->tests[next - 1], f->tests[next]);

            totals->repeated += repeated;
            ran += !repeated && f->tests[next]->outcome != JSONL_SKIPPED;
        }
        totals->rerun += ran > 1;
    }
}

bool finish_totals(struct finish *f)
{
    struct report_totals *totals = &f->report->totals;
    size_t n = f->run->tests_len;
    double *durations = malloc((n + 1) * sizeof *durations);
    bool *models = calloc(f->run->names.len, sizeof *models);

    if (!durations || !models || !totals_texts(f)) {
        free(durations);
        free(models);
        return false;
    }
    totals->tests = n;
    totals->inference = f->inference_len;
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = f->tests[i];

        totals->outcomes[t->outcome]++;
        totals->with_model += t->outcome == JSONL_PASSED && t->model;
        totals->models += t->outcome != JSONL_SKIPPED && t->model && !models[t->model];
        if (t->outcome != JSONL_SKIPPED)
            models[t->model] = true;
        totals->refused += t->duration_refused;
        durations[i] = t->duration;
    }
    totals->timed = number_sort(durations, n);
    totals->duration_s = totals->timed > 0 ? number_sum(durations, totals->timed) : NAN;
    totals_times(f);
    totals_reruns(f, totals);
    free(durations);
    free(models);
    return true;
}
