/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline.h"

#include "devices.h"
#include "order.h"
#include "recordings.h"
#include "regions.h"
#include "spans.h"

#include <math.h>

static void extent_find(struct timeline *t)
{
    t->start = t->samples ? t->ts[0] : t->test[0].start;
    t->end = t->samples ? t->ts[t->samples - 1] : t->start;
    for (size_t i = 0; i < t->tests; i++) {
        t->start = fmin(t->start, t->test[i].start);
        t->end = fmax(t->end, t->test[i].end);
    }
}

/* Which columns are worth a line: see enum series_when. */
static void drawn_decide(struct timeline *t)
{
    for (size_t i = 0; i < series_len; i++) {
        const double *v = t->column[i];
        const double *before = i ? t->column[i - 1] : NULL;
        bool drawn = v && series_table[i].when != WHEN_POSITIVE && series_table[i].when != WHEN_DIFFERS;
        for (size_t j = 0; v && !drawn && j < t->samples; j++)
            drawn = series_table[i].when == WHEN_POSITIVE ? v[j] > 0 : !isnan(v[j]) && (!before || v[j] != before[j]);
        t->drawn[i] = drawn;
    }
}

bool timeline_finish(struct timeline *t)
{
    if (t->failed)
        return false;
    if (!t->samples && !t->tests)
        return true;
    if (!order_samples(t) || !order_tests(t) || !order_events(t) || !order_names(t) || !order_step(t) ||
        !recordings_finish(t)) {
        t->failed = true;
        return false;
    }
    machine_finish(&t->machine);
    devices_finish(t);
    extent_find(t);
    drawn_decide(t);
    t->failed = !regions_find(t) || !regions_infer(t) || !lanes_assign(t);
    return !t->failed;
}
