/* SPDX-License-Identifier: Apache-2.0
 * A place in a text that is read from its start to its end; the text need not end in NUL. */
#ifndef MEMMON_CURSOR_H
#define MEMMON_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cursor {
    const char *at, *end;
};

static inline void cursor_skip_blanks(struct cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t'))
        c->at++;
}

/* Moves behind a word (string) if it stands here. */
static inline bool cursor_match(struct cursor *c, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0)
        return false;
    c->at += n;
    return true;
}

/* Moves behind a decimal number after blanks; false: there is none, or it does not fit. */
static inline bool cursor_number(struct cursor *c, uint64_t *out)
{
    cursor_skip_blanks(c);
    if (c->at == c->end || *c->at < '0' || *c->at > '9')
        return false;
    uint64_t v = 0;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        uint64_t digit = (uint64_t)(*c->at - '0');
        if (v > (UINT64_MAX - digit) / 10)
            return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}

/* Bytes up to the line's end, without it; and moving behind that. */
static inline size_t cursor_line(const struct cursor *c)
{
    size_t rest = (size_t)(c->end - c->at);
    const char *lf = rest ? memchr(c->at, '\n', rest) : NULL;
    return lf ? (size_t)(lf - c->at) : rest;
}

static inline void cursor_next_line(struct cursor *c)
{
    c->at += cursor_line(c);
    c->at += c->at < c->end;
}

#endif
