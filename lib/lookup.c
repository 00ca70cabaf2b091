/* SPDX-License-Identifier: Apache-2.0
 * Finding members, and taking values as text and numbers. */
#include "jsonl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct jsonl_value *jsonl_get(const struct jsonl_value *v, const char *name)
{
    if (!v || v->type != JSONL_OBJECT)
        return NULL;
    size_t n = strlen(name);
    const struct jsonl_value *end = v + v->span;
    for (const struct jsonl_value *key = v + 1; key < end; key += 1 + key[1].span)
        if (key->len == n && memcmp(key->u.str, name, n) == 0)
            return key + 1;
    return NULL;
}

struct jsonl_text jsonl_text(const struct jsonl_value *v)
{
    if (!v || v->type != JSONL_STRING)
        return (struct jsonl_text){NULL, 0};
    return (struct jsonl_text){v->u.str, v->len};
}

double jsonl_number(const struct jsonl_value *v)
{
    return v && v->type == JSONL_NUMBER ? v->u.num : (double)NAN;
}

bool jsonl_text_is(struct jsonl_text t, const char *string)
{
    return t.s && t.n == strlen(string) && memcmp(t.s, string, t.n) == 0;
}

int jsonl_text_compare(struct jsonl_text a, struct jsonl_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

int jsonl_text_compare_nocase(struct jsonl_text a, struct jsonl_text b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int order = ascii_lower(a.s[i]) - ascii_lower(b.s[i]);
        if (order)
            return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}

/* For each position of a key the name that stood there last; names are few, so a miss looks at all of them. */
enum { KEYS_POSITIONS = 64 };

struct keys_name {
    const char *s;
    size_t n;
};

struct jsonl_keys {
    size_t len;
    int last[KEYS_POSITIONS]; /* index of the name last seen at this position; -1: none */
    struct keys_name names[];
};

struct jsonl_keys *jsonl_keys_new(const char *const *names, size_t n)
{
    struct jsonl_keys *k = malloc(sizeof *k + n * sizeof k->names[0]);
    if (!k)
        return NULL;
    k->len = n;
    for (size_t i = 0; i < n; i++)
        k->names[i] = (struct keys_name){names[i], strlen(names[i])};
    for (size_t i = 0; i < KEYS_POSITIONS; i++)
        k->last[i] = -1;
    return k;
}

void jsonl_keys_free(struct jsonl_keys *k)
{
    free(k);
}

int jsonl_keys_find(struct jsonl_keys *k, size_t position, const struct jsonl_value *key)
{
    size_t slot = position < KEYS_POSITIONS ? position : KEYS_POSITIONS - 1;
    int guess = k->last[slot];
    if (guess >= 0 && k->names[guess].n == key->len && memcmp(k->names[guess].s, key->u.str, key->len) == 0)
        return guess;
    for (size_t i = 0; i < k->len; i++)
        if (k->names[i].n == key->len && memcmp(k->names[i].s, key->u.str, key->len) == 0)
            return k->last[slot] = (int)i;
    return -1;
}
