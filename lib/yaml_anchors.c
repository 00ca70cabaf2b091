/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_anchors.h"
#include "grow.h"
#include "hash.h"

#include <stdlib.h>
#include <string.h>

/* The slot of a name: the one that holds it, or the empty one where it belongs. */
static uint32_t *anchor_slot(const struct yaml_anchors *a, struct jsonl_text name)
{
    for (size_t i = (size_t)hash_bytes(HASH_SEED, name.s, name.n);; i++) {
        uint32_t *slot = &a->slots[i & (a->slots_cap - 1)];
        if (!*slot)
            return slot;
        const struct yaml_anchor *anchor = &a->list[*slot - 1];
        if (anchor->len == name.n && memcmp(anchor->name, name.s, name.n) == 0)
            return slot;
    }
}

/* Keeps the table at most half full. */
static bool anchors_grow(struct yaml_anchors *a)
{
    if (!GROW(a->list, a->len + 1, a->cap))
        return false;
    if (2 * (a->len + 1) > a->slots_cap) {
        size_t cap = a->slots_cap ? 2 * a->slots_cap : 64;
        uint32_t *slots = calloc(cap, sizeof *slots);
        if (!slots)
            return false;
        free(a->slots);
        a->slots = slots;
        a->slots_cap = cap;
        for (size_t i = 0; i < a->len; i++) /* in order, so that the latest of a name stays */
            *anchor_slot(a, (struct jsonl_text){a->list[i].name, a->list[i].len}) = (uint32_t)i + 1;
    }
    return true;
}

ptrdiff_t yaml_anchors_add(struct yaml_anchors *a, struct jsonl_text name)
{
    if (a->len >= UINT32_MAX || !anchors_grow(a))
        return -1;
    char *copy = malloc(name.n ? name.n : 1);
    if (!copy)
        return -1;
    memcpy(copy, name.s, name.n);
    a->list[a->len] = (struct yaml_anchor){.name = copy, .len = name.n};
    *anchor_slot(a, name) = (uint32_t)a->len + 1;
    return (ptrdiff_t)a->len++;
}

struct yaml_anchor *yaml_anchors_find(const struct yaml_anchors *a, struct jsonl_text name)
{
    if (!a->len)
        return NULL;
    uint32_t slot = *anchor_slot(a, name);
    return slot ? &a->list[slot - 1] : NULL;
}

void yaml_anchors_free(struct yaml_anchors *a)
{
    for (size_t i = 0; i < a->len; i++)
        free(a->list[i].name);
    free(a->list);
    free(a->slots);
}
