/* SPDX-License-Identifier: Apache-2.0
 * Memory pressure: how long it lasted, and in which tests.  The levels are the samples' own; what made them is the
 * recorder's business. */
#include "finish.h"
#include "grow.h"

#include <math.h>
#include <stdlib.h>

enum { WARN = 2, CRITICAL = 4, HOLDS_INTERVALS = 4 };

struct spent {
    int64_t warn_us, critical_us;
};

/* A time at one level, warn or critical; and what was spent at either before it. */
struct spell {
    int64_t from, to; /* epoch microseconds */
    bool critical;
    struct spent before;
};

struct spells {
    struct spell *list; /* one after another */
    size_t len, room;
    struct spent all;
};

static void spent_add(struct spent *s, bool critical, int64_t us)
{
    *(critical ? &s->critical_us : &s->warn_us) += us;
}

static bool spells_add(struct spells *s, int64_t from, int64_t to, bool critical)
{
    struct spell *last = s->len > 0 ? &s->list[s->len - 1] : NULL;

    if (to == from)
        return true;
    if (last && last->critical == critical && last->to == from) {
        last->to = to;
    } else {
        if (!GROW(s->list, s->len + 1, s->room))
            return false;
        s->list[s->len++] = (struct spell){from, to, critical, s->all};
    }
    spent_add(&s->all, critical, to - from);
    return true;
}

/* A level holds until the next sample that tells one, but for no more than some intervals: what was there in a gap
 * nobody knows. */
static bool spells_find(struct spells *s, const struct windows *w, struct report_pressure *p)
{
    int64_t limit = isnan(w->interval_s) ? 0 : jsonl_time_us(HOLDS_INTERVALS * w->interval_s), from = 0;
    int32_t level = RUN_ABSENT;
    bool ok = true;

    for (size_t i = 0; ok && i < w->len; i++) {
        int32_t next = w->samples[i].metric[RUN_memory_pressure];

        if (next == RUN_ABSENT)
            continue;
        int64_t ts = run_time_us(w->samples[i].ts), held = ts - from < limit ? ts - from : limit;
        if (level != RUN_ABSENT)
            p->known_us += held;
        if (level >= WARN)
            ok = spells_add(s, from, from + held, level >= CRITICAL);
        p->samples++;
        p->critical = p->critical || next >= CRITICAL;
        from = ts;
        level = next;
    }
    p->warn_us = s->all.warn_us;
    p->critical_us = s->all.critical_us;
    return ok;
}

/* Of the level that was the worst. */
static void spells_longest(const struct spells *s, struct report_pressure *p)
{
    for (size_t i = 0; i < s->len; i++) {
        const struct spell *spell = &s->list[i];

        if (spell->critical != (s->all.critical_us > 0) || spell->to - spell->from <= p->longest_us)
            continue;
        p->longest_us = spell->to - spell->from;
        p->longest_s = (double)spell->from / 1e6;
    }
}

/* What was spent up to that time. */
static struct spent spells_until(const struct spells *s, int64_t ts)
{
    size_t low = 0, high = s->len; /* the first spell after it */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->list[middle].from <= ts)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return (struct spent){0};
    const struct spell *last = &s->list[low - 1];
    struct spent spent = last->before;
    spent_add(&spent, last->critical, (ts < last->to ? ts : last->to) - last->from);
    return spent;
}

/* The worst first; equal ones in the order of finish.tests. */
static int pressed_compare(const void *a, const void *b)
{
    const struct report_pressed *x = a, *y = b;

    if (x->critical_us != y->critical_us)
        return x->critical_us > y->critical_us ? -1 : 1;
    if (x->warn_us != y->warn_us)
        return x->warn_us > y->warn_us ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static bool pressed_find(struct finish *f, const struct spells *s)
{
    struct report_pressure *p = &f->report->pressure;
    size_t n = s->len > 0 ? f->run->tests_len : 0;

    p->tests = jsonl_arena_alloc(&f->report->arena, n, sizeof *p->tests);
    if (!p->tests)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = f->tests[i];

        if (t->outcome == JSONL_SKIPPED || !(t->start < t->end))
            continue;
        int64_t from = run_time_us(t->start), to = run_time_us(t->end);
        struct spent before = spells_until(s, from), after = spells_until(s, to);
        if (after.warn_us == before.warn_us && after.critical_us == before.critical_us)
            continue;
        struct report_pressed *pressed = &p->tests[p->tests_len++];
        *pressed = (struct report_pressed){
            .id = finish_name(f, t->id),
            .model = f->labels[t->model],
            .warn_us = after.warn_us - before.warn_us,
            .critical_us = after.critical_us - before.critical_us,
            .length_us = to - from,
            .rank = i,
        };
        p->tests_critical += pressed->critical_us > 0;
    }
    if (p->tests_len > 1)
        qsort(p->tests, p->tests_len, sizeof *p->tests, pressed_compare);
    return true;
}

bool finish_pressure(struct finish *f)
{
    struct report_pressure *p = &f->report->pressure;
    struct spells spells = {0};

    *p = (struct report_pressure){
        .longest_s = NAN, .psi_some_max = f->run->psi_some_max, .psi_full_max = f->run->psi_full_max};
    bool ok = spells_find(&spells, &f->windows, p);
    if (ok)
        spells_longest(&spells, p);
    ok = ok && pressed_find(f, &spells);
    free(spells.list);
    return ok;
}
