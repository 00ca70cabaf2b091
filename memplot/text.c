/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include "axis.h"
#include "title.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct glyphs glyphs_utf8 = {
    .top = {"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"},
    .range = "\u2592",
    .left = "\u2502",
    .right = "\u2502",
    .start = "\u2523",
    .run = "\u2501",
    .infra = "\u2500",
    .failed = "\u2717",
    .skipped = "\u00b7",
    .mark = "\u25c6",
    .tick = "\u2534",
    .line = "\u2500",
    .dot = " \u00b7 ",
    .cut = "\u2026",
};
static const struct glyphs glyphs_ascii = {
    .top = {"_", "_", ".", ".", ":", ":", "#", "#"},
    .range = ":",
    .left = "|",
    .right = "|",
    .start = "[",
    .run = "=",
    .infra = "-",
    .failed = "X",
    .skipped = "s",
    .mark = "*",
    .tick = "+",
    .line = "-",
    .dot = ", ",
    .cut = "...",
};

size_t text_characters(struct jsonl_text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.s[i] & 0xc0) != 0x80;
    return n;
}

struct jsonl_text text_clean(struct picture *p, struct jsonl_text text)
{
    jsonl_writer_clear(p->clean);
    jsonl_write_escaped(p->clean, JSONL_TO_TERMINAL, text);
    struct jsonl_text made = jsonl_writer_text(p->clean);
    if (!p->options->ascii)
        return made;
    size_t end = made.n; /* behind it comes the same in ASCII */
    for (size_t i = 0; i < end; i++) {
        char c = jsonl_writer_text(p->clean).s[i];
        if ((c & 0xc0) != 0x80)
            jsonl_write(p->clean, (c & 0x80) ? "?" : &c, 1);
    }
    made = jsonl_writer_text(p->clean);
    return (struct jsonl_text){made.s + end, made.n - end};
}

void text_wrap(struct picture *p, struct jsonl_text text, const char *between)
{
    size_t gap = strlen(between), shown = text_characters((struct jsonl_text){between, gap}), used = 0;
    for (size_t a = 0, b; a < text.n; a = b + gap) {
        for (b = a; b < text.n && (text.n - b < gap || memcmp(text.s + b, between, gap) != 0); b++)
            ;
        struct jsonl_text part = {text.s + a, b - a};
        size_t n = text_characters(part);
        bool fits = used && used + shown + n <= p->line;
        jsonl_puts(p->w, fits ? between : used ? "\n" : "");
        jsonl_write(p->w, part.s, part.n);
        used = (fits ? used + shown : 0) + n;
    }
    jsonl_puts(p->w, "\n");
}

void text_line(struct picture *p, const char *label)
{
    struct jsonl_text note = jsonl_writer_text(p->note);
    if (p->above && *label) {
        bool fits = strlen(label) + 1 + text_characters(note) <= p->line;
        jsonl_printf(p->w, "%s%s", label, !note.n ? "" : fits ? " " : "\n");
        jsonl_write(p->w, note.s, note.n);
        jsonl_puts(p->w, "\n");
    } else if (!p->above) {
        jsonl_printf(p->w, "%-*s", TEXT_LABEL, label);
    }
    jsonl_puts(p->w, p->glyphs->left);
    for (size_t x = 0; x < p->width; x++)
        jsonl_puts(p->w, p->cell[x]);
    jsonl_puts(p->w, p->glyphs->right);
    if (!p->above && note.n) {
        jsonl_puts(p->w, " ");
        jsonl_write(p->w, note.s, note.n);
    }
    jsonl_puts(p->w, "\n");
    jsonl_writer_clear(p->note);
}

/* ---- Time */

const char *text_time(const struct picture *p, char *buf, double ts)
{
    enum { YEAR = 5, DAY = 11 }; /* characters of 2026-11-23 that are left out */
    char end[AXIS_LABEL_SIZE];
    bool days = strncmp(axis_time_full(buf, p->t->start), axis_time_full(end, p->t->end), DAY - 1) != 0;
    return axis_time_full(buf, ts) + (days ? YEAR : DAY);
}

/* The least step between ticks that leaves room for their words. */
static double ticks_step(const struct picture *p)
{
    char buf[AXIS_LABEL_SIZE];
    double span = p->to - p->from, step = span;
    for (size_t room = 10; room <= p->width; room++) {
        step = axis_time_step(span, (double)p->width / (double)room);
        if (step / span * (double)p->width >= (double)strlen(axis_time_label(buf, p->from, step)) + 2)
            break;
    }
    return step;
}

/* A line with ticks. */
static void ticks_write(struct picture *p, double step)
{
    double first = axis_first(p->from, step);
    size_t at = 0;
    jsonl_printf(p->w, "%*s%s", p->above ? 0 : TEXT_LABEL, "", p->options->ascii ? "+" : "\u2514");
    for (int i = 0; first + i * step <= p->to; i++) {
        for (size_t x = reduce_place(first + i * step, p->from, p->to, p->width); at < x; at++)
            jsonl_puts(p->w, p->glyphs->line);
        jsonl_puts(p->w, at++ < p->width ? p->glyphs->tick : "");
    }
    for (; at < p->width; at++)
        jsonl_puts(p->w, p->glyphs->line);
    jsonl_printf(p->w, "%s\n", p->options->ascii ? "+" : "\u2518");
}

/* Below it the times: in the middle below their ticks, where there is room on either side of the picture, or inside. */
static void axis_write(struct picture *p)
{
    static const char zone[] = "UTC";
    char buf[AXIS_LABEL_SIZE];
    double step = ticks_step(p), first = axis_first(p->from, step);
    size_t left = p->above ? 1 : TEXT_LABEL + 1, at = 0;
    size_t end = p->above ? p->line - sizeof zone : left + p->width + TEXT_NOTE / 2;
    ticks_write(p, step);
    for (int i = 0; first + i * step <= p->to; i++) {
        const char *label = axis_time_label(buf, first + i * step, step);
        size_t n = strlen(label), x = left + reduce_place(first + i * step, p->from, p->to, p->width);
        x = x > n / 2 ? x - n / 2 : 0;
        x = x + n > end && end > n ? end - n : x;
        if (x < at + (at ? 1 : 0))
            continue;
        jsonl_printf(p->w, "%*s%s", (int)(x - at), "", label);
        at = x + n;
    }
    end = p->above ? p->line + 1 - sizeof zone : left + p->width + 2;
    jsonl_printf(p->w, "%*s%s\n", (int)(end > at ? end - at : 1), "", zone);
}

/* ---- The picture */

static void head_write(struct picture *p, struct jsonl_writer *words)
{
    title_write(words, p->t, p->options);
    text_wrap(p, text_clean(p, jsonl_writer_text(words)), " ");
    jsonl_writer_clear(words);
    title_facts(words, p->t, p->glyphs->dot);
    text_wrap(p, text_clean(p, jsonl_writer_text(words)), p->glyphs->dot);
    jsonl_puts(p->w, "\n");
}

static bool body_write(struct picture *p, struct jsonl_writer *words)
{
    head_write(p, words);
    text_memory(p);
    bool ok = text_pressure(p);
    text_cpu(p);
    text_gpu(p);
    ok = ok && text_lanes(p);
    text_marks(p);
    axis_write(p);
    text_failed(p);
    text_marked(p, words);
    return ok;
}

bool text_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    size_t line = (size_t)options->width, beside = TEXT_LABEL + TEXT_NOTE + 2;
    struct picture p = {
        .w = w,
        .clean = jsonl_writer_new(-1),
        .note = jsonl_writer_new(-1),
        .t = t,
        .options = options,
        .glyphs = options->ascii ? &glyphs_ascii : &glyphs_utf8,
        .above = line < beside + TEXT_LEAST,
        .line = line,
    };
    p.width = line - (p.above ? 2 : beside);
    timeline_extent(t, &p.from, &p.to);
    struct jsonl_writer *words = jsonl_writer_new(-1);
    p.reduced = malloc(p.width * sizeof *p.reduced);
    p.cell = malloc(p.width * sizeof *p.cell);
    p.values = malloc((t->samples + 1) * sizeof *p.values);
    bool ok = words && p.clean && p.note && p.reduced && p.cell && p.values;
    if (ok) {
        ok = body_write(&p, words) && !jsonl_writer_error(words) && !jsonl_writer_error(p.clean) &&
             !jsonl_writer_error(p.note);
    }
    jsonl_writer_free(words);
    jsonl_writer_free(p.clean);
    jsonl_writer_free(p.note);
    free(p.reduced);
    free(p.cell);
    free(p.values);
    return ok;
}
