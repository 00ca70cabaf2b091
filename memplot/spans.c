/* SPDX-License-Identifier: Apache-2.0 */
#include "spans.h"

#include "grow.h"

#include <math.h>
#include <stdlib.h>

/* Lengthens the last span if it is of the same kind and touches, else adds one. */
static bool spans_add(struct spans *s, struct span span, bool touches)
{
    struct span *last = s->len ? &s->span[s->len - 1] : NULL;
    if (last && touches && last->what == span.what) {
        last->end = fmax(last->end, span.end);
        return true;
    }
    if (!GROW(s->span, s->len + 1, s->size))
        return false;
    s->span[s->len++] = span;
    return true;
}

bool spans_pressure(struct spans *s, const struct timeline *t)
{
    const double *v = timeline_column(t, JSONL_METRIC_memory_pressure);
    for (size_t i = 0; v && i < t->samples; i++) {
        int level = v[i] >= 4 ? 4 : v[i] >= 2 ? 2 : 0;
        if (!level)
            continue;
        double ts = t->ts[i];
        double next = i + 1 < t->samples && t->ts[i + 1] - ts <= t->gap ? t->ts[i + 1] : ts;
        bool touches = s->len && s->span[s->len - 1].end >= ts;
        if (!spans_add(s, (struct span){ts, next, level}, touches))
            return false;
    }
    return true;
}

bool spans_models(struct spans *s, const struct timeline *t)
{
    bool together = false;
    for (size_t i = 0; i < t->tests; i++) {
        const struct timeline_test *test = &t->test[i];
        if (test->model != NAME_NONE) {
            if (!spans_add(s, (struct span){test->start, test->end, test->model}, together))
                return false;
            together = true;
        } else if (test->outcome != JSONL_SKIPPED) {
            together = false;
        }
    }
    bool tests_have = s->len > 0;
    for (size_t i = 0; !tests_have && i < t->regions; i++) {
        const struct timeline_region *r = &t->region[i];
        if (!spans_add(s, (struct span){r->start, r->end, r->model}, false))
            return false;
    }
    return true;
}

void spans_free(struct spans *s)
{
    free(s->span);
    *s = (struct spans){0};
}

/* ---- Lanes: two heaps, of lanes in use by the time they get free, and of free ones by number */

struct lane {
    double key; /* the least is first */
    uint32_t number;
};

struct heap {
    struct lane *lane;
    size_t len;
};

static bool lane_before(struct lane a, struct lane b)
{
    return a.key != b.key ? a.key < b.key : a.number < b.number;
}

static void heap_push(struct heap *h, struct lane lane)
{
    size_t i = h->len++;
    for (; i && lane_before(lane, h->lane[(i - 1) / 2]); i = (i - 1) / 2)
        h->lane[i] = h->lane[(i - 1) / 2];
    h->lane[i] = lane;
}

static struct lane heap_pop(struct heap *h)
{
    struct lane top = h->lane[0], last = h->lane[--h->len];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < h->len; i = child) {
        if (child + 1 < h->len && lane_before(h->lane[child + 1], h->lane[child]))
            child++;
        if (!lane_before(h->lane[child], last))
            break;
        h->lane[i] = h->lane[child];
    }
    h->lane[i] = last;
    return top;
}

bool lanes_assign(struct timeline *t)
{
    const double slack_s = 0.02;
    struct heap busy = {calloc(t->tests + 1, sizeof *busy.lane), 0};
    struct heap idle = {calloc(t->tests + 1, sizeof *idle.lane), 0};
    bool ok = busy.lane && idle.lane;
    for (size_t i = 0; ok && i < t->tests; i++) {
        struct timeline_test *test = &t->test[i];
        double slack = fmin(slack_s, (test->end - test->start) / 2);
        while (busy.len && busy.lane[0].key <= test->start + slack) {
            uint32_t number = heap_pop(&busy).number;
            heap_push(&idle, (struct lane){number, number});
        }
        uint32_t number = idle.len ? heap_pop(&idle).number : t->lanes++;
        test->lane = number;
        heap_push(&busy, (struct lane){test->end, number});
    }
    free(busy.lane);
    free(idle.lane);
    return ok;
}
