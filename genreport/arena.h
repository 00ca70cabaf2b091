/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that is freed all at once, and texts kept in it once each.
 *
 * An arena hands out zeroed memory, aligned for anything, that stays where it is until arena_free.  An
 * intern gives equal texts equal numbers, so that a run of a million tests holds each name once and
 * compares names as integers. */
#ifndef ARENA_H
#define ARENA_H

#include "jsonl.h"

#include <stdint.h>

struct arena {
    struct arena_chunk *chunks; /* the newest first */
    size_t left;                /* bytes free in the newest */
};

/* `n` things of `size` bytes; NULL: out of memory (also if the product overflows).  n == 0 gives a valid
 * pointer. */
void *arena_alloc(struct arena *a, size_t n, size_t size);

/* A copy of a text, with a NUL behind it; absent stays absent.  false: out of memory. */
bool arena_text(struct arena *a, struct jsonl_text text, struct jsonl_text *copy);

void arena_free(struct arena *a);

struct intern {
    struct arena arena;
    struct jsonl_text *texts; /* by number; texts[0] is the absent text */
    uint64_t *hashes;         /* by number */
    uint32_t *slots;          /* numbers by hash, 0: free; slots_len is a power of two */
    size_t len, room, slots_len;
};

bool intern_init(struct intern *in); /* false: out of memory */
void intern_free(struct intern *in);

/* The number of a text, which is copied if it is new; absent is 0.  false: out of memory, or 2^32 texts. */
bool intern_add(struct intern *in, struct jsonl_text text, uint32_t *number);

#endif
