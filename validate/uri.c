/* SPDX-License-Identifier: Apache-2.0 */
#include "uri.h"

#include "ascii.h"

#include <string.h>

/* The parts of a reference; s == NULL: not there.  The path always is. */
struct uri {
    struct jsonl_text scheme, authority, path, query;
};

size_t uri_scheme_length(struct jsonl_text t)
{
    size_t i = 0;
    while (i < t.n && (is_alphanumeric(t.s[i]) || (t.s[i] && strchr("+-.", t.s[i]))))
        i++;
    return i > 0 && i < t.n && t.s[i] == ':' && is_letter(t.s[0]) ? i : 0;
}

struct jsonl_text uri_cut(struct jsonl_text *t, const char *stops)
{
    size_t i = 0;
    while (i < t->n && !(t->s[i] && strchr(stops, t->s[i])))
        i++;
    struct jsonl_text head = {t->s, i};
    uri_skip(t, i);
    return head;
}

static struct uri uri_split(struct jsonl_text t)
{
    struct uri u = {0};
    t = uri_cut(&t, "#");
    size_t scheme = uri_scheme_length(t);
    if (scheme > 0) {
        u.scheme = (struct jsonl_text){t.s, scheme};
        uri_skip(&t, scheme + 1);
    }
    if (t.n >= 2 && t.s[0] == '/' && t.s[1] == '/') {
        uri_skip(&t, 2);
        u.authority = uri_cut(&t, "/?");
    }
    u.path = uri_cut(&t, "?");
    if (t.n > 0)
        u.query = (struct jsonl_text){t.s + 1, t.n - 1};
    return u;
}

/* Section 5.2.4, in place: "." goes, ".." takes the segment before it along.  The new length. */
static size_t remove_dots(char *path, size_t n)
{
    size_t out = 0, i = 0;
    bool rooted = n > 0 && path[0] == '/';
    if (rooted) {
        out = i = 1;
    }
    while (i <= n) {
        size_t end = i;
        while (end < n && path[end] != '/')
            end++;
        size_t len = end - i;
        bool last = end >= n;
        if (len == 2 && path[i] == '.' && path[i + 1] == '.') {
            if (out > rooted)
                out--; /* its slash */
            while (out > rooted && path[out - 1] != '/')
                out--;
        } else if (!(len == 1 && path[i] == '.')) {
            memmove(path + out, path + i, len);
            out += len;
            if (!last)
                path[out++] = '/';
        }
        i = end + 1;
    }
    return out;
}

static char *append(char *to, struct jsonl_text t)
{
    if (t.n > 0)
        memcpy(to, t.s, t.n);
    return to + t.n;
}

static struct jsonl_text before_last_slash(struct jsonl_text path)
{
    while (path.n > 0 && path.s[path.n - 1] != '/')
        path.n--;
    return path;
}

char *uri_resolve(struct jsonl_arena *a, const char *base, struct jsonl_text reference)
{
    struct uri b = uri_split((struct jsonl_text){base, strlen(base)}), r = uri_split(reference), t = r;
    struct jsonl_text head = {0}; /* of the base's path, before the reference's */
    bool merged = false;
    if (!r.scheme.s) {
        t.scheme = b.scheme;
        if (!r.authority.s) {
            t.authority = b.authority;
            if (r.path.n == 0) {
                t.path = b.path;
                if (!r.query.s)
                    t.query = b.query;
            } else if (r.path.s[0] != '/') {
                head = b.authority.s && b.path.n == 0 ? (struct jsonl_text){"/", 1} : before_last_slash(b.path);
                merged = true;
            }
        }
    }
    char *uri = jsonl_arena_alloc(a, strlen(base) + reference.n + 8, 1);
    if (!uri)
        return NULL;
    char *p = uri;
    if (t.scheme.s)
        p = append(append(p, t.scheme), (struct jsonl_text){":", 1});
    if (t.authority.s)
        p = append(append(p, (struct jsonl_text){"//", 2}), t.authority);
    char *path = p;
    p = append(append(p, head), t.path);
    if (merged || (path < p && *path == '/'))
        p = path + remove_dots(path, (size_t)(p - path));
    if (t.query.s)
        p = append(append(p, (struct jsonl_text){"?", 1}), t.query);
    *p = '\0';
    return uri;
}

struct jsonl_text uri_fragment(struct jsonl_arena *a, struct jsonl_text reference, bool *failed)
{
    uri_cut(&reference, "#");
    if (reference.n == 0)
        return (struct jsonl_text){0};
    uri_skip(&reference, 1);
    char *out = jsonl_arena_copy(a, reference.s, reference.n);
    if (!out) {
        *failed = true;
        return (struct jsonl_text){0};
    }
    size_t n = 0;
    for (size_t i = 0; i < reference.n; i++) {
        const char *s = reference.s + i;
        if (*s == '%' && reference.n - i > 2 && is_hex(s[1]) && is_hex(s[2])) {
            out[n++] = (char)(hex_value(s[1]) * 16 + hex_value(s[2]));
            i += 2;
        } else {
            out[n++] = *s;
        }
    }
    return (struct jsonl_text){out, n};
}
