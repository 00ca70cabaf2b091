/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline.h"

const double *timeline_column(const struct timeline *t, enum jsonl_metric metric)
{
    for (size_t i = 0; i < series_len; i++)
        if (series_table[i].metric == metric)
            return t->column[i];
    return NULL;
}

size_t timeline_sample(const struct timeline *t, double ts)
{
    size_t lo = 0, hi = t->samples;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->ts[mid] < ts)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void timeline_extent(const struct timeline *t, double *from, double *to)
{
    double margin = t->end > t->start ? 0 : 0.5;
    *from = t->start - margin;
    *to = t->end + margin;
}

bool timeline_is_mark(const struct timeline *t, size_t i)
{
    const struct timeline_event *e = &t->event[i], *before = i ? e - 1 : e;
    double from, to;
    timeline_extent(t, &from, &to);
    if (e->kind != EVENT_MARK || e->ts < from || e->ts > to)
        return false;
    return !i || before->kind != e->kind || before->ts != e->ts || before->label != e->label || before->kill != e->kill;
}
