/* SPDX-License-Identifier: Apache-2.0
 * -f text: a picture of characters, for terminals and mail.  Its parts write whole lines, one below the other. */
#ifndef MEMPLOT_TEXT_H
#define MEMPLOT_TEXT_H

#include "format.h"
#include "reduce.h"

enum {
    TEXT_LABEL = 10, /* characters left of the picture */
    TEXT_NOTE = 20,  /* right of it: " 113.9..125.3 GB" */
    TEXT_LEAST = 24, /* of the picture itself: where there is not so much room, labels and notes stand above */
    TEXT_EIGHTHS = 8 /* of a line, which block characters tell apart */
};

/* The characters, in UTF-8 and in ASCII. */
struct glyphs {
    const char *top[TEXT_EIGHTHS]; /* a line filled up to n + 1 eighths */
    const char *range;             /* from the least to the greatest */
    const char *left, *right;      /* edges of the picture */
    const char *start, *run, *infra, *failed, *skipped;
    const char *mark;
    const char *tick, *line, *dot;
    const char *cut; /* in place of what was cut */
};

struct picture {
    struct jsonl_writer *w;
    struct jsonl_writer *clean; /* to memory, for text_clean */
    struct jsonl_writer *note;  /* to memory, for who makes a row */
    const struct timeline *t;
    const struct format_options *options;
    const struct glyphs *glyphs;
    bool above;   /* labels and notes stand above the picture */
    size_t line;  /* columns of a whole line */
    size_t width; /* of the picture itself */
    double from, to;
    const char **cell;       /* `width` of them, for a line: a character each */
    struct reduced *reduced; /* `width` of them */
    double *values;          /* room for one a sample */
};

/* Text of the data: nothing in it drives the terminal, and it is ASCII where that is asked for.  Good until the next.
 */
struct jsonl_text text_clean(struct picture *p, struct jsonl_text text);

/* How many characters it has. */
size_t text_characters(struct jsonl_text text);

/* Writes parts of a text in lines that are not longer than they may be, as far as its parts are not. */
void text_wrap(struct picture *p, struct jsonl_text text, const char *between);

/* Writes p->cell as a line of a row.  label: string, "" for the lines below the first; p->note stands with it, and is
 * cleared. */
void text_line(struct picture *p, const char *label);

/* text_values.c: memory; CPU; GPUs.  A column shows the range of its values: up to the least it is full, from there to
 * the greatest shaded, so no peak is hidden. */
void text_memory(struct picture *p);
void text_cpu(struct picture *p);
void text_gpu(struct picture *p);

/* text_tests.c: memory pressure; the tests' lanes; the failed ones by name.  false: out of memory. */
bool text_pressure(struct picture *p);
bool text_lanes(struct picture *p);
void text_failed(struct picture *p);

/* text_marks.c: where the marks are; what they say. */
void text_marks(struct picture *p);
void text_marked(struct picture *p, struct jsonl_writer *words); /* words: to memory, for it */

/* How a time of the picture is written below it: with its day, if that has more than one.  Returns a part of buf, which
 * has AXIS_LABEL_SIZE characters. */
const char *text_time(const struct picture *p, char *buf, double ts);

#endif
