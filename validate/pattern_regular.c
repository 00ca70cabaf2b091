/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern_regular.h"

#include "ascii.h"

#include <string.h>

enum { REPEAT_MAX = 100, GROUPS_MAX = 20, ATOMS_MAX = 2000 };

struct parser {
    struct regular *r;
    const char *p, *end;
    unsigned groups;   /* that are open */
    unsigned atoms;    /* read so far: repetitions of nothing come to an end, too */
    bool alternatives; /* outside of all groups */
    bool failed;
};

/* Part of an expression: what it can begin and end with. */
struct fragment {
    struct positions first, last;
    bool empty; /* the empty text is in it */
};

static bool at_char(const struct parser *p, char c)
{
    return p->p < p->end && *p->p == c;
}

static bool take(struct parser *p, char c)
{
    bool there = at_char(p, c);
    p->p += there;
    return there;
}

static struct fragment fail(struct parser *p)
{
    p->failed = true;
    p->p = p->end;
    return (struct fragment){.empty = true};
}

static void link(struct regular *r, const struct positions *from, const struct positions *to)
{
    for (size_t i = 0; i < r->n; i++) {
        if (positions_have(from, i))
            positions_join(&r->follow[i], to);
    }
}

static struct fragment sequence(struct regular *r, struct fragment a, struct fragment b)
{
    link(r, &a.last, &b.first);
    if (a.empty)
        positions_join(&a.first, &b.first);
    if (b.empty)
        positions_join(&b.last, &a.last);
    return (struct fragment){a.first, b.last, a.empty && b.empty};
}

/* ---- Characters ---- */

static void bytes_add(uint64_t bytes[4], unsigned first, unsigned last)
{
    for (unsigned c = first; c <= last; c++)
        bytes[c / 64] |= UINT64_C(1) << c % 64;
}

static bool shorthand_add(uint64_t bytes[4], char c)
{
    if (c == 'w') {
        bytes_add(bytes, 'A', 'Z');
        bytes_add(bytes, 'a', 'z');
        bytes_add(bytes, '_', '_');
    }
    bytes_add(bytes, '0', '9');
    return c == 'w' || c == 'd';
}

/* The character after a backslash; -1: it is more than that. */
static int escaped(char c)
{
    static const char letters[] = "tnvfr", controls[] = "\t\n\v\f\r";
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter)
        return controls[letter - letters];
    return c && strchr("^$\\.*+?()[]{}|/-", c) ? c : -1;
}

/* One character of a class or outside; -1: none that is simple.  *shorthand: it is \d or \w, and in `bytes`. */
static int char_parse(struct parser *p, uint64_t bytes[4], bool *shorthand)
{
    *shorthand = false;
    if (p->p == p->end || (unsigned char)*p->p >= 0x80)
        return -1;
    if (!take(p, '\\'))
        return (unsigned char)*p->p++;
    if (p->p == p->end)
        return -1;
    char c = *p->p++;
    *shorthand = (c == 'd' || c == 'w') && shorthand_add(bytes, c);
    return *shorthand ? c : escaped(c);
}

/* Behind the bracket. */
static bool class_parse(struct parser *p, uint64_t bytes[4])
{
    bool shorthand;
    if (at_char(p, '^') || at_char(p, ']'))
        return false;
    while (!take(p, ']')) {
        int first = char_parse(p, bytes, &shorthand), last = first;
        bool range = at_char(p, '-') && p->end - p->p > 1 && p->p[1] != ']';
        if (first < 0 || (range && shorthand))
            return false;
        if (range) {
            p->p++;
            last = char_parse(p, bytes, &shorthand);
            if (last < first || shorthand)
                return false;
        }
        if (!shorthand)
            bytes_add(bytes, (unsigned)first, (unsigned)last);
    }
    return true;
}

static struct fragment position_new(struct parser *p, const uint64_t bytes[4])
{
    struct fragment f = {.empty = false};
    if (p->r->n == POSITIONS_MAX)
        return fail(p);
    memcpy(p->r->matches[p->r->n], bytes, sizeof p->r->matches[0]);
    positions_add(&f.first, p->r->n);
    positions_add(&f.last, p->r->n++);
    return f;
}

/* ---- Expressions ---- */

static struct fragment alternatives_parse(struct parser *p);

static struct fragment group_parse(struct parser *p)
{
    if (p->groups == GROUPS_MAX)
        return fail(p);
    if (take(p, '?') && !take(p, ':'))
        return fail(p);
    p->groups++;
    struct fragment f = alternatives_parse(p);
    p->groups--;
    return take(p, ')') ? f : fail(p);
}

static struct fragment atom_parse(struct parser *p)
{
    uint64_t bytes[4] = {0};
    bool shorthand;
    if (p->atoms++ == ATOMS_MAX)
        return fail(p);
    if (take(p, '('))
        return group_parse(p);
    if (take(p, '['))
        return class_parse(p, bytes) ? position_new(p, bytes) : fail(p);
    if (p->p < p->end && strchr("^$.*+?]{}", *p->p))
        return fail(p);
    int c = char_parse(p, bytes, &shorthand);
    if (c < 0)
        return fail(p);
    if (!shorthand)
        bytes_add(bytes, (unsigned)c, (unsigned)c);
    return position_new(p, bytes);
}

static size_t number_parse(struct parser *p)
{
    size_t n = 0;
    for (; p->p < p->end && is_digit(*p->p); p->p++)
        n = n > REPEAT_MAX ? n : n * 10 + (size_t)(*p->p - '0');
    return n;
}

/* Sets how often what stands before may come; *most SIZE_MAX: any number of times. */
static void quantifier_parse(struct parser *p, size_t *least, size_t *most)
{
    *least = *most = 1;
    if (take(p, '*')) {
        *least = 0;
        *most = SIZE_MAX;
    } else if (take(p, '+')) {
        *most = SIZE_MAX;
    } else if (take(p, '?')) {
        *least = 0;
    } else if (take(p, '{')) {
        *least = *most = number_parse(p);
        if (take(p, ','))
            *most = at_char(p, '}') ? SIZE_MAX : number_parse(p);
        if (!take(p, '}') || *least > REPEAT_MAX || (*most > REPEAT_MAX && *most != SIZE_MAX))
            fail(p);
    } else {
        return;
    }
    take(p, '?'); /* which of several matches is found does not matter */
}

/* An atom with its quantifier: it is read again for each time that it may come. */
static struct fragment term_parse(struct parser *p)
{
    const char *start = p->p;
    size_t before = p->r->n, least, most;
    struct fragment all = atom_parse(p);
    quantifier_parse(p, &least, &most);
    const char *behind = p->p;
    if (p->failed || (least == 1 && most == 1))
        return all;
    if (most == 0) {
        p->r->n = before;
        memset(p->r->follow + before, 0, (POSITIONS_MAX - before) * sizeof p->r->follow[0]);
        return (struct fragment){.empty = true};
    }
    all.empty = all.empty || least == 0;
    struct fragment one = all;
    size_t times = most == SIZE_MAX ? least : most;
    for (size_t i = 1; i < times && !p->failed; i++) {
        p->p = start;
        one = atom_parse(p);
        one.empty = one.empty || i >= least;
        all = sequence(p->r, all, one);
    }
    if (most == SIZE_MAX)
        link(p->r, &one.last, &one.first);
    p->p = p->failed ? p->end : behind;
    return all;
}

static bool sequence_ends(const struct parser *p)
{
    return p->p == p->end || *p->p == '|' || *p->p == ')' || (*p->p == '$' && p->p + 1 == p->end);
}

static struct fragment alternatives_parse(struct parser *p)
{
    struct fragment all = {.empty = false};
    do {
        struct fragment one = {.empty = true};
        while (!p->failed && !sequence_ends(p))
            one = sequence(p->r, one, term_parse(p));
        positions_join(&all.first, &one.first);
        positions_join(&all.last, &one.last);
        all.empty = all.empty || one.empty;
        if (p->groups == 0 && at_char(p, '|'))
            p->alternatives = true;
    } while (!p->failed && take(p, '|'));
    return all;
}

bool regular_parse(struct regular *r, struct jsonl_text regex)
{
    static const uint64_t any[4] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    struct parser p = {.r = r, .p = regex.s, .end = regex.s + regex.n};
    *r = (struct regular){.n = 1};
    struct fragment all = {.empty = false};
    positions_add(&all.first, 0);
    positions_add(&all.last, 0);
    bool from_the_start = take(&p, '^');
    if (!from_the_start) { /* anything may stand before */
        struct fragment before = position_new(&p, any);
        link(r, &before.last, &before.first);
        before.empty = true;
        all = sequence(r, all, before);
    }
    all = sequence(r, all, alternatives_parse(&p));
    r->to_the_end = take(&p, '$');
    r->last = all.last;
    return !p.failed && p.p == p.end && !(p.alternatives && (from_the_start || r->to_the_end));
}
