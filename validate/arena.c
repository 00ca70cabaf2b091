/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 16 << 10 }; /* bytes; a larger wish gets a chunk of its own */

struct chunk {
    struct chunk *older;
    size_t used, size; /* bytes of data */
    alignas(max_align_t) unsigned char data[];
};

void *arena_take(struct arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX - align - sizeof(struct chunk))
        return NULL;
    n = (n + align - 1) / align * align;
    struct chunk *c = a->chunks;
    if (!c || c->size - c->used < n) {
        size_t size = n > CHUNK_SIZE ? n : CHUNK_SIZE;
        c = calloc(1, sizeof *c + size);
        if (!c)
            return NULL;
        *c = (struct chunk){.older = a->chunks, .size = size};
        a->chunks = c;
    }
    void *p = c->data + c->used;
    c->used += n;
    return p;
}

char *arena_copy(struct arena *a, const char *s, size_t n)
{
    char *p = arena_take(a, n + 1);
    if (p && n > 0)
        memcpy(p, s, n);
    return p;
}

void arena_free(struct arena *a)
{
    for (struct chunk *c = a->chunks, *older; c; c = older) {
        older = c->older;
        free(c);
    }
    a->chunks = NULL;
}
