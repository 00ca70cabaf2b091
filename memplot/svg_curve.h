/* SPDX-License-Identifier: Apache-2.0
 * A series as a line, or as the area below it.
 *
 * Of each pixel column the line goes through the first, the least, the greatest and the last value.  Where there are so
 * many values that this would be a block, a band shows the range of each column, and the line their means. */
#ifndef MEMPLOT_SVG_CURVE_H
#define MEMPLOT_SVG_CURVE_H

#include "reduce.h"
#include "svg_scale.h"

struct curve {
    struct svg *g;
    const struct scale *scale;
    const struct reduced *reduced; /* SVG_PLOT columns */
};

/* colour: string; attributes: string, of the line's path. */
void curve_line(const struct curve *c, const char *colour, double width, const char *attributes);

/* The data of a path in tenths of a pixel, from the line down to 0. */
void curve_area(const struct curve *c);

enum { CURVE_TENTHS = 10 }; /* of a pixel, in which paths are told */

#endif
