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

struct jsonl_text pointer_token(struct jsonl_arena *a, struct jsonl_text *pointer, bool *failed)
{
    struct jsonl_text token = {pointer->s + 1, 0};
    bool escaped = false;
    while (token.n + 1 < pointer->n && token.s[token.n] != '/')
        escaped = token.s[token.n++] == '~' || escaped;
    pointer->s += 1 + token.n;
    pointer->n -= 1 + token.n;
    if (!escaped)
        return token;
    char *decoded = jsonl_arena_copy(a, token.s, token.n);
    size_t n = 0;
    *failed = !decoded;
    for (size_t i = 0; decoded && i < token.n; i++) { /* ~1 is / and ~0 is ~ */
        char c = token.s[i];
        if (c == '~') {
            c = ++i < token.n && (token.s[i] == '0' || token.s[i] == '1') ? token.s[i] : '\0';
            if (!c)
                return (struct jsonl_text){0};
            c = c == '0' ? '~' : '/';
        }
        decoded[n++] = c;
    }
    return (struct jsonl_text){decoded, n};
}

const struct jsonl_value *pointer_element(const struct jsonl_value *v, struct jsonl_text token)
{
    uint64_t index = 0;
    if (v->type != JSONL_ARRAY || token.n == 0 || token.n > 10 || (token.n > 1 && token.s[0] == '0'))
        return NULL;
    for (size_t i = 0; i < token.n; i++) {
        if (token.s[i] < '0' || token.s[i] > '9')
            return NULL;
        index = index * 10 + (uint64_t)(token.s[i] - '0');
    }
    if (index >= v->len)
        return NULL;
    for (v++; index > 0; index--)
        v += v->span;
    return v;
}
