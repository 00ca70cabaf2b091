/* SPDX-License-Identifier: Apache-2.0
 * Memory that is given back all at once: what a compiled schema is made of. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct chunk;
struct arena {
    struct chunk *chunks; /* newest first; NULL: empty */
};

/* n bytes of zeros, aligned for any type; NULL: out of memory. */
void *arena_take(struct arena *a, size_t n);

/* A copy of n bytes with a NUL behind it. */
char *arena_copy(struct arena *a, const char *s, size_t n);

/* Gives everything back; the arena is empty then, and can be used again. */
void arena_free(struct arena *a);

#endif
