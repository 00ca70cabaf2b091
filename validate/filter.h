/* SPDX-License-Identifier: Apache-2.0
 * The stream: lines in, valid lines out, what is wrong with the others on stderr, and on a terminal how far it has
 * come. */
#ifndef FILTER_H
#define FILTER_H

#include "output.h"
#include "progress.h"

struct filter {
    struct judge judge;
    const struct output *output;
    bool silent;        /* nothing on stderr about lines */
    size_t invalid_max; /* stop after so many invalid lines; 0: never */
    bool several;       /* files */
    bool terminal;      /* somebody looks at stderr, where no lines of stdout stand between */
    bool colours;       /* there */
    struct jsonl_writer *out, *err;
    struct progress progress;
    size_t records, invalid, upgraded; /* so far */
    bool open_end;                     /* the last line written has no line end: the next one needs it before */
    enum jsonl_exit status;
    bool stop;
};

/* Filters one file ("-": standard input) and notes in `status` what came of it. */
void filter_file(struct filter *f, const char *path);

/* Says how many records there were, if something was invalid or somebody looks. */
void filter_finish(struct filter *f);

#endif
