/* SPDX-License-Identifier: Apache-2.0
 * How far it has come: a line on the terminal that is there while much is read, and gone without a trace after. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "jsonl.h"

struct progress {
    struct jsonl_writer *screen; /* NULL: nobody looks */
    bool shown;
    double start, next;      /* seconds by a monotonic clock: of all, and when the line is due */
    const char *file;        /* string */
    uint64_t bytes, total;   /* of the file: read so far, in all (0: not known) */
    uint64_t bytes_all;      /* of all files, read so far */
    size_t records, invalid; /* of all files, so far */
};

/* A line is shown on `screen` (NULL: none) from a second on. */
void progress_init(struct progress *p, struct jsonl_writer *screen);

/* A new file, with as many bytes left as its size says. */
void progress_file(struct progress *p, const char *name, const char *path);

/* So many bytes more; records and invalid ones in all. */
void progress_step(struct progress *p, size_t bytes, size_t records, size_t invalid);

/* Takes the line away, before something else is written there. */
void progress_erase(struct progress *p);

/* The line itself, `elapsed` seconds after the start. */
void progress_write(struct jsonl_writer *w, const struct progress *p, double elapsed);

#endif
