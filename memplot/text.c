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
    .tick = "\u2534",
    .line = "\u2500",
    .dot = " \u00b7 ",
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
    .tick = "+",
    .line = "-",
    .dot = ", ",
};

void text_write(struct picture *p, struct jsonl_text text)
{
    jsonl_writer_clear(p->clean);
    jsonl_write_escaped(p->clean, JSONL_TO_TERMINAL, text);
    struct jsonl_text made = jsonl_writer_text(p->clean);
    for (size_t i = 0; i < made.n; i++) {
        unsigned char c = (unsigned char)made.s[i];
        if (c < 0x80 || !p->options->ascii)
            jsonl_write(p->w, &made.s[i], 1);
        else if ((c & 0xc0) != 0x80)
            jsonl_puts(p->w, "?");
    }
}

/* A line with ticks, and below it as many times as have room. */
static void axis_write(struct picture *p)
{
    enum { ROOM = 12 };
    char buf[AXIS_LABEL_SIZE];
    double step = axis_time_step(p->to - p->from, fmax(1, (double)p->width / ROOM));
    double first = axis_first(p->from, step);
    jsonl_printf(p->w, "%*s%s", TEXT_LABEL, "", p->options->ascii ? "+" : "\u2514");
    size_t at = 0;
    for (int i = 0; first + i * step <= p->to; i++) {
        for (size_t x = reduce_place(first + i * step, p->from, p->to, p->width); at < x; at++)
            jsonl_puts(p->w, p->glyphs->line);
        jsonl_puts(p->w, at++ < p->width ? p->glyphs->tick : "");
    }
    for (; at < p->width; at++)
        jsonl_puts(p->w, p->glyphs->line);
    jsonl_printf(p->w, "%s\n%*s", p->options->ascii ? "+" : "\u2518", TEXT_LABEL + 1, "");
    at = 0;
    for (int i = 0; first + i * step <= p->to; i++) {
        const char *label = axis_time_label(buf, first + i * step, step);
        size_t n = strlen(label), x = reduce_place(first + i * step, p->from, p->to, p->width);
        x = x > n / 2 ? x - n / 2 : 0;
        if (x < at + (at ? 1 : 0) || x + n > p->width + 1)
            continue;
        jsonl_printf(p->w, "%*s%s", (int)(x - at), "", label);
        at = x + n;
    }
    jsonl_printf(p->w, "%*sUTC\n", (int)(p->width + 2 > at ? p->width + 2 - at : 1), "");
}

static void head_write(struct picture *p, struct jsonl_writer *words)
{
    title_write(words, p->t, p->options);
    text_write(p, jsonl_writer_text(words));
    jsonl_writer_clear(words);
    title_facts(words, p->t, p->glyphs->dot);
    jsonl_puts(p->w, "\n");
    text_write(p, jsonl_writer_text(words));
    jsonl_puts(p->w, "\n\n");
}

bool text_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    int width = options->width - TEXT_LABEL - TEXT_RANGE - 2;
    struct picture p = {
        .w = w,
        .clean = jsonl_writer_new(-1),
        .t = t,
        .options = options,
        .glyphs = options->ascii ? &glyphs_ascii : &glyphs_utf8,
        .width = (size_t)(width < 10 ? 10 : width),
    };
    timeline_extent(t, &p.from, &p.to);
    struct jsonl_writer *words = jsonl_writer_new(-1);
    p.reduced = malloc(p.width * sizeof *p.reduced);
    p.values = malloc((t->samples + 1) * sizeof *p.values);
    bool ok = words && p.clean && p.reduced && p.values;
    if (ok) {
        head_write(&p, words);
        text_memory(&p);
        ok = text_pressure(&p);
        text_cpu(&p);
        text_gpu(&p);
        ok = ok && text_lanes(&p);
        axis_write(&p);
        text_failed(&p);
        ok = ok && !jsonl_writer_error(words) && !jsonl_writer_error(p.clean);
    }
    jsonl_writer_free(words);
    jsonl_writer_free(p.clean);
    free(p.reduced);
    free(p.values);
    return ok;
}
