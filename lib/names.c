/* SPDX-License-Identifier: Apache-2.0
 * Hash tables of member names, filled once and searched often. */
#include "names.h"
#include "scan.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { NEAR = 8 };

bool name_table_init(struct jsonl_names *t, size_t room)
{
    *t = (struct jsonl_names){.room = room, .slots_len = 16, .reach = 1};
    while (t->slots_len < room * 4)
        t->slots_len *= 2;
    t->list = calloc(room ? room : 1, sizeof *t->list);
    t->slots = calloc(t->slots_len, sizeof *t->slots);
    if (t->list && t->slots)
        return true;
    name_table_clear(t);
    return false;
}

void name_table_clear(struct jsonl_names *t)
{
    free(t->list);
    free(t->slots);
    jsonl_arena_free(&t->texts);
    *t = (struct jsonl_names){0};
}

const struct name *name_table_find(const struct jsonl_names *t, const char *s, size_t n, uint32_t hash)
{
    for (size_t i = 0; i < t->reach; i++) {
        uint16_t slot = t->slots[(hash + i) & (t->slots_len - 1)];
        if (slot == 0)
            return NULL;
        const struct name *name = &t->list[slot - 1];
        if (name->hash == hash && name->n == n && memcmp(name->s, s, n) == 0)
            return name;
    }
    return NULL;
}

/* What a key of this name looks like in a line. */
static void name_picture(struct name *name)
{
    char text[NAME_WORDS * 8] = {0}, mask[NAME_WORDS * 8] = {0};
    bool plain = name->n <= NAME_MAX;
    for (size_t i = 0; plain && i < name->n; i++)
        plain = scan_is_plain((unsigned char)name->s[i]);
    if (!plain) {
        name->word[0] = 1; /* under a mask of 0 nothing is 1 */
        return;
    }
    memcpy(text, name->s, name->n);
    text[name->n] = '"';
    memset(mask, 0xff, name->n + 1);
    memcpy(name->word, text, sizeof text);
    memcpy(name->mask, mask, sizeof mask);
}

struct name *name_table_add(struct jsonl_names *t, const char *s, size_t n, uint32_t hash, bool near)
{
    size_t reach = 0;
    if (t->len == t->room)
        return NULL;
    while (t->slots[(hash + reach) & (t->slots_len - 1)])
        reach++; /* ends: a quarter of the slots at most is taken */
    if (near && reach >= NEAR)
        return NULL;
    char *copy = jsonl_arena_copy(&t->texts, s, n);
    if (!copy)
        return NULL;
    struct name *name = &t->list[t->len++];
    *name = (struct name){.s = copy, .n = (uint32_t)n, .hash = hash};
    name_picture(name);
    t->slots[(hash + reach) & (t->slots_len - 1)] = (uint16_t)t->len;
    if (reach + 1 > t->reach)
        t->reach = reach + 1;
    return name;
}

/* Tables are told apart by their tags, so each tag is given once; who comes after the last has to do without. */
static uint16_t tag_take(void)
{
    static atomic_uint taken;
    unsigned tag = atomic_load(&taken);
    while (tag < UINT16_MAX && !atomic_compare_exchange_weak(&taken, &tag, tag + 1))
        ;
    return tag < UINT16_MAX ? (uint16_t)(tag + 1) : 0;
}

struct jsonl_names *jsonl_names_new(const struct jsonl_text *texts, size_t n)
{
    struct jsonl_names *t = n <= JSONL_NAMES_MAX ? malloc(sizeof *t) : NULL;
    if (!t)
        return NULL;
    if (!name_table_init(t, n)) {
        free(t);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t hash = name_hash(texts[i].s, texts[i].n);
        if (name_table_find(t, texts[i].s, texts[i].n, hash))
            continue;
        struct name *name = name_table_add(t, texts[i].s, texts[i].n, hash, false);
        if (!name) {
            jsonl_names_free(t);
            return NULL;
        }
        name->id = name->number = (uint16_t)t->len;
    }
    t->tag = tag_take();
    return t;
}

void jsonl_names_free(struct jsonl_names *t)
{
    if (!t)
        return;
    name_table_clear(t);
    free(t);
}

uint16_t jsonl_names_number(const struct jsonl_names *t, struct jsonl_text text)
{
    const struct name *name = name_table_find(t, text.s, text.n, name_hash(text.s, text.n));
    return name ? name->number : JSONL_NAME_OTHER;
}

bool jsonl_names_known(const struct jsonl_names *t, const struct jsonl_value *root)
{
    return t->tag && root->name == t->tag;
}
