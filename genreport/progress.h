/* SPDX-License-Identifier: Apache-2.0
 *
 * How many records have been read: a short line on the terminal while much is read, and gone without a trace after.
 *
 * The cursor stays at its beginning and it is shorter than any message, so that a message writes over it. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    bool live; /* stderr is a terminal */
    bool shown;
    double next;  /* when the line is due, seconds by a monotonic clock */
    size_t count; /* records so far */
};

void progress_begin(struct progress *p);
void progress_add(struct progress *p, size_t records); /* so many more; looks at the clock */
void progress_end(struct progress *p);

enum { PROGRESS_SIZE = 40 };

/* "12 345 678 records"; returns buf, a string. */
const char *progress_text(char buf[PROGRESS_SIZE], size_t count);

#endif
