/* SPDX-License-Identifier: Apache-2.0 */
#include "residency.h"

#include <math.h>
#include <stdlib.h>

enum { STAYS_MAX = 100 };

struct keyed {
    struct run_event event;
    struct jsonl_text model;
};

/* At the same moment, what ends comes first. */
static int keyed_compare(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;

    if (x->event.ts != y->event.ts)
        return x->event.ts < y->event.ts ? -1 : 1;
    if (x->event.change != y->event.change)
        return x->event.change < y->event.change ? -1 : 1;
    return jsonl_text_compare(x->model, y->model);
}

static bool events_sort(struct run_event *events, size_t n, const struct jsonl_text *names)
{
    struct keyed *keys = malloc((n + 1) * sizeof *keys);

    if (!keys)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct jsonl_text name = names[events[i].model];

        keys[i] = (struct keyed){events[i], name.s ? name : (struct jsonl_text){"", 0}};
    }
    if (n > 1)
        qsort(keys, n, sizeof *keys, keyed_compare);
    for (size_t i = 0; i < n; i++)
        events[i] = keys[i].event;
    free(keys);
    return true;
}

/* Where each load's own model is next unloaded, or 0 if it is not, or loaded anew before: ends[i], an event's number
 * + 1.  A start and the load that completes it are one.  An unload that names no model is everybody's. */
static bool events_ends(const struct run_event *events, size_t n, size_t names_len, size_t *ends)
{
    size_t *next = calloc(names_len, sizeof *next); /* each model's next event, + 1 */
    size_t all = 0;                                 /* the next unload of all of them, + 1 */

    if (!next)
        return false;
    for (size_t i = n; i-- > 0;) {
        const struct run_event *e = &events[i];
        size_t own = next[e->model];

        ends[i] = 0;
        if (e->change == RUN_USE)
            continue;
        if (e->change == RUN_UNLOAD && e->model == 0) {
            all = i + 1;
            continue;
        }
        if (all && (!own || all < own))
            own = all;
        if (own && e->change != RUN_UNLOAD) {
            const struct run_event *o = &events[own - 1];

            if (o->change == RUN_UNLOAD)
                ends[i] = own;
            else if (o->change == RUN_LOAD && e->change == RUN_LOAD_START)
                ends[i] = ends[own - 1];
        }
        next[e->model] = i + 1;
    }
    free(next);
    return true;
}

static int stay_compare(const void *a, const void *b)
{
    const struct stay *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* The stays of sorted events, in the order of their ends or so. */
static size_t stays_collect(const struct run_event *events, size_t n, const size_t *ends, double end, double *until,
                            struct stay *stays)
{
    struct stay now = {0}; /* one that no unload ends */
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        const struct run_event *e = &events[i];

        if (e->change == RUN_USE)
            continue;
        if (now.model && (e->change == RUN_UNLOAD ? e->model == 0 : e->model != now.model)) {
            now.to = e->ts;
            stays[len++] = now;
            now.model = 0;
        }
        if (e->change == RUN_UNLOAD || e->model == 0)
            continue;
        double from = now.model ? now.from : e->ts;

        if (ends[i]) {
            now.model = 0;
            if (e->ts >= until[e->model]) /* else a part of a stay that is there already */
                stays[len++] =
                    (struct stay){.from = from, .to = until[e->model] = events[ends[i] - 1].ts, .model = e->model};
        } else if (!now.model) {
            now = (struct stay){.from = from, .model = e->model};
        }
    }
    if (now.model && end > now.from) {
        now.to = end;
        stays[len++] = now;
    }
    return len;
}

bool residency_stays(struct run_event *events, size_t n, const struct jsonl_text *names, double end, struct stay *stays,
                     size_t *len)
{
    size_t names_len = 1;

    *len = 0;
    if (!events_sort(events, n, names))
        return false;
    for (size_t i = 0; i < n; i++)
        names_len = events[i].model >= names_len ? events[i].model + 1u : names_len;
    size_t *ends = malloc((n + 1) * sizeof *ends);
    double *until = malloc(names_len * sizeof *until);
    bool ok = ends && until && events_ends(events, n, names_len, ends);
    for (size_t i = 0; ok && i < names_len; i++)
        until[i] = -INFINITY;
    if (ok) {
        *len = stays_collect(events, n, ends, end, until, stays);
        if (*len > 1)
            qsort(stays, *len, sizeof *stays, stay_compare);
        residency_index(stays, *len);
    }
    free(ends);
    free(until);
    return ok;
}

void residency_index(struct stay *stays, size_t n)
{
    if (n == 0)
        return;
    size_t middle = n / 2, right = n - middle - 1;
    residency_index(stays, middle);
    residency_index(stays + middle + 1, right);
    double latest = stays[middle].to;
    if (middle > 0)
        latest = fmax(latest, stays[middle / 2].latest);
    if (right > 0)
        latest = fmax(latest, stays[middle + 1 + right / 2].latest);
    stays[middle].latest = latest;
}

uint32_t residency_named(const struct run_event *events, size_t n, const size_t *named, double start, double end)
{
    size_t low = 0, high = n; /* the first event after the end */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (events[middle].ts <= end)
            low = middle + 1;
        else
            high = middle;
    }
    return named[low] > 0 && events[named[low] - 1].ts >= start ? events[named[low] - 1].model : 0;
}

void residency_names(const struct run_event *events, size_t n, size_t *named)
{
    named[0] = 0;
    for (size_t i = 0; i < n; i++)
        named[i + 1] = events[i].model && events[i].change != RUN_UNLOAD ? i + 1 : named[i];
}

/* The longest first; equal ones stay in the order of time.  n is small. */
static void shares_sort(struct share *all, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct share s = all[i];
        size_t k = i;

        for (; k > 0 && all[k - 1].seconds < s.seconds; k--)
            all[k] = all[k - 1];
        all[k] = s;
    }
}

/* What was in RAM for how long, as far as it is known. */
struct tally {
    double start, end;
    struct share all[STAYS_MAX];
    size_t len, seen;
    bool more;
};

static void tally_stays(struct tally *t, const struct stay *stays, size_t n)
{
    size_t middle = n / 2, k = 0;

    if (n == 0 || stays[middle].latest <= t->start || t->more)
        return;
    tally_stays(t, stays, middle);
    if (stays[middle].from >= t->end || t->more)
        return;
    double seconds = fmin(t->end, stays[middle].to) - fmax(t->start, stays[middle].from);
    if (seconds > 0) {
        t->more = t->seen++ == STAYS_MAX;
        while (k < t->len && t->all[k].model != stays[middle].model)
            k++;
        if (!t->more && k == t->len)
            t->all[t->len++] = (struct share){.model = stays[middle].model};
        if (!t->more)
            t->all[k].seconds += seconds;
    }
    tally_stays(t, stays + middle + 1, n - middle - 1);
}

size_t residency_shares(const struct stay *stays, size_t n, double start, double end,
                        struct share shares[RESIDENCY_SHARES], bool *more)
{
    struct tally t = {.start = start, .end = end};
    size_t kept = 0;

    *more = false;
    if (!(end > start))
        return 0;
    tally_stays(&t, stays, n);
    *more = t.more;
    shares_sort(t.all, t.len);
    for (size_t i = 0; i < t.len && t.all[i].seconds * 20 >= end - start; i++) {
        if (kept == RESIDENCY_SHARES) {
            *more = true;
            break;
        }
        shares[kept++] = t.all[i];
    }
    return kept;
}
