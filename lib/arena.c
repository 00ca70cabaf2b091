/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonl.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_CHUNK = 64 * 1024 };

struct jsonl_chunk {
    struct jsonl_chunk *next;
    size_t len; /* bytes of data */
    _Alignas(max_align_t) char data[];
};

void *jsonl_arena_alloc(struct jsonl_arena *a, size_t n, size_t size)
{
    const size_t align = _Alignof(max_align_t);

    if (size > 0 && n > (SIZE_MAX / 2) / size)
        return NULL;
    size_t need = (n * size + align - 1) / align * align;
    if (!a->chunks || need > a->left) {
        size_t len = need > ARENA_CHUNK ? need : ARENA_CHUNK;
        struct jsonl_chunk *c = calloc(1, sizeof *c + len);

        if (!c)
            return NULL;
        c->next = a->chunks;
        c->len = len;
        a->chunks = c;
        a->left = len;
    }
    char *p = a->chunks->data + (a->chunks->len - a->left);
    a->left -= need;
    return p;
}

char *jsonl_arena_copy(struct jsonl_arena *a, const char *s, size_t n)
{
    char *p = n < SIZE_MAX ? jsonl_arena_alloc(a, n + 1, 1) : NULL;

    if (p && n > 0)
        memcpy(p, s, n);
    return p;
}

void jsonl_arena_free(struct jsonl_arena *a)
{
    while (a->chunks) {
        struct jsonl_chunk *next = a->chunks->next;

        free(a->chunks);
        a->chunks = next;
    }
    a->left = 0;
}
