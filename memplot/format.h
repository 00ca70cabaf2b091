/* SPDX-License-Identifier: Apache-2.0
 * The output formats: one file and one entry in format_table each. */
#ifndef MEMPLOT_FORMAT_H
#define MEMPLOT_FORMAT_H

#include "timeline.h"

struct format_options {
    const char *title; /* string; NULL: made from the data */
    bool utc;          /* the page shows times in UTC, else in the reader's time zone */
    bool ascii;        /* text: no character beyond ASCII */
    int width;         /* text: columns of the terminal */
    const struct jsonl_config *config;
};

struct format {
    const char *name;
    /* Draws a finished timeline that has samples or tests.  Errors of writing stay in w.  false: out of
     * memory. */
    bool (*render)(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options);
};

extern const struct format format_table[]; /* the first is the default; name NULL ends it */

/* html.c, svg.c, trace.c, text.c */
bool html_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options);
bool svg_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options);
bool trace_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options);
bool text_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options);

#endif
