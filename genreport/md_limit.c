/* SPDX-License-Identifier: Apache-2.0 */
#include "md_limit.h"

#include <string.h>

struct parts {
    const struct md_section *sections;
    size_t n;
    struct jsonl_text text[MD_SECTIONS_MAX];
    bool left_out[MD_SECTIONS_MAX];
};

/* What a part takes, with its title in the note if it is left out. */
static size_t parts_bytes(const struct parts *p)
{
    size_t bytes = 0, out = 0;

    for (size_t i = 0; i < p->n; i++) {
        bytes += p->left_out[i] ? strlen(p->sections[i].title) + 2 : p->text[i].n;
        out += p->left_out[i];
    }
    if (out > 0) /* the note's words, and the limit in digits */
        bytes += 80 + 20;
    return bytes;
}

static void note_write(struct jsonl_writer *w, const struct parts *p, size_t limit)
{
    const char *between = "";

    jsonl_printf(w, "\n> **Shortened** to %zu bytes. Left out: ", limit);
    for (size_t i = 0; i < p->n; i++) {
        if (!p->left_out[i])
            continue;
        jsonl_printf(w, "%s%s", between, p->sections[i].title);
        between = ", ";
    }
    jsonl_puts(w, ".\n");
}

/* The next to leave out; n: there is none. */
static size_t parts_next(const struct parts *p)
{
    size_t next = p->n;

    for (size_t i = 0; i < p->n; i++)
        if (p->sections[i].title && !p->left_out[i] && p->text[i].n > 0 &&
            (next == p->n || p->sections[i].rank > p->sections[next].rank))
            next = i;
    return next;
}

static void parts_write(struct jsonl_writer *w, struct parts *p, size_t limit)
{
    bool out = false;

    while (parts_bytes(p) > limit) {
        size_t next = parts_next(p);

        if (next == p->n)
            break;
        p->left_out[next] = out = true;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (!p->left_out[i])
            jsonl_write(w, p->text[i].s, p->text[i].n);
        if (i == 0 && out)
            note_write(w, p, limit);
    }
}

bool md_limit(struct jsonl_writer *w, const struct report *report, const struct md_section *sections, size_t n,
              size_t limit)
{
    struct jsonl_writer *texts[MD_SECTIONS_MAX] = {0};
    struct parts p = {.sections = sections, .n = n};
    bool ok = true;

    if (limit == 0) {
        for (size_t i = 0; i < n; i++)
            sections[i].write(w, report);
        return true;
    }
    for (size_t i = 0; ok && i < n; i++) {
        texts[i] = jsonl_writer_new(-1);
        ok = texts[i] != NULL;
        if (!ok)
            break;
        sections[i].write(texts[i], report);
        p.text[i] = jsonl_writer_text(texts[i]);
        ok = jsonl_writer_error(texts[i]) == 0;
    }
    if (ok)
        parts_write(w, &p, limit);
    for (size_t i = 0; i < n; i++)
        jsonl_writer_free(texts[i]);
    return ok;
}
