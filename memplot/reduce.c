/* SPDX-License-Identifier: Apache-2.0 */
#include "reduce.h"

#include <math.h>
#include <string.h>

size_t reduce_place(double ts, double from, double to, size_t width)
{
    double x = to > from ? floor((ts - from) / (to - from) * (double)width) : 0;
    return x < 0 ? 0 : x >= (double)width ? width - 1 : (size_t)x;
}

static void column_add(struct reduced *c, struct reduced_point p, bool joined)
{
    if (!c->n) {
        *c = (struct reduced){1, p, p, p, p, p.v, joined};
        return;
    }
    c->n++;
    c->last = p;
    c->sum += p.v;
    if (p.v < c->min.v)
        c->min = p;
    if (p.v > c->max.v)
        c->max = p;
}

void reduce_column(const struct timeline *t, const double *v, double from, double to, struct reduced *out, size_t width)
{
    memset(out, 0, width * sizeof *out);
    size_t i = timeline_sample(t, from), b = 0;
    bool joined = false;
    double before = NAN;
    size_t x = 0;
    double edge =
        -INFINITY; /* up to it all is in column x: a trifle before x's end, so that rounding does not matter */
    for (; i < t->samples && t->ts[i] <= to; i++) {
        double ts = t->ts[i];
        joined = joined && !(ts - before > t->gap);
        before = ts;
        for (; b < t->brks && t->brk[b] <= ts; b++)
            joined = false;
        if (isnan(v[i])) {
            joined = false;
            continue;
        }
        if (!(ts < edge)) {
            x = reduce_place(ts, from, to, width);
            edge = from + ((double)x + 1 - 1e-6) / (double)width * (to - from);
        }
        column_add(&out[x], (struct reduced_point){ts, v[i]}, joined);
        joined = true;
    }
}
