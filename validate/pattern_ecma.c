/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern_ecma.h"

#include "ascii.h"
#include "clip.h"
#include "no_memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NESTING_MAX = 250, GROUPS_MAX = 65535 };

bool expression_error(struct expression *x, const char *format, ...)
{
    char message[160];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    jsonl_error_set(x->err, "not a regular expression: %s, at character %zu", message,
                    utf8_count(x->start, (size_t)(x->s - x->start)) + 1);
    return false;
}

void pattern_puts(struct jsonl_writer *w, const char *string)
{
    if (w)
        jsonl_puts(w, string);
}

uint32_t expression_character(struct expression *x)
{
    const char *s = x->s;
    size_t n = *s & 0x80 ? utf8_sequence(s, (size_t)(x->end - s)) : 0;
    x->s += n ? n : 1;
    return n ? utf8_code_point(s, n) : (unsigned char)*s;
}

void character_write(struct jsonl_writer *w, uint32_t c)
{
    bool plain = c < 0x80 && (is_alphanumeric((char)c) || c == ' ' || c == '_');
    if (!w || (c >= 0xd800 && c <= 0xdfff))
        return;
    char ascii = (char)c;
    if (plain)
        jsonl_write(w, &ascii, 1);
    else
        jsonl_printf(w, "\\x{%lx}", (unsigned long)c);
}

/* Whether a text is next; it is taken then. */
static bool take(struct expression *x, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(x->end - x->s) < n || memcmp(x->s, text, n) != 0)
        return false;
    x->s += n;
    return true;
}

/* ---- Groups ---- */

/* The name behind "(?<"; s == NULL: it is not well made. */
static struct jsonl_text group_name(const char *s, const char *end)
{
    struct jsonl_text name = {s, 0};
    for (; s < end && *s != '>'; s++, name.n++) {
        bool letter = is_letter(*s) || strchr("$_", *s) || (*s & 0x80);
        if (!*s || !(letter || (is_digit(*s) && name.n > 0)))
            return (struct jsonl_text){0};
    }
    return s < end && name.n > 0 ? name : (struct jsonl_text){0};
}

/* Counts the groups that capture and notes their names, before the rest is read: references may come first. */
static bool groups_find(struct expression *x)
{
    bool in_class = false;
    for (; x->s < x->end; x->s++) {
        if (*x->s == '\\' && x->s + 1 < x->end) {
            x->s++;
            continue;
        }
        in_class = *x->s == '[' || (in_class && *x->s != ']');
        if (*x->s != '(' || in_class)
            continue;
        bool special = x->end - x->s > 1 && x->s[1] == '?';
        bool named = special && x->end - x->s > 2 && x->s[2] == '<' &&
                     !(x->end - x->s > 3 && (x->s[3] == '=' || x->s[3] == '!'));
        if (special && !named)
            continue;
        x->groups++;
        if (x->groups > GROUPS_MAX)
            return expression_error(x, "more than %d groups", GROUPS_MAX);
        struct jsonl_text name = named ? group_name(x->s + 3, x->end) : (struct jsonl_text){0};
        if (named && !name.s)
            return expression_error(x, "a group's name should be letters, digits, $ and _, and end with >");
        if (named && table_find(&x->names, NULL, name))
            return expression_error(x, "two groups have the name %.*s", clip(name, 40), name.s);
        if (named && !table_add(&x->names, NULL, name, (void *)(uintptr_t)x->groups))
            return expression_error(x, NO_MEMORY);
    }
    x->s = x->start;
    return true;
}

/* What may follow a "(", and what it is in PCRE2's words: the name of a group is left to us. */
static const struct opening {
    const char *ecma, *pcre;
    bool assertion; /* which cannot be repeated */
} openings[] = {
    {"(?:", "(?:", false},  {"(?=", "(?=", true}, {"(?!", "(?!", true}, {"(?<=", "(?<=", true},
    {"(?<!", "(?<!", true}, {"(?<", "(", false},  {"(?", NULL, false},  {"(", "(", false},
};

static bool group_open(struct expression *x, bool *assertion)
{
    const struct opening *o = openings;
    const char *from = x->s;
    while (!take(x, o->ecma))
        o++;
    if (!o->pcre) {
        x->s = from;
        return expression_error(x, "(? should be followed by :, =, !, <=, <! or <name>");
    }
    *assertion = o->assertion;
    pattern_puts(x->w, o->pcre);
    if (o == &openings[5]) /* named: groups_find saw that it is well made */
        x->s = (const char *)memchr(x->s, '>', (size_t)(x->end - x->s)) + 1;
    return true;
}

/* ---- Quantifiers ---- */

/* A number, held to what PCRE2 takes and one more. */
static bool number_take(struct expression *x, unsigned *out)
{
    const char *first = x->s;
    for (*out = 0; x->s < x->end && is_digit(*x->s); x->s++)
        *out = *out * 10 + (unsigned)(*x->s - '0') > 65535 ? 65536 : *out * 10 + (unsigned)(*x->s - '0');
    return x->s > first;
}

/* {2}, {2,} or {2,3}, of which the brace is next. */
static bool braces_take(struct expression *x)
{
    unsigned least, most = 0;
    bool open = false;
    const char *from = x->s++;
    bool ok = number_take(x, &least);
    if (ok && take(x, ",")) {
        open = !number_take(x, &most);
    } else {
        most = least;
    }
    if (!ok || !take(x, "}")) {
        x->s = from;
        return expression_error(x, "{ should be written \\{, or be followed by numbers and }");
    }
    if (!open && most < least)
        return expression_error(x, "the numbers in {%u,%u} are out of order", least, most);
    if (least > 65535 || most > 65535)
        return expression_error(x, "more than 65535 repetitions are too many");
    if (x->w && open)
        jsonl_printf(x->w, "{%u,}", least);
    else if (x->w)
        jsonl_printf(x->w, "{%u,%u}", least, most);
    return true;
}

/* A quantifier if there is one. */
static bool quantifier_translate(struct expression *x, bool repeatable)
{
    char c = x->s < x->end ? *x->s : 0;
    if (!c || !strchr("*+?{", c))
        return true;
    if (!repeatable)
        return expression_error(x, "there is nothing that %c could repeat", c);
    if (c == '{') {
        if (!braces_take(x))
            return false;
    } else {
        if (x->w)
            jsonl_write(x->w, x->s, 1);
        x->s++;
    }
    if (take(x, "?"))
        pattern_puts(x->w, "?");
    return true;
}

/* ---- The expression ---- */

static bool escape_translate(struct expression *x, bool *repeatable)
{
    struct escape escape;
    if (!escape_take(x, false, &escape))
        return false;
    *repeatable = escape.kind != ESCAPE_ASSERTION;
    if (escape.kind == ESCAPE_CHARACTER && escape.character >= 0xd800 && escape.character <= 0xdfff)
        pattern_puts(x->w, "(?!)");
    else if (escape.kind == ESCAPE_CHARACTER)
        character_write(x->w, escape.character);
    return true;
}

/* One term without its quantifier, for what is neither group nor alternative. */
static bool term_translate(struct expression *x, bool *repeatable)
{
    *repeatable = true;
    switch (*x->s) {
    case '\\':
        return escape_translate(x, repeatable);
    case '[':
        return class_translate(x);
    case '.':
        pattern_puts(x->w, "[^\\n\\r\\x{2028}\\x{2029}]");
        x->s++;
        return true;
    case '^':
    case '$':
        pattern_puts(x->w, *x->s++ == '^' ? "^" : "$");
        *repeatable = false;
        return true;
    case ']':
    case '}':
        return expression_error(x, "%c should be written \\%c", *x->s, *x->s);
    case '*':
    case '+':
    case '?':
    case '{':
        *repeatable = false; /* the quantifier that follows says why */
        return true;
    default:
        character_write(x->w, expression_character(x));
        return true;
    }
}

static bool is_reference(const char *term)
{
    return *term == '\\' && strchr("123456789k", term[1]);
}

static bool expression_translate(struct expression *x)
{
    bool assertions[NESTING_MAX]; /* of the groups that are open */
    size_t depth = 0;
    while (x->s < x->end) {
        const char *term = x->s;
        bool repeatable = false;
        if (*x->s == '(') {
            if (depth == NESTING_MAX)
                return expression_error(x, "groups are nested more than %d deep", NESTING_MAX);
            if (!group_open(x, &assertions[depth++]))
                return false;
        } else if (*x->s == ')') {
            if (depth == 0)
                return expression_error(x, ") closes no group; for itself it should be written \\)");
            x->s++;
            pattern_puts(x->w, ")");
            repeatable = !assertions[--depth];
        } else if (*x->s == '|') {
            x->s++;
            pattern_puts(x->w, "|");
        } else if (!term_translate(x, &repeatable)) {
            return false;
        }
        const char *behind = x->s;
        if (!quantifier_translate(x, repeatable))
            return false;
        if (x->s > behind || is_reference(term)) /* this may have taken as long as the text is */
            pattern_puts(x->w, "(?C)");
    }
    return depth == 0 || expression_error(x, "a group lacks its )");
}

bool pattern_translate(struct jsonl_writer *w, struct jsonl_text regex, struct jsonl_error *err)
{
    struct expression x = {.s = regex.s, .end = regex.s + regex.n, .start = regex.s, .w = w, .err = err};
    bool ok = groups_find(&x) && expression_translate(&x);
    table_free(&x.names);
    return ok;
}
