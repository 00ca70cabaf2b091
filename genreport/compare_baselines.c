/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of each baseline, and which of them ran on the same kind of machine: only those are compared with. */
#include "baseline.h"
#include "comparing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 3 };

/* RAM is told in GB or in GiB, so a little does not make it another machine. */
static const double ram_same = 1.2;

int compare_texts(const void *a, const void *b)
{
    return text_order(*(const struct jsonl_text *)a, *(const struct jsonl_text *)b);
}

/* The distinct ones of n texts, sorted; returns how many. */
static size_t texts_distinct(struct jsonl_text *texts, size_t n)
{
    size_t len = 0;

    if (n > 1)
        qsort(texts, n, sizeof *texts, compare_texts);
    for (size_t i = 0; i < n; i++)
        if (len == 0 || text_order(texts[len - 1], texts[i]) != 0)
            texts[len++] = texts[i];
    return len;
}

/* What one member of a run's tests says, each text once; absent ones are left out. */
static size_t run_texts(const struct run *run, size_t member, struct jsonl_text *texts)
{
    bool *seen = calloc(run->names.len + 1, sizeof *seen);
    size_t n = 0;

    if (!seen)
        return SIZE_MAX;
    for (size_t i = 0; i < run->tests_len; i++) {
        uint32_t number;

        memcpy(&number, (const char *)&run->tests[i] + member, sizeof number);
        if (number != 0 && !seen[number])
            texts[n++] = run->names.texts[number];
        seen[number] = true;
    }
    free(seen);
    return texts_distinct(texts, n);
}

/* The machines of a run, as its tests tell and as its recordings do: each has words of its own for them. */
struct machines {
    struct jsonl_text *tests, *sessions;
    size_t tests_len, sessions_len;
};

static bool machines_make(struct machines *m, const struct run *run)
{
    m->tests = malloc((run->tests_len + 1) * sizeof *m->tests);
    m->sessions = malloc((run->sessions_len + 1) * sizeof *m->sessions);
    m->tests_len = m->tests ? run_texts(run, offsetof(struct run_test, hardware), m->tests) : SIZE_MAX;
    if (m->tests_len == SIZE_MAX || !m->sessions)
        return false;
    for (size_t i = 0; i < run->sessions_len; i++)
        m->sessions[i] = run->names.texts[run->sessions[i]];
    m->sessions_len = texts_distinct(m->sessions, run->sessions_len);
    return true;
}

static void machines_free(struct machines *m)
{
    free(m->tests);
    free(m->sessions);
}

static bool texts_join(struct finish *f, const struct jsonl_text *texts, size_t n, struct jsonl_text *joined)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);

    *joined = (struct jsonl_text){0};
    if (!w)
        return false;
    for (size_t i = 0; i < n && i < NAMES_MAX; i++) {
        jsonl_puts(w, i > 0 ? "; " : "");
        jsonl_write(w, texts[i].s, texts[i].n);
    }
    if (n > NAMES_MAX)
        jsonl_puts(w, "; …");
    struct jsonl_text text = jsonl_writer_text(w);
    bool ok = jsonl_writer_error(w) == 0;
    if (ok && text.n > 0) {
        joined->s = jsonl_arena_copy(&f->report->arena, text.s, text.n);
        joined->n = text.n;
        ok = joined->s != NULL;
    }
    jsonl_writer_free(w);
    return ok;
}

static bool same_texts(const struct jsonl_text *a, size_t a_len, const struct jsonl_text *b, size_t b_len)
{
    if (a_len != b_len)
        return false;
    for (size_t i = 0; i < a_len; i++)
        if (jsonl_text_compare(a[i], b[i]) != 0)
            return false;
    return true;
}

/* What either does not tell is not known to differ. */
static bool same_machines(const struct machines *a, const struct machines *b)
{
    if (a->tests_len > 0 && b->tests_len > 0)
        return same_texts(a->tests, a->tests_len, b->tests, b->tests_len);
    if (a->sessions_len > 0 && b->sessions_len > 0)
        return same_texts(a->sessions, a->sessions_len, b->sessions, b->sessions_len);
    return true;
}

/* splitmix64's last steps: every bit of the result hangs on every bit of `x`. */
static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* Of all records of a run, in whatever order: another run has another, but by a chance of 2^-64.  0: no test tells when
 * it ended, so two runs may be alike without being the same. */
static uint64_t run_fingerprint(const struct run *run)
{
    uint64_t sum = 0;
    bool timed = false;

    for (size_t i = 0; i < run->tests_len; i++) {
        const struct run_test *t = &run->tests[i];
        const double numbers[] = {t->end, t->start, t->duration, t->tokens_per_s, t->outcome};
        uint64_t one = run->names.hashes[t->id] ^ mixed(run->names.hashes[t->model]);

        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            uint64_t bits = 0;

            if (!isnan(numbers[k]))
                memcpy(&bits, &numbers[k], sizeof bits);
            one = mixed(one + bits);
        }
        timed |= !isnan(t->end);
        sum += one;
    }
    return timed ? sum : 0;
}

/* Says which baselines are the run itself, or another baseline again: prints[n] is the run's fingerprint. */
static void baselines_same(struct compare_baseline *list, size_t n, const uint64_t *prints)
{
    for (size_t i = 0; i < n; i++) {
        list[i].itself = prints[i] && prints[i] == prints[n];
        for (size_t k = 0; k < i && prints[i] && !list[i].same.s; k++)
            if (prints[k] == prints[i])
                list[i].same = list[k].name;
    }
}

static void baseline_times(struct compare_baseline *out, const struct run *run)
{
    out->first_s = out->last_s = NAN;
    for (size_t i = 0; i < run->tests_len; i++) {
        const struct run_test *t = &run->tests[i];

        out->first_s = number_min(out->first_s, isnan(t->start) ? t->end : t->start);
        out->last_s = number_max(out->last_s, isnan(t->end) ? t->start : t->end);
    }
}

static bool baseline_describe(struct finish *f, struct compare_baseline *out, const struct baseline *b,
                              const struct machines *here)
{
    const struct run *run = &b->run;
    struct machines there = {0};
    struct jsonl_text *texts = malloc((run->tests_len + 1) * sizeof *texts);

    *out = (struct compare_baseline){
        .name = {b->file, strlen(b->file)},
        .tests = run->tests_len,
        .failed = b->failed,
        .ram_total_gb = run->ram_total_gb,
        .ram_free_min_gb = b->ram_free_min_gb,
        .swap_max_mb = b->swap_max_mb,
    };
    if (b->memory)
        out->memory = (struct jsonl_text){b->memory, strlen(b->memory)};
    baseline_times(out, run);
    size_t n = texts ? run_texts(run, offsetof(struct run_test, version), texts) : SIZE_MAX;
    bool ok = n != SIZE_MAX && texts_join(f, texts, n, &out->version) && machines_make(&there, run);
    if (ok && there.tests_len > 0)
        ok = texts_join(f, there.tests, there.tests_len, &out->hardware);
    else if (ok)
        ok = texts_join(f, there.sessions, there.sessions_len, &out->hardware);
    if (ok) {
        double ratio = run->ram_total_gb / f->run->ram_total_gb; /* NAN if one is not known */

        out->used = run->tests_len > 0 && same_machines(here, &there) && !(ratio > ram_same) && !(ratio < 1 / ram_same);
    }
    machines_free(&there);
    free(texts);
    return ok;
}

bool compare_baselines(struct finish *f, struct comparison *out, const struct baseline *baselines, size_t n)
{
    struct machines here = {0};
    uint64_t *prints = malloc((n + 1) * sizeof *prints);
    bool ok = prints && machines_make(&here, f->run);

    out->baselines = jsonl_arena_alloc(&f->report->arena, n, sizeof *out->baselines);
    out->baselines_len = n;
    ok = ok && out->baselines;
    for (size_t i = 0; ok && i < n; i++) {
        ok = baseline_describe(f, &out->baselines[i], &baselines[i], &here);
        out->used += out->baselines[i].used;
        prints[i] = run_fingerprint(&baselines[i].run);
    }
    if (ok) {
        prints[n] = run_fingerprint(f->run);
        baselines_same(out->baselines, n, prints);
    }
    free(prints);
    machines_free(&here);
    return ok;
}
