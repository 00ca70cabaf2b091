/* SPDX-License-Identifier: Apache-2.0
 * A part of the input and what comes of it: judged by any thread, written when its turn comes (filter.h). */
#ifndef VALIDATE_PART_H
#define VALIDATE_PART_H

#include "output.h"
#include "source.h"

/* What is asked for; it does not change while lines are read. */
struct wishes {
    const struct output *output;
    bool silent;        /* nothing on stderr about lines */
    bool several;       /* files */
    bool colours;       /* on stderr */
    bool upgrades;      /* old reports */
    size_t invalid_max; /* stop after so many invalid lines; SIZE_MAX: never */
};

/* Lines that go out as they are and lie side by side in the block, or text that stands for a line. */
struct piece {
    const char *s; /* in the block; NULL: in `text` */
    size_t at, n;  /* place in `text`, bytes */
};

struct part {
    struct delivery in;
    struct jsonl_line line; /* that was judged last, and */
    size_t cursor;          /* where the next one starts */
    struct piece *pieces;   /* for stdout, in order */
    size_t pieces_n, pieces_room;
    struct jsonl_writer *text;         /* in memory, for stdout */
    struct jsonl_writer *words;        /* in memory, for stderr */
    size_t records, invalid, upgraded; /* since it began, or was emptied */
    size_t invalid_max;                /* with which it was judged last */
    bool undecided;                    /* memory did not do for a line, likewise */
    bool failed;                       /* nor for what is to be written of it: the part ends there */
};

enum { PART_TEXT_MAX = 4 << 20 }; /* bytes of text and words after which a part is full */

enum part_state {
    PART_FULL, /* it is to be emptied before it goes on */
    PART_DONE, /* all lines are judged, or as many are invalid as may be, or it failed */
};

bool part_init(struct part *p); /* false: out of memory */
void part_free(struct part *p);

/* Goes back to the start of the delivery. */
void part_begin(struct part *p);

/* Forgets what was judged so far, which has been written, but not how far it has come. */
void part_empty(struct part *p);

/* Judges lines until `invalid_max` of them are invalid. */
enum part_state part_judge(struct part *p, struct judge *judge, const struct wishes *wishes, size_t invalid_max);

#endif
