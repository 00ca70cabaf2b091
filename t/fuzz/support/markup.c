/* SPDX-License-Identifier: Apache-2.0 */
#include "markup.h"

#include <string.h>

void markup_check_text(struct jsonl_text t, bool tabs)
{
    uint32_t c;
    for (size_t i = 0, n; i < t.n; i += n) {
        n = fuzz_utf8(t.s + i, t.n - i, &c);
        MUST(n > 0, "byte %zu is no UTF-8", i);
        MUST((c >= 0x20 && c < 0x7f) || c >= 0xa0 || c == '\n' || (tabs && c == '\t'), "byte %zu is character %x", i,
             c);
    }
}

/* ---- XML: a position that goes on through the text. */

struct xml {
    const char *s, *end;
    const char *start;
};

static bool xml_takes(struct xml *x, const char *string)
{
    size_t n = strlen(string);
    bool there = (size_t)(x->end - x->s) >= n && memcmp(x->s, string, n) == 0;
    x->s += there ? n : 0;
    return there;
}

static void xml_need(struct xml *x, const char *string)
{
    MUST(xml_takes(x, string), "%s was expected at byte %zu", string, (size_t)(x->s - x->start));
}

static void xml_space(struct xml *x)
{
    while (x->s < x->end && strchr(" \t\r\n", *x->s))
        x->s++;
}

static struct jsonl_text xml_name(struct xml *x)
{
    static const char chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:_-.0123456789";
    const char *from = x->s;
    while (x->s < x->end && *x->s && strchr(chars, *x->s))
        x->s++;
    MUST(x->s > from && !strchr("-.0123456789", *from), "a name was expected at byte %zu", (size_t)(from - x->start));
    return (struct jsonl_text){from, (size_t)(x->s - from)};
}

/* Text up to one of the characters of `stop`. */
static void xml_text(struct xml *x, const char *stop)
{
    static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&#39;", "&#34;", "&#10;"};
    while (x->s < x->end && !strchr(stop, *x->s)) {
        uint32_t c;
        size_t n = fuzz_utf8(x->s, (size_t)(x->end - x->s), &c), i = 0, at = (size_t)(x->s - x->start);
        MUST(n > 0 && *x->s != '<', "byte %zu is none of a text", at);
        MUST(c >= 0x20 || c == '\t' || c == '\n' || c == '\r', "byte %zu is character %x", at, c);
        MUST(c != 0xfffe && c != 0xffff, "byte %zu is character %x", at, c);
        if (c != '&') {
            x->s += n;
            continue;
        }
        while (i < sizeof entities / sizeof *entities && !xml_takes(x, entities[i]))
            i++;
        MUST(i < sizeof entities / sizeof *entities, "byte %zu begins no entity", at);
    }
    MUST(x->s < x->end, "the text has no end");
}

/* The rest of a start tag.  false: the element is empty. */
static bool xml_attributes(struct xml *x)
{
    enum { MANY = 32 };
    struct jsonl_text names[MANY];
    for (size_t n = 0;; n++) {
        const char *before = x->s;
        xml_space(x);
        if (xml_takes(x, "/>"))
            return false;
        if (xml_takes(x, ">"))
            return true;
        MUST(x->s > before, "no space before byte %zu", (size_t)(x->s - x->start));
        MUST(n < MANY, "many attributes");
        names[n] = xml_name(x);
        for (size_t i = 0; i < n; i++)
            MUST(jsonl_text_compare(names[i], names[n]) != 0, "%.*s comes twice", (int)names[n].n, names[n].s);
        xml_need(x, "=");
        const char *quote = xml_takes(x, "'") ? "'" : "\"";
        if (*quote == '"')
            xml_need(x, quote);
        xml_text(x, quote);
        xml_need(x, quote);
    }
}

void markup_check_xml(struct jsonl_text t, const char *root)
{
    enum { DEEP = 64 };
    struct jsonl_text open[DEEP];
    struct xml x = {t.s, t.s + t.n, t.s};
    size_t depth = 0;
    if (xml_takes(&x, "<?xml ")) {
        const char *end = memmem(x.s, (size_t)(x.end - x.s), "?>", 2);
        MUST(end, "its declaration has no end");
        x.s = end + 2;
    }
    xml_space(&x);
    do {
        if (depth > 0)
            xml_text(&x, "<");
        if (xml_takes(&x, "</")) {
            struct jsonl_text name = xml_name(&x);
            xml_space(&x);
            xml_need(&x, ">");
            MUST(depth > 0 && jsonl_text_compare(name, open[depth - 1]) == 0, "</%.*s>", (int)name.n, name.s);
            depth--;
            continue;
        }
        xml_need(&x, "<");
        MUST(depth < DEEP, "it is very deep");
        open[depth] = xml_name(&x);
        MUST(depth > 0 || jsonl_text_is(open[0], root), "its root is %.*s", (int)open[0].n, open[0].s);
        depth += xml_attributes(&x);
    } while (depth > 0);
    xml_space(&x);
    MUST(x.s == x.end, "%zu bytes behind the root", (size_t)(x.end - x.s));
}
