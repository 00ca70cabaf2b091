/* SPDX-License-Identifier: Apache-2.0
 * The input: files one after the other, in deliveries, which are what the work is shared by. */
#ifndef VALIDATE_SOURCE_H
#define VALIDATE_SOURCE_H

#include "jsonl.h"

/* A block of lines, or the end of a file. */
struct delivery {
    const char *path, *name;   /* strings: of the file, and for messages; they live until the file's end is discarded */
    bool first;                /* of the file */
    struct jsonl_block *block; /* NULL: the file has ended */
    bool again;                /* standard input, which was read before: there is hardly anything left */
    bool failed;               /* it could not be opened, or not be read any further */
    struct jsonl_error error;
    struct jsonl_reader *reader; /* of a file that has ended; may be NULL */
};

struct source {
    char **files; /* "-": standard input */
    size_t n, next;
    int until;                   /* descriptor that ends all waiting; see jsonl_reader_until */
    struct jsonl_reader *reader; /* of the file in hand; NULL: the next one is to be opened */
};

/* The next delivery, in order; it may have to wait for input.  false: there are no more. */
bool source_next(struct source *s, struct delivery *d);

/* Frees what the delivery holds, which is empty then. */
void delivery_discard(struct delivery *d);

void source_close(struct source *s);

#endif
