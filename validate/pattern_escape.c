/* SPDX-License-Identifier: Apache-2.0
 * What starts with a backslash. */
#include "pattern_ecma.h"

#include "ascii.h"
#include "clip.h"

#include <string.h>

/* WhiteSpace and LineTerminator of ECMA-262, and all else, as the inside of a class. */
#define SPACES "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
#define NO_SPACES                                                                                               \
    "\\x00-\\x08\\x0e-\\x1f!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}" \
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

/* n hexadecimal digits at s, -1: they are not there. */
static long hex_at(const char *s, const char *end, int n)
{
    long value = 0;
    for (; n > 0; n--, s++) {
        if (s >= end || hex_value(*s) < 0)
            return -1;
        value = value * 16 + hex_value(*s);
    }
    return value;
}

/* Behind "\u": four digits, two of them that make a surrogate pair, or any number in braces. */
static bool unicode_take(struct expression *x, uint32_t *out)
{
    if (x->s < x->end && *x->s == '{') {
        const char *s = x->s + 1;
        uint32_t value = 0;
        for (; s < x->end && hex_value(*s) >= 0 && value <= 0x10ffff; s++)
            value = value * 16 + (uint32_t)hex_value(*s);
        if (s == x->s + 1 || s == x->end || *s != '}' || value > 0x10ffff)
            return expression_error(x, "\\u{ should be followed by the number of a character, up to 10ffff, and }");
        x->s = s + 1;
        *out = value;
        return true;
    }
    long first = hex_at(x->s, x->end, 4);
    if (first < 0)
        return expression_error(x, "\\u should be followed by four hexadecimal digits, or a number in braces");
    x->s += 4;
    bool pair = first >= 0xd800 && first <= 0xdbff && x->end - x->s >= 6 && x->s[0] == '\\' && x->s[1] == 'u';
    long second = pair ? hex_at(x->s + 2, x->end, 4) : -1;
    pair = second >= 0xdc00 && second <= 0xdfff;
    x->s += pair ? 6 : 0;
    *out = (uint32_t)(pair ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : first);
    return true;
}

/* Behind "\p" or "\P". */
static bool property_take(struct expression *x, bool negated)
{
    const char *close = x->s < x->end && *x->s == '{' ? memchr(x->s, '}', (size_t)(x->end - x->s)) : NULL;
    if (!close)
        return expression_error(x, "\\p should be followed by a property in braces");
    struct jsonl_text name = {x->s + 1, (size_t)(close - x->s) - 1};
    if (!property_write(x->w, negated, name))
        return expression_error(x, "there is no property \"%.*s\"", clip(name, 40), name.s);
    x->s = close + 1;
    return true;
}

static bool reference_write(struct expression *x, size_t group)
{
    if (group == 0 || group > x->groups)
        return expression_error(x, "there is no such group to refer to");
    if (x->w)
        jsonl_printf(x->w, "\\g{%zu}", group);
    return true;
}

/* Behind "\k". */
static bool named_reference_take(struct expression *x)
{
    const char *close = x->s < x->end && *x->s == '<' ? memchr(x->s, '>', (size_t)(x->end - x->s)) : NULL;
    if (!close)
        return expression_error(x, "\\k should be followed by the name of a group, as in \\k<name>");
    struct jsonl_text name = {x->s + 1, (size_t)(close - x->s) - 1};
    if (!reference_write(x, (size_t)(uintptr_t)table_find(&x->names, NULL, name)))
        return false;
    x->s = close + 1;
    return true;
}

static bool number_reference_take(struct expression *x)
{
    size_t group = 0;
    for (; x->s < x->end && is_digit(*x->s); x->s++)
        group = group < 100000 ? group * 10 + (size_t)(*x->s - '0') : group;
    return reference_write(x, group);
}

/* Sets of characters that a letter stands for, in a class and outside one. */
static const struct set {
    char letter;
    const char *inside, *outside;
} sets[] = {
    {'d', "0-9", "[0-9]"}, {'D', "\\D", "[^0-9]"},        {'w', "\\w", "\\w"},
    {'W', "\\W", "\\W"},   {'s', SPACES, "[" SPACES "]"}, {'S', NO_SPACES, "[" NO_SPACES "]"},
};

static bool set_take(struct expression *x, char letter, bool in_class)
{
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (sets[i].letter == letter) {
            pattern_puts(x->w, in_class ? sets[i].inside : sets[i].outside);
            return true;
        }
    }
    return false;
}

/* A single character: controls by letter, by number, or what means something else without a backslash. */
static bool character_take(struct expression *x, char c, bool in_class, uint32_t *out)
{
    static const char controls[] = "t\tn\nv\vf\fr\r";
    for (const char *p = controls; *p; p += 2) {
        if (*p == c) {
            *out = (unsigned char)p[1];
            return true;
        }
    }
    if (c == 'c') {
        char letter = x->s < x->end ? *x->s : 0;
        if (!is_letter(letter))
            return expression_error(x, "\\c should be followed by a letter");
        x->s++;
        *out = (uint32_t)letter % 32;
        return true;
    }
    if (c == '0') {
        *out = 0;
        return x->s == x->end || !is_digit(*x->s) || expression_error(x, "\\0 should not be followed by a digit");
    }
    if (c == 'x') {
        long value = hex_at(x->s, x->end, 2);
        if (value < 0)
            return expression_error(x, "\\x should be followed by two hexadecimal digits");
        x->s += 2;
        *out = (uint32_t)value;
        return true;
    }
    if (c == 'u')
        return unicode_take(x, out);
    *out = (unsigned char)c;
    if (c && (strchr("^$\\.*+?()[]{}|/", c) || (in_class && c == '-')))
        return true;
    if (in_class && c == 'b') {
        *out = '\b';
        return true;
    }
    x->s--;
    size_t n = *x->s & 0x80 ? utf8_sequence(x->s, (size_t)(x->end - x->s)) : 1;
    return expression_error(x, "\\%.*s means nothing%s", (int)n, x->s, in_class ? " in a class" : "");
}

bool escape_take(struct expression *x, bool in_class, struct escape *out)
{
    *out = (struct escape){.kind = ESCAPE_SET};
    x->s++;
    if (x->s == x->end)
        return expression_error(x, "nothing follows the last \\");
    char c = *x->s++;
    if (set_take(x, c, in_class))
        return true;
    if (c == 'p' || c == 'P')
        return property_take(x, c == 'P');
    if (!in_class && (c == 'b' || c == 'B')) {
        out->kind = ESCAPE_ASSERTION;
        pattern_puts(x->w, c == 'b' ? "\\b" : "\\B");
        return true;
    }
    if (!in_class && c == 'k') {
        out->kind = ESCAPE_REFERENCE;
        return named_reference_take(x);
    }
    if (!in_class && c >= '1' && c <= '9') {
        out->kind = ESCAPE_REFERENCE;
        x->s--;
        return number_reference_take(x);
    }
    out->kind = ESCAPE_CHARACTER;
    return character_take(x, c, in_class, &out->character);
}
