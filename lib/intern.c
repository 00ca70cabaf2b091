/* SPDX-License-Identifier: Apache-2.0
 * Texts, each kept once and known by a number. */
#include "hash.h"
#include "jsonl.h"

#include <stdlib.h>
#include <string.h>

enum { INTERN_SLOTS = 256 };

static void intern_place(struct jsonl_intern *in, uint32_t number)
{
    size_t mask = in->slots_len - 1, i = in->hashes[number] & mask;

    while (in->slots[i])
        i = (i + 1) & mask;
    in->slots[i] = number;
}

/* Twice the texts, four slots a text. */
static bool intern_grow(struct jsonl_intern *in)
{
    size_t room = in->room * 2, slots_len = room * 4;
    struct jsonl_text *texts = realloc(in->texts, room * sizeof *texts);

    if (!texts)
        return false;
    in->texts = texts;
    uint64_t *hashes = realloc(in->hashes, room * sizeof *hashes);
    if (!hashes)
        return false;
    in->hashes = hashes;
    uint32_t *slots = calloc(slots_len, sizeof *slots);
    if (!slots)
        return false;
    free(in->slots);
    in->slots = slots;
    in->slots_len = slots_len;
    in->room = room;
    for (size_t i = 1; i < in->len; i++)
        intern_place(in, (uint32_t)i);
    return true;
}

bool jsonl_intern_init(struct jsonl_intern *in)
{
    *in = (struct jsonl_intern){.len = 1, .room = INTERN_SLOTS / 8};
    in->texts = calloc(in->room, sizeof *in->texts);
    in->hashes = calloc(in->room, sizeof *in->hashes);
    if (in->texts && in->hashes && intern_grow(in))
        return true;
    jsonl_intern_free(in);
    return false;
}

void jsonl_intern_free(struct jsonl_intern *in)
{
    jsonl_arena_free(&in->arena);
    free(in->texts);
    free(in->hashes);
    free(in->slots);
    *in = (struct jsonl_intern){0};
}

bool jsonl_intern_add(struct jsonl_intern *in, struct jsonl_text text, uint32_t *number)
{
    *number = 0;
    if (!text.s)
        return true;
    uint64_t h = hash_bytes(HASH_SEED, text.s, text.n);
    size_t mask = in->slots_len - 1;
    for (size_t i = h & mask; in->slots[i]; i = (i + 1) & mask) {
        uint32_t k = in->slots[i];

        if (in->hashes[k] == h && in->texts[k].n == text.n &&
            (text.n == 0 || memcmp(in->texts[k].s, text.s, text.n) == 0)) {
            *number = k;
            return true;
        }
    }
    if (in->len == in->room && !intern_grow(in))
        return false;
    if (in->len > UINT32_MAX)
        return false;
    char *copy = jsonl_arena_copy(&in->arena, text.s, text.n);
    if (!copy)
        return false;
    in->texts[in->len] = (struct jsonl_text){copy, text.n};
    in->hashes[in->len] = h;
    *number = (uint32_t)in->len++;
    intern_place(in, *number);
    return true;
}
