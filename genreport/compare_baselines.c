/* SPDX-License-Identifier: Apache-2.0
 * What is said of each baseline, and which of them ran on the same kind of machine: only those are compared with. */
#include "baseline.h"
#include "comparing.h"
#include "texts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 3 };

/* RAM is told in GB or in GiB, so a little does not make it another machine. */
static const double ram_same = 1.2;

/* The machines of a run, as its tests tell and as its recordings do: each has words of its own for them. */
struct machines {
    struct report_texts tests, sessions;
};

static bool machines_make(struct machines *m, struct jsonl_arena *arena, const struct run *run)
{
    return texts_of_machines(arena, run, &m->tests) && texts_of_sessions(arena, run, &m->sessions);
}

static bool texts_join(struct jsonl_arena *arena, struct report_texts texts, struct jsonl_text *joined)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);

    *joined = (struct jsonl_text){0};
    if (!w)
        return false;
    for (size_t i = 0; i < texts.len && i < NAMES_MAX; i++) {
        jsonl_puts(w, i > 0 ? "; " : "");
        jsonl_write(w, texts.list[i].s, texts.list[i].n);
    }
    if (texts.len > NAMES_MAX)
        jsonl_puts(w, "; …");
    struct jsonl_text text = jsonl_writer_text(w);
    bool ok = jsonl_writer_error(w) == 0;
    if (ok && text.n > 0) {
        joined->s = jsonl_arena_copy(arena, text.s, text.n);
        joined->n = text.n;
        ok = joined->s != NULL;
    }
    jsonl_writer_free(w);
    return ok;
}

static bool same_texts(struct report_texts a, struct report_texts b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (!texts_same_machine(a.list[i], b.list[i]))
            return false;
    return true;
}

/* What either does not tell is not known to differ. */
static bool same_machines(const struct machines *a, const struct machines *b)
{
    if (a->tests.len > 0 && b->tests.len > 0)
        return same_texts(a->tests, b->tests);
    if (a->sessions.len > 0 && b->sessions.len > 0)
        return same_texts(a->sessions, b->sessions);
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
    struct jsonl_arena *arena = &f->report->arena;
    const struct run *run = &b->run;
    double ratio = run->ram_total_gb / f->run->ram_total_gb; /* NAN if one is not known */
    struct machines there;
    struct report_texts versions;

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
    if (!texts_of_tests(arena, run, offsetof(struct run_test, version), text_compare, &versions) ||
        !machines_make(&there, arena, run))
        return false;
    out->used = run->tests_len > 0 && same_machines(here, &there) && !(ratio > ram_same) && !(ratio < 1 / ram_same);
    return texts_join(arena, versions, &out->version) &&
           texts_join(arena, there.tests.len > 0 ? there.tests : there.sessions, &out->hardware);
}

bool compare_baselines(struct finish *f, struct comparison *out, const struct baseline *baselines, size_t n)
{
    struct machines here;
    uint64_t *prints = malloc((n + 1) * sizeof *prints);
    bool ok = prints && machines_make(&here, &f->report->arena, f->run);

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
    return ok;
}
