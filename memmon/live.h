/* SPDX-License-Identifier: Apache-2.0
 * The live line: the bottom row of the terminal on stderr, while a command uses the rows above it.
 *
 * The terminal is told to scroll only the rows above (DECSTBM), so that what the command writes never mixes
 * with the line, and goes up into the terminal's memory without it.  Each drawing is one write, which leaves the
 * cursor where it was.  No row is taken from a terminal that cannot do this (TERM is unset or "dumb"), has no size,
 * belongs to another job just now, or is read key by key: by an editor, a pager, a debugger's prompt. */
#ifndef MEMMON_LIVE_H
#define MEMMON_LIVE_H

#include "jsonl.h"

#include <stdbool.h>

struct live {
    struct jsonl_writer *w; /* to stderr, the caller's; NULL: there is no live line, and the calls do nothing */
    unsigned rows, columns; /* of the terminal when a row was taken; 0: none is */
};

/* Takes the row if it is not taken, or if the size has changed.  Returns the columns that may be drawn, 0: none. */
unsigned live_begin(struct live *l);

/* Draws, after live_begin: text of no more columns than that, escape sequences for colour aside. */
void live_draw(struct live *l, struct jsonl_text text);

/* Gives the row back, empty.  live_begin can take it again. */
void live_leave(struct live *l);

/* Moves to the start of a line, if the cursor is not there, and does not touch what stands before it. */
void live_fresh_line(struct jsonl_writer *w);

#endif
