/* SPDX-License-Identifier: Apache-2.0
 * The names of members: found again, learned, and when they come twice in an object, the last one wins, and the others
 * leave no trace but a flag. */
#include "parser.h"

#include <stdlib.h>
#include <string.h>

/* The name of a key that was read: looked up, or learned. */
static const struct name *name_of(struct jsonl_parser *p, const struct jsonl_value *key, uint32_t hash)
{
    const struct name *known = p->given ? name_table_find(p->given, key->u.str, key->len, hash) : NULL;
    if (!known)
        known = name_table_find(&p->learned, key->u.str, key->len, hash);
    if (known || key->len > NAME_MAX)
        return known;
    struct name *name = name_table_add(&p->learned, key->u.str, key->len, hash, true);
    if (!name)
        return NULL;
    name->id = (uint16_t)((p->given ? p->given->len : 0) + p->learned.len);
    name->number = JSONL_NAME_OTHER;
    return name;
}

const char *parse_key_other(struct jsonl_parser *parser, struct parse_seen *seen, struct jsonl_value *v, const char *p)
{
    p = parse_string(parser, v, p);
    if (!p)
        return NULL;
    uint32_t hash = name_hash(v->u.str, v->len);
    const struct name *name = name_of(parser, v, hash);
    if (!name) {
        v->name = JSONL_NAME_OTHER;
        parser->last = 0;
        parse_seen_note(seen, hash >> 22);
        return p;
    }
    v->name = name->number;
    struct parse_followers *followers = &parser->followers[parser->last];
    *(followers->first->id ? &followers->other : &followers->first) = name;
    parser->last = name->id;
    parse_seen_note(seen, name->id);
    return p;
}

static bool key_equal(const struct jsonl_value *a, const struct jsonl_value *b)
{
    return a->len == b->len && memcmp(a->u.str, b->u.str, a->len) == 0;
}

static uint32_t member_after(const struct jsonl_value *values, uint32_t key)
{
    return key + 1 + values[key + 1].span;
}

/* Marks keys that come again later; returns how many.  Few members: each against those before it. */
static uint32_t shadow_few(struct jsonl_value *values, uint32_t first, uint32_t end)
{
    uint32_t shadowed = 0;
    for (uint32_t key = first; key < end; key = member_after(values, key)) {
        for (uint32_t earlier = first; earlier < key; earlier = member_after(values, earlier)) {
            if (!(values[earlier].flags & PARSE_SHADOWED) && key_equal(&values[earlier], &values[key])) {
                values[earlier].flags |= PARSE_SHADOWED;
                shadowed++;
            }
        }
    }
    return shadowed;
}

static int key_order(const void *a, const void *b)
{
    const struct parse_key *x = a, *y = b;
    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    int order = memcmp(x->s, y->s, x->len);
    return order ? order : x->at < y->at ? -1 : 1;
}

/* Many: sorted, so that no choice of names makes it slow. */
static bool shadow_many(struct jsonl_parser *p, uint32_t first, uint32_t end, uint32_t members, uint32_t *shadowed)
{
    if (members > p->keys_cap) {
        free(p->keys);
        p->keys_cap = 0;
        p->keys = malloc((size_t)members * sizeof *p->keys);
        if (!p->keys)
            return false;
        p->keys_cap = members;
    }
    uint32_t n = 0;
    for (uint32_t key = first; key < end; key = member_after(p->values, key))
        p->keys[n++] = (struct parse_key){p->values[key].u.str, p->values[key].len, key};
    qsort(p->keys, n, sizeof *p->keys, key_order);
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (key_equal(&p->values[p->keys[i].at], &p->values[p->keys[i + 1].at])) {
            p->values[p->keys[i].at].flags |= PARSE_SHADOWED;
            ++*shadowed;
        }
    }
    return true;
}

bool parse_shadow_duplicates(struct jsonl_parser *p, struct jsonl_value *object, const struct jsonl_value *end)
{
    enum { FEW = 48 };
    uint32_t first = (uint32_t)(object + 1 - p->values), last = (uint32_t)(end - p->values);
    uint32_t shadowed = 0;
    if (object->len <= FEW)
        shadowed = shadow_few(p->values, first, last);
    else if (!shadow_many(p, first, last, object->len, &shadowed))
        return false;
    if (shadowed == 0)
        return true;
    object->len -= shadowed;
    object->flags |= JSONL_DUPLICATE;
    p->shadowed = true;
    return true;
}

/* In one pass over all values, so that objects within objects take no longer. */
void parse_drop_shadowed(struct jsonl_parser *p, const struct jsonl_value *end)
{
    const struct jsonl_value *ends[JSONL_DEPTH_MAX]; /* of the containers that are open, where they were */
    struct jsonl_value *to = p->values;
    uint32_t depth = 0;
    p->shadowed = false;
    for (const struct jsonl_value *v = p->values;;) {
        for (; depth > 0 && v == ends[depth - 1]; depth--)
            p->values[p->open[depth - 1]].span = (uint32_t)(to - p->values) - p->open[depth - 1];
        if (v == end)
            return;
        if (v->flags & PARSE_SHADOWED) {
            v += 1 + v[1].span;
            continue;
        }
        if (v->span > 1) {
            p->open[depth] = (uint32_t)(to - p->values);
            ends[depth++] = v + v->span;
        }
        *to++ = *v++;
    }
}
