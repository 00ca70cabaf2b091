/* SPDX-License-Identifier: Apache-2.0
 * The output: parts that were judged are written in their order, what is valid on stdout, what is wrong on stderr, and
 * on a terminal how far it has come. */
#ifndef VALIDATE_FILTER_H
#define VALIDATE_FILTER_H

#include "part.h"
#include "progress.h"

struct filter {
    struct wishes wishes;
    bool terminal; /* somebody looks at stderr, where no lines of stdout stand between */
    struct jsonl_writer *out, *err;
    struct progress progress;
    size_t records, invalid, upgraded; /* so far, and */
    size_t file_records;               /* of this file */
    bool open_end;                     /* the last line written has no line end: the next one needs it before */
    enum jsonl_exit status;
    bool stop; /* nothing more is to be read or written */
};

/* How many lines may still be invalid. */
size_t filter_invalid_left(const struct filter *f);

/* Writes what was judged so far of the part whose turn it is, and empties it. */
void filter_write(struct filter *f, struct part *p);

/* Ends the part, which is PART_DONE: writes what is left, and closes the file if that has ended. */
void filter_close_part(struct filter *f, struct part *p);

/* Says how many records there were, if something was invalid or somebody looks. */
void filter_finish(struct filter *f);

#endif
