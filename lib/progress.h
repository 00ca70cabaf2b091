/* SPDX-License-Identifier: Apache-2.0
 * How far a tool has come with its input: a line on the terminal that is there while much is read, from a second on,
 * and gone without a trace after.  Not installed. */
#ifndef JSONL_PROGRESS_H
#define JSONL_PROGRESS_H

#include "jsonl.h"

struct progress {
    bool live, shown;      /* somebody looks; the line is there */
    const char *finds;     /* string: what `found` counts, or NULL: nothing */
    double start, next;    /* seconds by a monotonic clock: of all, and when the line is due */
    const char *file;      /* string */
    uint64_t bytes, total; /* of the file: read so far, in all (0: not known) */
    uint64_t bytes_all;    /* of all files, read so far */
    size_t records, found; /* of all files, so far */
};

/* A line is shown if `live` and stderr is a terminal that can take it away again. */
JSONL_API void jsonl_progress_begin(struct progress *p, bool live, const char *finds);

/* A new file, with as many bytes left as its size says; `name` is the one for messages, and must live on. */
JSONL_API void jsonl_progress_file(struct progress *p, const char *name, const char *path);

/* So many bytes more; records and what was found among them in all. */
JSONL_API void jsonl_progress_step(struct progress *p, size_t bytes, size_t records, size_t found);

/* Takes the line away, before something else is written there. */
JSONL_API void jsonl_progress_erase(struct progress *p);

/* The line itself, `elapsed` seconds after the start: "bench.jsonl: 50 % of 108.0 MB, 1 234 567 records, 120 MB/s". */
void progress_write(struct jsonl_writer *w, const struct progress *p, double elapsed);

#endif
