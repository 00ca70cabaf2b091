/* SPDX-License-Identifier: Apache-2.0
 * Where the recording goes: each line in one write, at once, so that a killed memmon leaves whole lines. */
#ifndef MEMMON_OUTPUT_H
#define MEMMON_OUTPUT_H

#include "jsonl.h"

#include <stdatomic.h>
#include <stdbool.h>

struct output {
    int fd;
    const char *name;  /* string, for messages */
    int error;         /* errno of the first write that failed; nothing is written after it */
    atomic_bool hurry; /* set from another thread: do not wait any longer for a reader that does not read */
};

/* Opens path to append to it, after a line end if the last line there has none; NULL, "-" or
 * "/dev/stdout": standard output.  false with *err set. */
bool output_open(struct output *o, const char *path, struct jsonl_error *err);

/* Writes a line of n bytes, its end included.  false: failed, now or before; o->error says why (EINTR: in
 * a hurry). */
bool output_line(struct output *o, const char *line, size_t n);

/* Closes.  false: a write has failed, or this close; o->error says why. */
bool output_close(struct output *o);

#endif
