/* SPDX-License-Identifier: Apache-2.0
 * The stream: lines in, valid lines out, what is wrong with the others on stderr. */
#ifndef FILTER_H
#define FILTER_H

#include "output.h"

struct filter {
    struct judge judge;
    const struct output *output;
    bool silent;        /* nothing on stderr about lines */
    size_t invalid_max; /* stop after so many invalid lines; 0: never */
    bool several;       /* files */
    struct jsonl_writer *out, *err;
    size_t invalid; /* lines so far */
    bool open_end;  /* the last line written has no line end: the next one needs it before */
    enum jsonl_exit status;
    bool stop;
};

/* Filters one file ("-": standard input) and notes in `status` what came of it. */
void filter_file(struct filter *f, const char *path);

#endif
