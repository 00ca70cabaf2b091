/* SPDX-License-Identifier: Apache-2.0
 * When to sample: a fixed grid of ticks, start + k × interval, so that lateness never adds up.
 *
 * A tick is met at most once, by the first look at the clock after it; ticks that passed by before that
 * are missed, and no burst makes up for them.  So samples + missed = ticks that have come. */
#ifndef MEMMON_SCHEDULE_H
#define MEMMON_SCHEDULE_H

#include <stdint.h>

struct schedule {
    int64_t start_ns, interval_ns; /* monotonic; > 0 */
    int64_t next;                  /* number of the next tick, from 0 */
    uint64_t missed;
};

/* When the next tick is due. */
int64_t schedule_due(const struct schedule *s);

/* Meets, at now_ns >= schedule_due, the last tick that is due; returns how late, from 0 to less than the
 * interval, and counts those before it as missed. */
int64_t schedule_meet(struct schedule *s, int64_t now_ns);

/* Moves the grid to another start; the next tick is the first after now_ns. */
void schedule_move(struct schedule *s, int64_t start_ns, int64_t now_ns);

/* Ends before end_ns: the ticks until then that have not been met are missed. */
void schedule_end(struct schedule *s, int64_t end_ns);

#endif
