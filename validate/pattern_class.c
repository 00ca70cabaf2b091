/* SPDX-License-Identifier: Apache-2.0
 * Classes: [...] */
#include "pattern_ecma.h"

/* One end of a range, or a set (in `escape`). */
static bool atom_take(struct expression *x, struct escape *out)
{
    if (*x->s == '\\')
        return escape_take(x, true, out);
    *out = (struct escape){ESCAPE_CHARACTER, expression_character(x)};
    return true;
}

static void range_write(struct jsonl_writer *w, uint32_t low, uint32_t high)
{
    if (!w || low > high)
        return;
    character_write(w, low);
    if (high > low) {
        jsonl_puts(w, "-");
        character_write(w, high);
    }
}

/* Text holds no surrogates, and PCRE2 none either: a range goes around them.  Whether anything is left of it. */
static bool range_split(struct jsonl_writer *w, uint32_t low, uint32_t high)
{
    uint32_t below = high < 0xd7ff ? high : 0xd7ff, above = low > 0xe000 ? low : 0xe000;
    range_write(w, low, below);
    range_write(w, above, high);
    return low <= below || above <= high;
}

/* A character, a set, or a range; *any: it stands for some character at least. */
static bool member_translate(struct expression *x, bool *any)
{
    struct escape low, high;
    if (!atom_take(x, &low))
        return false;
    bool range = x->end - x->s > 1 && x->s[0] == '-' && x->s[1] != ']';
    if (low.kind == ESCAPE_SET)
        *any = true;
    if (range && low.kind == ESCAPE_SET)
        return expression_error(x, "a range should not start with a set of characters");
    if (!range) {
        if (low.kind == ESCAPE_CHARACTER)
            *any = range_split(x->w, low.character, low.character) || *any;
        return true;
    }
    x->s++;
    if (*x->s == '\\') { /* a set would write itself */
        struct jsonl_writer *w = x->w;
        x->w = NULL;
        bool ok = atom_take(x, &high);
        x->w = w;
        if (!ok)
            return false;
    } else if (!atom_take(x, &high)) {
        return false;
    }
    if (high.kind == ESCAPE_SET)
        return expression_error(x, "a range should not end with a set of characters");
    if (high.character < low.character)
        return expression_error(x, "the ends of a range are out of order");
    *any = range_split(x->w, low.character, high.character) || *any;
    return true;
}

bool class_translate(struct expression *x)
{
    struct jsonl_writer *w = x->w, *inside = w ? jsonl_writer_new(-1) : NULL;
    bool any = false, ok = !w || inside;
    x->s++;
    bool negated = x->s < x->end && *x->s == '^';
    x->s += negated;
    x->w = inside;
    while (ok && x->s < x->end && *x->s != ']')
        ok = member_translate(x, &any);
    x->w = w;
    if (ok && x->s == x->end)
        ok = expression_error(x, "a class lacks its ]");
    else if (ok)
        x->s++;
    if (ok && w && !any) {
        jsonl_puts(w, negated ? "[\\x00-\\x{10ffff}]" : "(?!)");
    } else if (ok && w) {
        struct jsonl_text t = jsonl_writer_text(inside);
        jsonl_puts(w, negated ? "[^" : "[");
        jsonl_write(w, t.s, t.n);
        jsonl_puts(w, "]");
    }
    jsonl_writer_free(inside);
    return ok;
}
