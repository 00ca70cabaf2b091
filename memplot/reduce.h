/* SPDX-License-Identifier: Apache-2.0
 * Columns of samples as columns of pixels, so that nothing is hidden: of each the first, the least, the greatest and
 * the last value.  A line through these four covers the very pixels that a line through all of them does
 * (M4: Jugel et al., VLDB 2014). */
#ifndef MEMPLOT_REDUCE_H
#define MEMPLOT_REDUCE_H

#include "timeline.h"

struct reduced_point {
    double t, v; /* epoch seconds, value */
};

struct reduced {
    size_t n; /* values in this pixel column; 0: nothing else holds */
    struct reduced_point first, min, max, last;
    double sum;  /* of the values */
    bool joined; /* a line leads here from the last non-empty column: no gap and no missing value between */
};

/* Reduces v, a value or NAN for each sample of the timeline, to the `width` >= 1 columns of [from, to].  Column i
 * holds the times t with floor((t - from) / (to - from) * width) == i, the last one also t == to.  O(log n) and the
 * samples within. */
void reduce_column(const struct timeline *t, const double *v, double from, double to, struct reduced *out,
                   size_t width);

/* The column of a time in [from, to]. */
size_t reduce_place(double ts, double from, double to, size_t width);

#endif
