/* SPDX-License-Identifier: Apache-2.0
 * Finding members, and taking values as text and numbers. */
#include "ascii.h"
#include "jsonl.h"

#include <math.h>
#include <string.h>

const struct jsonl_value *jsonl_member(const struct jsonl_value *v, struct jsonl_text name)
{
    if (!v || v->type != JSONL_OBJECT || !name.s)
        return NULL;
    const struct jsonl_value *end = v + v->span;
    for (const struct jsonl_value *key = v + 1; key < end; key += 1 + key[1].span)
        if (key->len == name.n && memcmp(key->u.str, name.s, name.n) == 0)
            return key + 1;
    return NULL;
}

const struct jsonl_value *jsonl_get(const struct jsonl_value *v, const char *name)
{
    return jsonl_member(v, (struct jsonl_text){name, strlen(name)});
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

int jsonl_text_compare_nocase(struct jsonl_text a, struct jsonl_text b)
{
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        int order = (unsigned char)lower_case(a.s[i]) - (unsigned char)lower_case(b.s[i]);
        if (order)
            return order;
    }
    return (a.n > b.n) - (a.n < b.n);
}
