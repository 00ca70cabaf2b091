/* SPDX-License-Identifier: Apache-2.0
 * Members of the same name: the last one wins, and the others leave no trace but a flag. */
#include "parse.h"

#include <stdlib.h>
#include <string.h>

/* Head, tail and length tell most keys of one object apart; it only has to be cheap. */
uint32_t parse_key_hash(const char *s, size_t n)
{
    uint64_t head = 0, tail = 0;
    if (n >= 8) {
        memcpy(&head, s, 8);
        memcpy(&tail, s + n - 8, 8);
    } else if (n >= 4) {
        uint32_t a, b;
        memcpy(&a, s, 4);
        memcpy(&b, s + n - 4, 4);
        head = a;
        tail = b;
    } else if (n > 0) {
        head = (unsigned char)s[0];
        tail = (uint64_t)(unsigned char)s[n / 2] << 8 | (unsigned char)s[n - 1];
    }
    uint64_t h = (head ^ (tail << 23 | tail >> 41) ^ n) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32);
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

bool parse_drop_duplicates(struct jsonl_parser *p, uint32_t at)
{
    enum { FEW = 48 };
    struct jsonl_value *values = p->values;
    uint32_t end = (uint32_t)p->len;
    uint32_t shadowed = 0;
    if (values[at].len <= FEW)
        shadowed = shadow_few(values, at + 1, end);
    else if (!shadow_many(p, at + 1, end, values[at].len, &shadowed))
        return false;
    if (shadowed == 0)
        return true;
    uint32_t to = at + 1;
    for (uint32_t key = at + 1, next; key < end; key = next) {
        next = member_after(values, key);
        if (values[key].flags & PARSE_SHADOWED)
            continue;
        memmove(&values[to], &values[key], (next - key) * sizeof *values);
        to += next - key;
    }
    p->len = to;
    values[at].len -= shadowed;
    values[at].flags |= JSONL_DUPLICATE;
    return true;
}
