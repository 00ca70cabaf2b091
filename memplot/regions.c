/* SPDX-License-Identifier: Apache-2.0 */
#include "regions.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

enum { NOTHING = -1 };

static bool is_load(const struct timeline_event *e)
{
    return e->model != NAME_NONE && (e->kind == EVENT_LOAD || e->kind == EVENT_LOAD_START);
}

static bool is_unload(const struct timeline_event *e)
{
    return e->model != NAME_NONE && e->kind == EVENT_UNLOAD;
}

/* ends[i]: when the model that event i loads leaves the RAM.  `later` has room for each name. */
static void ends_find(const struct timeline *t, double *ends, int64_t *later)
{
    double load = t->end; /* of any model, the next after event i */
    for (size_t i = 0; i < t->names.len; i++)
        later[i] = NOTHING;
    for (size_t i = t->events; i-- > 0;) {
        const struct timeline_event *e = &t->event[i];
        if (!is_load(e) && !is_unload(e))
            continue;
        int64_t next = later[e->model];
        ends[i] = next != NOTHING && is_unload(&t->event[next]) ? t->event[next].ts : load;
        ends[i] = fmax(ends[i], e->ts);
        later[e->model] = (int64_t)i;
        if (is_load(e))
            load = e->ts;
    }
}

/* Goes forward through the events.  loading[model]: the region whose load has started, UNSEEN before the
 * first event of the model, else NOTHING. */
static void regions_make(struct timeline *t, const double *ends, int64_t *loading)
{
    enum { UNSEEN = -2 };
    for (size_t i = 0; i < t->names.len; i++)
        loading[i] = UNSEEN;
    for (size_t i = 0; i < t->events; i++) {
        const struct timeline_event *e = &t->event[i];
        if (is_unload(e)) {
            if (loading[e->model] == UNSEEN && e->ts > t->start)
                t->region[t->regions++] = (struct timeline_region){t->start, t->start, e->ts, e->model};
            loading[e->model] = NOTHING;
        } else if (is_load(e) && e->kind == EVENT_LOAD && loading[e->model] >= 0) {
            struct timeline_region *r = &t->region[loading[e->model]];
            r->ready = e->ts;
            r->end = ends[i];
            loading[e->model] = NOTHING;
        } else if (is_load(e)) {
            bool ready = e->kind == EVENT_LOAD;
            loading[e->model] = ready ? NOTHING : (int64_t)t->regions;
            t->region[t->regions++] = (struct timeline_region){e->ts, ready ? e->ts : ends[i], ends[i], e->model};
        }
    }
}

static int region_compare(const void *va, const void *vb)
{
    const struct timeline_region *a = va, *b = vb;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->model != b->model)
        return a->model < b->model ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

bool regions_find(struct timeline *t)
{
    if (!t->events)
        return true;
    double *ends = malloc(t->events * sizeof *ends);
    int64_t *state = malloc((t->names.len + 1) * sizeof *state);
    t->region = malloc(t->events * sizeof *t->region);
    bool ok = ends && state && t->region;
    if (ok) {
        ends_find(t, ends, state);
        regions_make(t, ends, state);
        qsort(t->region, t->regions, sizeof *t->region, region_compare);
    }
    free(ends);
    free(state);
    return ok;
}

/* ---- Models of server tests */

static size_t events_from(const struct timeline *t, double ts) /* the first at or after ts */
{
    size_t lo = 0, hi = t->events;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->event[mid].ts < ts)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The last event in the test's time that shows a model at work, found from its end. */
static int32_t model_named(const struct timeline *t, const struct timeline_test *test)
{
    size_t first = events_from(t, test->start);
    for (size_t i = events_from(t, nextafter(test->end, INFINITY)); i-- > first;)
        if (t->event[i].model != NAME_NONE && t->event[i].kind != EVENT_UNLOAD)
            return t->event[i].model;
    return NAME_NONE;
}

static bool says_server(struct jsonl_text id)
{
    static const char word[] = "server";
    for (size_t i = 0; i + sizeof word - 1 <= id.n; i++)
        if (!strncasecmp(id.s + i, word, sizeof word - 1))
            return true;
    return false;
}

/* The model that was in RAM for more than half of the test.  *from: regions before it ended before any test
 * from here on starts; it only moves forward, so that all tests together cost one walk. */
static int32_t model_in_ram(const struct timeline *t, const struct timeline_test *test, size_t *from)
{
    while (*from < t->regions && t->region[*from].end < test->start)
        ++*from;
    for (size_t i = *from; i < t->regions && t->region[i].start <= test->end; i++) {
        const struct timeline_region *r = &t->region[i];
        double common = fmin(r->end, test->end) - fmax(r->start, test->start);
        if (common >= 0 && 2 * common >= test->end - test->start)
            return r->model;
    }
    return NAME_NONE;
}

void regions_infer(struct timeline *t)
{
    size_t from = 0;
    for (size_t i = 0; t->events && i < t->tests; i++) {
        struct timeline_test *test = &t->test[i];
        if (test->model != NAME_NONE || test->outcome == JSONL_SKIPPED)
            continue;
        test->model = model_named(t, test);
        if (test->model == NAME_NONE && test->id >= 0 && says_server(t->names.text[test->id]))
            test->model = model_in_ram(t, test, &from);
        test->inferred = test->model != NAME_NONE;
    }
}
