/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include "hash.h"

#include <stdlib.h>

static struct table_entry *slot_of(const struct table *t, const void *owner, struct jsonl_text name)
{
    size_t i = (size_t)hash_bytes(hash_mix(HASH_SEED, (uintptr_t)owner), name.s, name.n);
    for (;; i++) {
        struct table_entry *e = &t->at[i & (t->size - 1)];
        if (!e->value || (e->owner == owner && !e->name.s == !name.s && jsonl_text_compare(e->name, name) == 0))
            return e;
    }
}

void *table_find(const struct table *t, const void *owner, struct jsonl_text name)
{
    return t->size ? (void *)slot_of(t, owner, name)->value : NULL;
}

static bool table_grow(struct table *t)
{
    struct table grown = {.size = t->size ? 2 * t->size : 64};
    grown.at = calloc(grown.size, sizeof *grown.at);
    if (!grown.at)
        return false;
    for (size_t i = 0; i < t->size; i++) {
        if (t->at[i].value)
            *slot_of(&grown, t->at[i].owner, t->at[i].name) = t->at[i];
    }
    grown.n = t->n;
    free(t->at);
    *t = grown;
    return true;
}

bool table_add(struct table *t, const void *owner, struct jsonl_text name, const void *value)
{
    if (2 * t->n >= t->size && !table_grow(t))
        return false;
    struct table_entry *e = slot_of(t, owner, name);
    t->n += !e->value;
    *e = (struct table_entry){owner, name, value};
    return true;
}

void table_free(struct table *t)
{
    free(t->at);
    *t = (struct table){0};
}
