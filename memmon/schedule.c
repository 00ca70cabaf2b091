/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

int64_t schedule_due(const struct schedule *s)
{
    return s->start_ns + s->next * s->interval_ns;
}

int64_t schedule_meet(struct schedule *s, int64_t now_ns)
{
    int64_t tick = (now_ns - s->start_ns) / s->interval_ns;
    s->missed += (uint64_t)(tick - s->next);
    s->next = tick + 1;
    return now_ns - (s->start_ns + tick * s->interval_ns);
}

void schedule_move(struct schedule *s, int64_t start_ns, int64_t now_ns)
{
    s->start_ns = start_ns;
    s->next = now_ns < start_ns ? 0 : (now_ns - start_ns) / s->interval_ns + 1;
}

void schedule_end(struct schedule *s, int64_t end_ns)
{
    if (schedule_due(s) >= end_ns)
        return;
    (void)schedule_meet(s, end_ns - 1); /* the last of them, which is not met either */
    s->missed++;
}
