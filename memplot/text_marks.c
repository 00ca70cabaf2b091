/* SPDX-License-Identifier: Apache-2.0
 * Marks: a sign where each stands, and below the picture what it says. */
#include "axis.h"
#include "text.h"

enum {
    NAMED_MAX = 10,       /* marks that are named */
    CHARACTERS_MAX = 160, /* of each */
};

void text_marks(struct picture *p)
{
    bool any = false;
    for (size_t x = 0; x < p->width; x++)
        p->cell[x] = " ";
    for (size_t i = 0; i < p->t->events; i++)
        if (timeline_is_mark(p->t, i)) {
            p->cell[reduce_place(p->t->event[i].ts, p->from, p->to, p->width)] = p->glyphs->mark;
            any = true;
        }
    if (any)
        text_line(p, "Marks");
}

/* "* 01:49:09 WARMUP", in as many lines as it takes. */
static void mark_write(struct picture *p, struct jsonl_writer *words, const struct timeline_event *mark)
{
    char time[AXIS_LABEL_SIZE];
    struct jsonl_text label = text_clean(p, names_text(&p->t->names, mark->label));
    size_t end = 0, n = 0;
    for (; end < label.n; end++)
        if (((unsigned char)label.s[end] & 0xc0) != 0x80 && n++ == CHARACTERS_MAX)
            break;
    jsonl_writer_clear(words);
    jsonl_printf(words, "%s %s ", p->glyphs->mark, text_time(p, time, mark->ts));
    jsonl_write(words, label.s, end);
    jsonl_puts(words, end < label.n ? p->glyphs->cut : "");
    text_wrap(p, jsonl_writer_text(words), " ");
}

/* The first of them; a process killed counts before all others. */
void text_marked(struct picture *p, struct jsonl_writer *words)
{
    size_t there[2] = {0, 0}, named[2] = {0, 0}; /* others; processes killed */
    for (size_t i = 0; i < p->t->events; i++)
        if (timeline_is_mark(p->t, i))
            there[p->t->event[i].kill]++;
    size_t kills = there[1] < NAMED_MAX ? there[1] : NAMED_MAX;
    const size_t most[2] = {NAMED_MAX - kills, kills};
    for (size_t i = 0; i < p->t->events; i++) {
        const struct timeline_event *e = &p->t->event[i];
        if (!timeline_is_mark(p->t, i) || named[e->kill] == most[e->kill])
            continue;
        jsonl_puts(p->w, named[0] + named[1] ? "" : "\n");
        named[e->kill]++;
        mark_write(p, words, e);
    }
    if (there[0] + there[1] > named[0] + named[1])
        jsonl_printf(p->w, "and %zu more marks\n", there[0] + there[1] - named[0] - named[1]);
}
