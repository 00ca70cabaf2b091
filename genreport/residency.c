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

bool residency_stays(struct run_event *events, size_t n, const struct jsonl_text *names, double end, struct stay *stays,
                     size_t *len)
{
    struct stay now = {0};

    *len = 0;
    if (!events_sort(events, n, names))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct run_event *e = &events[i];

        if (e->change == RUN_USE)
            continue;
        bool ends = e->change == RUN_UNLOAD ? (e->model == now.model || e->model == 0) : e->model != now.model;

        if (now.model && ends) {
            now.to = e->ts;
            stays[(*len)++] = now;
            now.model = 0;
        }
        if (e->change != RUN_UNLOAD && now.model == 0)
            now = (struct stay){.from = e->ts, .model = e->model};
    }
    if (now.model && end > now.from) {
        now.to = end;
        stays[(*len)++] = now;
    }
    return true;
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

/* The first stay that ends after `start`. */
static size_t stays_find(const struct stay *stays, size_t n, double start)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (stays[middle].to <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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

size_t residency_shares(const struct stay *stays, size_t n, double start, double end,
                        struct share shares[RESIDENCY_SHARES], bool *more)
{
    struct share all[STAYS_MAX];
    size_t len = 0, kept = 0;

    *more = false;
    if (!(end > start))
        return 0;
    for (size_t i = stays_find(stays, n, start), seen = 0; i < n && stays[i].from < end; i++, seen++) {
        double seconds = fmin(end, stays[i].to) - fmax(start, stays[i].from);
        size_t k = 0;

        if (seen == STAYS_MAX) {
            *more = true;
            break;
        }
        while (k < len && all[k].model != stays[i].model)
            k++;
        if (k == len)
            all[len++] = (struct share){.model = stays[i].model};
        all[k].seconds += seconds;
    }
    shares_sort(all, len);
    for (size_t i = 0; i < len && all[i].seconds * 20 >= end - start; i++) {
        if (kept == RESIDENCY_SHARES) {
            *more = true;
            break;
        }
        shares[kept++] = all[i];
    }
    return kept;
}
