/* SPDX-License-Identifier: Apache-2.0
 * The axis of a row's values, from its lower to its upper edge, with round numbers at both and between. */
#ifndef MEMPLOT_SVG_SCALE_H
#define MEMPLOT_SVG_SCALE_H

#include "svg.h"

/* One of zeros is of no series. */
struct scale {
    int top; /* y of the row's upper edge */
    double least, most, step;
    const struct series *series; /* the first on it; NULL: there is none */
};

/* Makes room for a series' values v, and for 0; `below`: what they stand on, or NULL. */
void scale_add(struct scale *s, const struct timeline *t, const struct series *series, const double *v,
               const double *below);

/* When all are added. */
void scale_round(struct scale *s);

/* Pixel of a value. */
double scale_y(const struct scale *s, double v);

/* The numbers at one side of the row, and on the left the lines across it. */
void scale_write(struct svg *g, const struct scale *s, bool right);

#endif
