/* SPDX-License-Identifier: Apache-2.0
 * The test records as they were read, for the format that hands them on. */
#ifndef GENREPORT_LINES_H
#define GENREPORT_LINES_H

#include "jsonl.h"

/* A record's object up to, not with, the brace that ends it, and without a member `resources` if it had one. */
struct lines {
    struct jsonl_arena arena;
    struct jsonl_text *list; /* by number of the run's test */
    size_t len, room;
};

/* Keeps a record of an object.  false: out of memory. */
bool lines_add(struct lines *lines, const struct jsonl_record *record);

/* Keeps those of others as well, which stay as they are, behind its own.  false: out of memory. */
bool lines_join(struct lines *lines, const struct lines *others);
void lines_free(struct lines *lines);

#endif
