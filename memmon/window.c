/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

#include <stddef.h>

enum { PARTS = 48 }; /* readings kept in one span; less than the slots, so that one older than it is there */

void window_init(struct window *w, int64_t span_ns)
{
    *w = (struct window){.span_ns = span_ns};
}

/* The reading put k before the last, k < len. */
static const struct reading *window_back(const struct window *w, unsigned k)
{
    return &w->slot[(w->next + WINDOW_SLOTS - 1 - k) % WINDOW_SLOTS];
}

void window_put(struct window *w, const struct reading *r)
{
    if (w->len && r->t_ns - window_back(w, 0)->t_ns < w->span_ns / PARTS)
        return;
    w->slot[w->next] = *r;
    w->next = (w->next + 1) % WINDOW_SLOTS;
    if (w->len < WINDOW_SLOTS)
        w->len++;
}

const struct reading *window_before(const struct window *w, int64_t t_ns)
{
    for (unsigned k = 0; k < w->len; k++)
        if (t_ns - window_back(w, k)->t_ns >= w->span_ns)
            return window_back(w, k);
    return NULL;
}

const struct reading *window_oldest(const struct window *w)
{
    return w->len ? window_back(w, w->len - 1) : NULL;
}
