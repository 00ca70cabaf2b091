/* SPDX-License-Identifier: Apache-2.0 */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_CHUNK = 64 * 1024, INTERN_SLOTS = 256 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t len; /* bytes of data */
    _Alignas(max_align_t) char data[];
};

void *arena_alloc(struct arena *a, size_t n, size_t size)
{
    const size_t align = _Alignof(max_align_t);

    if (size > 0 && n > (SIZE_MAX / 2) / size)
        return NULL;
    size_t need = (n * size + align - 1) / align * align;
    if (!a->chunks || need > a->left) {
        size_t len = need > ARENA_CHUNK ? need : ARENA_CHUNK;
        struct arena_chunk *c = calloc(1, sizeof *c + len);

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

bool arena_text(struct arena *a, struct jsonl_text text, struct jsonl_text *copy)
{
    *copy = (struct jsonl_text){0};
    if (!text.s)
        return true;
    char *p = arena_alloc(a, text.n + 1, 1);
    if (!p)
        return false;
    if (text.n > 0)
        memcpy(p, text.s, text.n);
    *copy = (struct jsonl_text){p, text.n};
    return true;
}

void arena_free(struct arena *a)
{
    while (a->chunks) {
        struct arena_chunk *next = a->chunks->next;

        free(a->chunks);
        a->chunks = next;
    }
    a->left = 0;
}

/* FNV-1a, with its bits mixed once more so that the low ones can choose the slot. */
static uint64_t text_hash(struct jsonl_text t)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.s[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

static void intern_place(struct intern *in, uint32_t number)
{
    size_t mask = in->slots_len - 1, i = in->hashes[number] & mask;

    while (in->slots[i])
        i = (i + 1) & mask;
    in->slots[i] = number;
}

/* Twice the texts, four slots a text. */
static bool intern_grow(struct intern *in)
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

bool intern_init(struct intern *in)
{
    *in = (struct intern){.len = 1, .room = INTERN_SLOTS / 8};
    in->texts = calloc(in->room, sizeof *in->texts);
    in->hashes = calloc(in->room, sizeof *in->hashes);
    if (in->texts && in->hashes && intern_grow(in))
        return true;
    intern_free(in);
    return false;
}

void intern_free(struct intern *in)
{
    arena_free(&in->arena);
    free(in->texts);
    free(in->hashes);
    free(in->slots);
    *in = (struct intern){0};
}

bool intern_add(struct intern *in, struct jsonl_text text, uint32_t *number)
{
    *number = 0;
    if (!text.s)
        return true;
    uint64_t h = text_hash(text);
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
    if (in->len > UINT32_MAX || !arena_text(&in->arena, text, &in->texts[in->len]))
        return false;
    in->hashes[in->len] = h;
    *number = (uint32_t)in->len++;
    intern_place(in, *number);
    return true;
}
