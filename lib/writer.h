/* SPDX-License-Identifier: Apache-2.0
 * What the writer's files share; not installed. */
#ifndef JSONL_WRITER_H
#define JSONL_WRITER_H

#include "jsonl.h"

struct jsonl_writer {
    int fd;    /* -1: memory */
    int error; /* errno of the first failure, 0: none */
    char *data;
    size_t len, cap; /* both 0 after an error, so that there is never room */
    bool more;       /* the next key or element needs a comma before it */
    bool keyed;      /* a key was written, its value is next */
};

/* Makes room for n more bytes and one NUL, which may empty the buffer; false: an error is set. */
bool writer_reserve(struct jsonl_writer *w, size_t n);

/* Where n bytes can be written, after which the caller adds their number to w->len; NULL: an error is set. */
static inline char *writer_room(struct jsonl_writer *w, size_t n)
{
    if (n < w->cap - w->len || writer_reserve(w, n))
        return w->data + w->len;
    return NULL;
}

static inline void writer_byte(struct jsonl_writer *w, char c)
{
    char *to = writer_room(w, 1);
    if (to) {
        *to = c;
        w->len++;
    }
}

/* How many bytes at the start of a text stand for themselves in a target, whatever follows. */
size_t plain_length(enum jsonl_target target, struct jsonl_text text);

#endif
