/* SPDX-License-Identifier: Apache-2.0
 * What the writer's files share; not installed. */
#ifndef WRITER_H
#define WRITER_H

#include "jsonl.h"

struct jsonl_writer {
    int fd;    /* -1: memory */
    int error; /* errno of the first failure, 0: none */
    char *data;
    size_t len, cap;
    bool more;  /* the next key or element needs a comma before it */
    bool keyed; /* a key was written, its value is next */
};

/* Room for n more bytes and one NUL; false: an error is set. */
bool writer_reserve(struct jsonl_writer *w, size_t n);

#endif
