/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <stdlib.h>
#include <string.h>

enum { OUT_OF_MEMORY = -2, FIRST_SLOTS = 64 };

static uint64_t text_hash(struct jsonl_text t) /* FNV-1a */
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.s[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t *slot_find(const struct names *names, struct jsonl_text t)
{
    size_t i = (size_t)text_hash(t) & (names->slots - 1);
    for (; names->slot[i]; i = (i + 1) & (names->slots - 1)) {
        const struct jsonl_text *have = &names->text[names->slot[i] - 1];
        if (have->n == t.n && !memcmp(have->s, t.s, t.n))
            break;
    }
    return &names->slot[i];
}

static bool slots_grow(struct names *names)
{
    size_t slots = names->slots ? names->slots * 2 : FIRST_SLOTS;
    uint32_t *old = names->slot;
    uint32_t *fresh = calloc(slots, sizeof *fresh);
    if (!fresh)
        return false;
    names->slot = fresh;
    names->slots = slots;
    for (size_t i = 0; i < names->len; i++)
        *slot_find(names, names->text[i]) = (uint32_t)i + 1;
    free(old);
    return true;
}

static bool texts_grow(struct names *names)
{
    size_t size = names->size ? names->size * 2 : FIRST_SLOTS / 2;
    struct jsonl_text *text = realloc(names->text, size * sizeof *text);
    if (!text)
        return false;
    names->text = text;
    names->size = size;
    return true;
}

static bool text_copy(struct jsonl_text *to, struct jsonl_text from)
{
    char *copy = malloc(from.n + 1);
    if (!copy)
        return false;
    memcpy(copy, from.s, from.n);
    copy[from.n] = '\0';
    to->s = copy;
    to->n = from.n;
    return true;
}

int32_t names_add(struct names *names, struct jsonl_text text)
{
    if (!text.s)
        return NAME_NONE;
    if (2 * (names->len + 1) > names->slots && !slots_grow(names))
        return OUT_OF_MEMORY;
    uint32_t *slot = slot_find(names, text);
    if (*slot)
        return (int32_t)(*slot - 1);
    if (names->len == INT32_MAX || (names->len == names->size && !texts_grow(names)))
        return OUT_OF_MEMORY;
    if (!text_copy(&names->text[names->len], text))
        return OUT_OF_MEMORY;
    *slot = (uint32_t)++names->len;
    return (int32_t)(names->len - 1);
}

void names_free(struct names *names)
{
    for (size_t i = 0; i < names->len; i++)
        free((char *)names->text[i].s);
    free(names->text);
    free(names->slot);
    *names = (struct names){0};
}
