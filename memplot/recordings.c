/* SPDX-License-Identifier: Apache-2.0 */
#include "recordings.h"

#include "grow.h"
#include "order.h"

#include <math.h>

static const double rounding_s = 0.005; /* what may lie between two tellings of one origin */
static const double slack_s = 0.5;      /* origins that are further from all others are another recording's */

static double origin(const struct sample_clock *c)
{
    return c->ts - c->elapsed_s;
}

/* ---- Runs */

/* Clocks drift apart: then a run ends, but its origin is near to that of the next. */
static bool run_goes_on(const struct timeline_run *run, const struct timeline_run *next)
{
    return !next->first.session && next->first.ts >= run->last.ts && next->most - run->least <= rounding_s &&
           run->most - next->least <= rounding_s;
}

/* Lengthens the last run, if it goes on with this one, or adds it. */
static bool run_add(struct timeline *t, const struct timeline_run *run)
{
    struct timeline_run *last = t->runs ? &t->run[t->runs - 1] : NULL;
    if (last && run_goes_on(last, run)) {
        last->last = run->last;
        last->least = fmin(last->least, run->least);
        last->most = fmax(last->most, run->most);
        return true;
    }
    if (!GROW(t->run, t->runs + 1, t->runs_size))
        return false;
    t->run[t->runs++] = *run;
    return true;
}

bool recordings_add(struct timeline *t, const struct sample_clock *clock)
{
    struct sample_clock c = *clock;
    c.elapsed_s = isnan(c.elapsed_s) ? 0 : fmax(-1e12, fmin(c.elapsed_s, 1e12));
    return run_add(t, &(struct timeline_run){c, c, origin(&c), origin(&c)});
}

bool recordings_join(struct timeline *t, const struct timeline *part)
{
    bool ok = true;
    for (size_t i = 0; ok && i < part->runs; i++)
        ok = run_add(t, &part->run[i]);
    return ok;
}

/* ---- Runs of one origin */

static int run_compare(const void *va, const void *vb)
{
    const struct timeline_run *a = va, *b = vb;
    int order = order_numbers(a->least, b->least);
    return order ? order : order_numbers(a->first.ts, b->first.ts);
}

/* Does the run begin a recording?  A session may come again within one, but not at its very beginning. */
static bool run_begins(const struct timeline_run *run)
{
    return run->first.session && run->first.elapsed_s < slack_s;
}

static void recording_add(struct timeline_recording *r, const struct timeline_run *run)
{
    r->first = fmin(r->first, run->first.ts);
    r->last = fmax(r->last, run->last.ts);
    r->elapsed_last = fmax(r->elapsed_last, run->last.elapsed_s);
    r->elapsed_first = fmin(r->elapsed_first, run->first.elapsed_s);
    r->begun = r->begun || run_begins(run);
}

/* The first run from *i on that begins a recording, later than `after` did: when that was; INFINITY: none. */
static double beginning_next(const struct timeline_run *run, size_t n, size_t *i, double after)
{
    for (; *i < n; (*i)++)
        if (run_begins(&run[*i]) && origin(&run[*i].first) > after + rounding_s)
            return origin(&run[*i].first);
    return INFINITY;
}

/* Makes recordings of n runs whose origins are as near to each other as those of one: as many as begin in them, at
 * least one.  Each run belongs to the beginning that is nearest to its origin. */
static void recordings_of(struct timeline *t, const struct timeline_run *run, size_t n)
{
    size_t i = 0;
    double here = beginning_next(run, n, &i, -INFINITY), next = beginning_next(run, n, &i, here);
    struct timeline_recording none = {INFINITY, -INFINITY, INFINITY, -INFINITY, false};
    t->recording[t->recordings++] = none;
    for (size_t k = 0; k < n; k++) {
        double at = origin(&run[k].first);
        if (at - here > next - at) {
            t->recording[t->recordings++] = none;
            here = next;
            next = beginning_next(run, n, &i, here);
        }
        recording_add(&t->recording[t->recordings - 1], &run[k]);
    }
}

static void runs_unite(struct timeline *t)
{
    qsort(t->run, t->runs, sizeof *t->run, run_compare);
    for (size_t a = 0, b; a < t->runs; a = b) {
        double reach = -INFINITY; /* the latest origin so far */
        for (b = a; b < t->runs && (b == a || t->run[b].least - reach <= slack_s); b++)
            reach = fmax(reach, t->run[b].most);
        recordings_of(t, &t->run[a], b - a);
    }
}

/* ---- Clocks that were set */

static int recording_compare_elapsed(const void *va, const void *vb)
{
    const struct timeline_recording *a = va, *b = vb;
    int order = order_numbers(a->elapsed_last, b->elapsed_last);
    return order ? order : order_numbers(a->first, b->first);
}

/* The recording, of those in order of elapsed_last, that ended just before r begins; NULL: none. */
static struct timeline_recording *recording_before(const struct timeline *t, const struct timeline_recording *r)
{
    size_t lo = 0, hi = t->recordings;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->recording[mid].elapsed_last < r->elapsed_first)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo && r->elapsed_first - t->recording[lo - 1].elapsed_last <= t->gap ? &t->recording[lo - 1] : NULL;
}

/* What begins in the middle, just where another ends by elapsed_s, is the rest of that. */
static void rests_unite(struct timeline *t)
{
    size_t kept = 0;
    qsort(t->recording, t->recordings, sizeof *t->recording, recording_compare_elapsed);
    for (size_t i = t->recordings; i-- > 0;) { /* a rest may have one, too, which is in it by then */
        struct timeline_recording *r = &t->recording[i], *of = r->begun ? NULL : recording_before(t, r);
        if (!of)
            continue;
        of->first = fmin(of->first, r->first);
        of->last = fmax(of->last, r->last);
        r->first = INFINITY;
    }
    for (size_t i = 0; i < t->recordings; i++)
        if (t->recording[i].first < INFINITY)
            t->recording[kept++] = t->recording[i];
    t->recordings = kept;
}

/* ---- In order of time */

static int recording_compare(const void *va, const void *vb)
{
    const struct timeline_recording *a = va, *b = vb;
    int order = order_numbers(a->first, b->first);
    return order ? order : order_numbers(a->last, b->last);
}

bool recordings_finish(struct timeline *t)
{
    if (!t->runs)
        return true;
    t->recording = malloc(t->runs * sizeof *t->recording);
    t->brk = malloc(t->runs * sizeof *t->brk);
    if (!t->recording || !t->brk)
        return false;
    runs_unite(t);
    rests_unite(t);
    qsort(t->recording, t->recordings, sizeof *t->recording, recording_compare);
    double last = INFINITY;
    for (size_t i = 0; i < t->recordings; i++) {
        if (t->recording[i].first > last)
            t->brk[t->brks++] = t->recording[i].first;
        else if (i)
            t->overlaps++;
        last = i ? fmax(last, t->recording[i].last) : t->recording[i].last;
    }
    return true;
}
