/* SPDX-License-Identifier: Apache-2.0 */
#include "recordings.h"

#include "grow.h"

#include <math.h>

/* A sample that begins or goes back begins a recording, unless it is earlier by both clocks alike: then only
 * its line has moved.  Clocks that are kept in time run apart by less than a thousandth. */
static bool recording_begins(const struct timeline *t, const struct sample_clock *clock)
{
    double back = t->clock.elapsed_s - clock->elapsed_s;
    if (isnan(back) || back <= 0) /* a session may come again within a recording, but never at its very start */
        return isnan(t->clock.elapsed_s) || (clock->session && back == 0);
    return fabs(t->clock.ts - clock->ts - back) > 1 + back / 1000;
}

/* Makes room for one more recording, or lengthens the last one. */
static bool recording_put(struct timeline *t, struct timeline_recording r, bool begins)
{
    if (begins) {
        if (!GROW(t->recording, t->recordings + 1, t->recordings_size))
            return false;
        t->recording[t->recordings++] = r;
        return true;
    }
    struct timeline_recording *last = &t->recording[t->recordings - 1];
    last->first = fmin(last->first, r.first);
    last->last = fmax(last->last, r.last);
    return true;
}

bool recordings_add(struct timeline *t, const struct sample_clock *clock)
{
    if (!recording_put(t, (struct timeline_recording){clock->ts, clock->ts}, recording_begins(t, clock)))
        return false;
    if (!t->samples)
        t->first_clock = *clock;
    t->clock = *clock;
    if (isnan(clock->elapsed_s))
        t->clock.elapsed_s = 0;
    return true;
}

bool recordings_join(struct timeline *t, const struct timeline *part)
{
    bool ok = true;
    for (size_t i = 0; ok && i < part->recordings; i++)
        ok = recording_put(t, part->recording[i], i > 0 || recording_begins(t, &part->first_clock));
    if (!t->samples)
        t->first_clock = part->first_clock;
    if (part->samples)
        t->clock = part->clock;
    return ok;
}

static int recording_compare(const void *va, const void *vb)
{
    const struct timeline_recording *a = va, *b = vb;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->last < b->last ? -1 : a->last > b->last;
}

bool recordings_finish(struct timeline *t)
{
    if (t->recordings < 2)
        return true;
    qsort(t->recording, t->recordings, sizeof *t->recording, recording_compare);
    t->brk = malloc(t->recordings * sizeof *t->brk);
    if (!t->brk)
        return false;
    double last = t->recording[0].last;
    for (size_t i = 1; i < t->recordings; i++) {
        if (t->recording[i].first > last)
            t->brk[t->brks++] = t->recording[i].first;
        else
            t->overlaps++;
        last = fmax(last, t->recording[i].last);
    }
    return true;
}
