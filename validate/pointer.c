/* SPDX-License-Identifier: Apache-2.0 */
#include "pointer.h"

#include "utf8.h"

#include <string.h>

/* How many bytes of a text its first `characters` take. */
static size_t bytes_of(const struct jsonl_value *text, size_t characters)
{
    size_t i = 0;
    for (; i < text->len; i++) {
        if (utf8_is_start(text->u.str[i]) && characters-- == 0)
            break;
    }
    return i;
}

static void token_write(struct jsonl_writer *w, const struct jsonl_value *key, size_t len)
{
    size_t from = 0;
    jsonl_write(w, "/", 1);
    for (size_t i = 0; i < len; i++) {
        char c = key->u.str[i];
        if (c != '~' && c != '/')
            continue;
        jsonl_write(w, key->u.str + from, i - from);
        jsonl_write(w, c == '~' ? "~0" : "~1", 2);
        from = i + 1;
    }
    jsonl_write(w, key->u.str + from, len - from);
}

const struct jsonl_value *pointer_child(const struct jsonl_value *holder, const struct jsonl_value *v, size_t *index)
{
    const struct jsonl_value *at = holder + 1;
    size_t own = holder->type == JSONL_OBJECT;
    for (*index = 0; v >= at + own + at[own].span; ++*index)
        at += own + at[own].span;
    return at;
}

static void pointer_tokens(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v,
                           bool cut)
{
    while (root < v) {
        size_t i;
        const struct jsonl_value *at = pointer_child(root, v, &i);
        if (root->type == JSONL_OBJECT) {
            size_t len = cut ? bytes_of(at, POINTER_SHOWN) : at->len;
            token_write(w, at, len);
            jsonl_puts(w, len < at->len ? "…" : "");
            if (v == at)
                return;
            root = at + 1;
        } else {
            jsonl_printf(w, "/%zu", i);
            root = at;
        }
    }
}

void pointer_write(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v)
{
    pointer_tokens(w, root, v, false);
}

void pointer_show(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v)
{
    pointer_tokens(w, root, v, true);
}

size_t pointer_depth(const struct jsonl_value *root, const struct jsonl_value *v)
{
    size_t depth = 0;
    for (size_t i; root < v; depth++) {
        const struct jsonl_value *at = pointer_child(root, v, &i);
        if (root->type == JSONL_OBJECT && v == at)
            break;
        root = root->type == JSONL_OBJECT ? at + 1 : at;
    }
    return depth;
}

const struct jsonl_value *pointer_parent(const struct jsonl_value *root, const struct jsonl_value *v)
{
    const struct jsonl_value *parent = NULL;
    while (root < v) {
        size_t i;
        const struct jsonl_value *at = pointer_child(root, v, &i);
        parent = root;
        if (v == at)
            break;
        root = root->type == JSONL_OBJECT ? at + 1 : at;
    }
    return parent;
}

const struct jsonl_value *pointer_key(const struct jsonl_value *root, const struct jsonl_value *v)
{
    const struct jsonl_value *parent = pointer_parent(root, v);
    size_t i;
    const struct jsonl_value *at = parent && parent->type == JSONL_OBJECT ? pointer_child(parent, v, &i) : NULL;
    return at && at + 1 == v ? at : NULL;
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
