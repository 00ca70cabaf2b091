/* SPDX-License-Identifier: Apache-2.0
 * The static picture: -f svg, and the first paint, the print and the view without script of the page.
 *
 * One SVG without script, style attributes and references to the outside.  Colours stand in attributes; svg.css has
 * those of the dark, and no more.  Its ids begin with "mp-", its classes are below ".mp".  Coordinates are whole, paths
 * of series in tenths of a pixel.  Its size is bound by its width, not by the data's length. */
#ifndef MEMPLOT_SVG_H
#define MEMPLOT_SVG_H

#include "colour.h"
#include "format.h"
#include "spans.h"

enum {
    SVG_WIDTH = 1200,
    SVG_LEFT = 52,  /* room of the left axis */
    SVG_RIGHT = 48, /* of the right one */
    SVG_PLOT = SVG_WIDTH - SVG_LEFT - SVG_RIGHT,
    SVG_ROW = 150,
    SVG_ROW_GAP = 22,
    SVG_LANE = 9,
    SVG_LANES_MAX = 12, /* tests of the lanes beyond are drawn in the last */
    SVG_LABEL = 12,     /* across a rotated name */
    SVG_CHAR = 6,       /* along a name, a character on average */
    SVG_CAPTION = 16,   /* room of a row's caption, above it */
};

/* What all parts of the picture share. */
struct svg {
    struct jsonl_writer *w;
    const struct timeline *t;
    const struct format_options *options;
    double from, to;    /* of the time axis, from < to */
    int models_y;       /* upper edges, and heights: names of models */
    int models_height;  /* 0: none */
    int regions_y;      /* bars of models in RAM */
    int regions_height; /* 0: none */
    int marks_y;        /* words of marks */
    int marks_height;   /* 0: none */
    int rows_y;         /* the first row */
    int rows;           /* how many */
    enum series_row row[ROWS];
    int lanes_y, lanes_height; /* 0: no tests */
    int axis_y;                /* the time axis' words */
    int tests_y, tests_height; /* names of tests; 0: none */
    int height;
};

/* Pixel of a time. */
double svg_x(const struct svg *g, double ts);
int svg_row_y(const struct svg *g, int row); /* upper edge */
void svg_text(struct svg *g, struct jsonl_text text);

/* The text in `most` characters: longer, it has an ellipsis in its middle, so that its beginning and its end, where
 * parameters stand, remain. */
void svg_text_fit(struct svg *g, struct jsonl_text text, size_t most);
size_t svg_characters(struct jsonl_text text);

/* Whether the picture has a line for this series. */
bool svg_has(const struct timeline *t, size_t series);

/* Whether it has a line for each device, and their mean in place of what samples say of all. */
bool svg_has_devices(const struct timeline *t, enum jsonl_metric metric);

/* The colour of a series on the picture's ground.  Returns out. */
const char *svg_colour(char out[COLOUR_SIZE], const char *colour);

/* Begins a group, to be ended by </g>, in which "currentColor" is the colour of the k-th of n devices: of all that is
 * told apart by shades, and so has other ones on dark ground. */
void svg_begin_shade(struct svg *g, const char *colour, size_t k, size_t n);

/* How all looks that is no line: attributes of its path, strings. */
enum svg_look {
    LOOK_TEST, /* behind the rows: with a model, and without */
    LOOK_INFRA,
    LOOK_FAILED,
    LOOK_HATCH,
    LOOK_PASSED, /* in the lanes */
    LOOK_BROKEN,
    LOOK_SKIPPED,
    LOOK_WARN, /* memory pressure */
    LOOK_CRITICAL,
    LOOK_LOADING, /* models */
    LOOK_IN_RAM,
    LOOK_MARK, /* lines */
    LOOK_BREAK,
    LOOKS
};
extern const char *const svg_looks[LOOKS];

/* Above so much free RAM, in GB, is each band at a sample; the last is -INFINITY. */
void svg_bands(double limit[BANDS], const struct timeline *t, const struct format_options *options, size_t sample);

/* svg_legend.c: how high it is, and the legend below y. */
int svg_legend_height(const struct svg *g);
void svg_legend(struct svg *g, int y);

/* svg_rows.c.  All parts: false if out of memory. */
bool svg_rows(struct svg *g);

/* svg_behind.c: what lies behind the rows. */
bool svg_behind(struct svg *g);
void svg_marks(struct svg *g);

/* svg_tests.c: lanes of tests, bars of models. */
bool svg_lanes(struct svg *g);
bool svg_regions(struct svg *g);

/* svg_names.c: names that do not overlap; and the room that they need. */
bool svg_names(struct svg *g);
bool svg_names_room(struct svg *g);

/* The picture.  embedded: as part of a page, whose style has svg.css. */
bool svg_write(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options, bool embedded);

#endif
