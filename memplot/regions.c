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
    for (size_t i = 0; i < names_len(&t->names); i++)
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
    for (size_t i = 0; i < names_len(&t->names); i++)
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
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->ready < b->ready ? -1 : a->ready > b->ready;
}

bool regions_find(struct timeline *t)
{
    if (!t->events)
        return true;
    double *ends = malloc(t->events * sizeof *ends);
    int64_t *state = malloc((names_len(&t->names) + 1) * sizeof *state);
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

/* used[i]: the last event up to i that shows a model at work, or NOTHING. */
static void used_find(const struct timeline *t, int64_t *used)
{
    int64_t last = NOTHING;
    for (size_t i = 0; i < t->events; i++) {
        if (t->event[i].model != NAME_NONE && t->event[i].kind != EVENT_UNLOAD)
            last = (int64_t)i;
        used[i] = last;
    }
}

static int32_t model_named(const struct timeline *t, const struct timeline_test *test, const int64_t *used)
{
    size_t first = events_from(t, test->start);
    size_t behind = events_from(t, nextafter(test->end, INFINITY));
    if (behind == 0 || used[behind - 1] == NOTHING || (size_t)used[behind - 1] < first)
        return NAME_NONE;
    return t->event[used[behind - 1]].model;
}

static bool says_server(struct jsonl_text id)
{
    static const char word[] = "server";
    for (size_t i = 0; i + sizeof word - 1 <= id.n; i++)
        if (!strncasecmp(id.s + i, word, sizeof word - 1))
            return true;
    return false;
}

/* The model that was in RAM in the middle of the test: of several the one loaded last.  Looks back over a few
 * loads only, so that no log can make this slow. */
static int32_t model_in_ram(const struct timeline *t, const struct timeline_test *test)
{
    enum { LOOK_BACK = 16 };
    double middle = test->start + (test->end - test->start) / 2;
    size_t lo = 0, hi = t->regions;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->region[mid].start <= middle)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (size_t i = lo; i > 0 && lo - i < LOOK_BACK; i--)
        if (t->region[i - 1].end >= middle)
            return t->region[i - 1].model;
    return NAME_NONE;
}

bool regions_infer(struct timeline *t)
{
    if (!t->events)
        return true;
    int64_t *used = malloc(t->events * sizeof *used);
    if (!used)
        return false;
    used_find(t, used);
    for (size_t i = 0; i < t->tests; i++) {
        struct timeline_test *test = &t->test[i];
        if (test->model != NAME_NONE || test->outcome == JSONL_SKIPPED)
            continue;
        test->model = model_named(t, test, used);
        if (test->model == NAME_NONE && test->id != NAME_NONE && says_server(names_text(&t->names, test->id)))
            test->model = model_in_ram(t, test);
        test->inferred = test->model != NAME_NONE;
    }
    free(used);
    return true;
}
