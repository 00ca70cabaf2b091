/* SPDX-License-Identifier: Apache-2.0
 * What of a sample is shown, where, and in which colour: one table, from which the fold keeps columns
 * and each format draws. */
#ifndef MEMPLOT_SERIES_H
#define MEMPLOT_SERIES_H

#include "jsonl.h"

enum series_row { ROW_MEMORY, ROW_CPU, ROW_GPU, ROWS };
extern const char *const series_row_names[ROWS];

enum series_style {
    STYLE_LINE,
    STYLE_BANDS,  /* a line with points in the colour of the RAM band */
    STYLE_FILL,   /* a line with the area below it */
    STYLE_STACK,  /* a fill on top of the series before it */
    STYLE_DASHED, /* a broken line */
    STYLE_VALUE,  /* no line: a value for the hover */
};
extern const char *const series_style_names[];

/* Which of the series that have data are worth a line. */
enum series_when {
    WHEN_THERE,    /* always */
    WHEN_POSITIVE, /* if any value is above 0 */
    WHEN_DIFFERS,  /* if any value differs from the series before it in the table */
    WHEN_ASKED,    /* there, but switched off at first */
};

struct series {
    enum jsonl_metric metric;
    const char *label;
    const char *unit; /* as shown; "" none */
    enum series_row row;
    enum series_style style;
    enum series_when when;
    bool right;         /* has the right axis of its row */
    const char *colour; /* "#rrggbb" */
    const char *safe;   /* the same for eyes that tell few colours apart (after Okabe and Ito) */
};

/* Values beyond this are not measurements, and count as absent. */
#define SERIES_VALUE_MAX 1e12

/* How much RAM is free: the bands, from the one of plenty down, in both palettes. */
enum { BANDS = 3 };
struct band {
    const char *name, *colour, *safe;
};
extern const struct band band_table[BANDS];

enum { SERIES_MAX = 32 };
extern const struct series series_table[];
extern const size_t series_len; /* at most SERIES_MAX */

#endif
