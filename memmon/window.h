/* SPDX-License-Identifier: Apache-2.0
 * A sliding window over growing counters, for rates over a span that is longer than the time between two
 * readings: /proc/stat counts in steps of 10 ms, so a share of 1 ms would be all or nothing.
 *
 * Holds a fixed number of readings, however often it is fed; so a span is met to about 1/48 of it. */
#ifndef MEMMON_WINDOW_H
#define MEMMON_WINDOW_H

#include <stdint.h>

enum { WINDOW_SLOTS = 64, WINDOW_VALUES = 4 };

struct reading {
    int64_t t_ns; /* monotonic */
    uint64_t v[WINDOW_VALUES];
};

struct window {
    int64_t span_ns;
    unsigned len, next; /* readings held, slot of the next one */
    struct reading slot[WINDOW_SLOTS];
};

/* Empty; `{.span_ns = n}` does the same. */
void window_init(struct window *w, int64_t span_ns);

/* Takes a reading that is not older than those it holds, unless one is there that is hardly older. */
void window_put(struct window *w, const struct reading *r);

/* The youngest reading that is at least the span older than t; NULL: none yet. */
const struct reading *window_before(const struct window *w, int64_t t_ns);

/* The oldest reading that is held; NULL: none. */
const struct reading *window_oldest(const struct window *w);

#endif
