/* SPDX-License-Identifier: Apache-2.0 */
#include "pointer.h"

#include <string.h>

static void token_write(struct jsonl_writer *w, const struct jsonl_value *key)
{
    jsonl_puts(w, "/");
    for (size_t i = 0; i < key->len; i++) {
        const char *s = key->u.str + i;
        if (*s == '~')
            jsonl_puts(w, "~0");
        else if (*s == '/')
            jsonl_puts(w, "~1");
        else
            jsonl_write(w, s, 1);
    }
}

void pointer_write(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v)
{
    while (root < v) {
        const struct jsonl_value *at = root + 1;
        if (root->type == JSONL_OBJECT) {
            while (v >= at + 1 + at[1].span)
                at += 1 + at[1].span;
            token_write(w, at);
            if (v == at)
                return;
            root = at + 1;
        } else {
            size_t i = 0;
            for (; v >= at + at->span; i++)
                at += at->span;
            jsonl_printf(w, "/%zu", i);
            root = at;
        }
    }
}

/* Compares a key with a pointer's token, in which ~1 is / and ~0 is ~. */
static bool token_is(struct jsonl_text token, const struct jsonl_value *key)
{
    size_t k = 0;
    for (size_t i = 0; i < token.n; i++, k++) {
        char c = token.s[i];
        if (c == '~') {
            if (++i == token.n || (token.s[i] != '0' && token.s[i] != '1'))
                return false;
            c = token.s[i] == '0' ? '~' : '/';
        }
        if (k >= key->len || key->u.str[k] != c)
            return false;
    }
    return k == key->len;
}

static const struct jsonl_value *member_of(const struct jsonl_value *object, struct jsonl_text token)
{
    const struct jsonl_value *key = object + 1;
    for (uint32_t i = 0; i < object->len; i++, key += 1 + key[1].span) {
        if (token_is(token, key))
            return key + 1;
    }
    return NULL;
}

static const struct jsonl_value *element_of(const struct jsonl_value *array, struct jsonl_text token)
{
    uint64_t index = 0;
    if (token.n == 0 || token.n > 10 || (token.n > 1 && token.s[0] == '0'))
        return NULL;
    for (size_t i = 0; i < token.n; i++) {
        if (token.s[i] < '0' || token.s[i] > '9')
            return NULL;
        index = index * 10 + (uint64_t)(token.s[i] - '0');
    }
    if (index >= array->len)
        return NULL;
    const struct jsonl_value *v = array + 1;
    for (; index > 0; index--)
        v += v->span;
    return v;
}

const struct jsonl_value *pointer_follow(const struct jsonl_value *root, struct jsonl_text pointer)
{
    if (pointer.n > 0 && pointer.s[0] != '/')
        return NULL;
    while (root && pointer.n > 0) {
        pointer.s++;
        pointer.n--;
        struct jsonl_text token = {pointer.s, 0};
        while (token.n < pointer.n && token.s[token.n] != '/')
            token.n++;
        pointer.s += token.n;
        pointer.n -= token.n;
        root = root->type == JSONL_OBJECT  ? member_of(root, token)
               : root->type == JSONL_ARRAY ? element_of(root, token)
                                           : NULL;
    }
    return root;
}
