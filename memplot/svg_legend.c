/* SPDX-License-Identifier: Apache-2.0
 * The legend: a sign and a name for each line, then for what lies behind them, of what is in the picture. */
#include "devices.h"
#include "svg.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 17, SIGN = 21, PAD = 15 };

struct legend {
    struct svg *g; /* NULL: nothing is drawn */
    const struct timeline *t;
    const struct format_options *options;
    double x;
    int y;     /* of the first line's words */
    int lines; /* that are begun */
    bool full; /* the next entry begins a line */
};

/* Where the next entry stands: l->x; returns its y. */
static int entry_place(struct legend *l, size_t characters)
{
    double width = SIGN + (SVG_CHAR + 0.6) * (double)characters + PAD;
    if (l->full || l->x + width > SVG_WIDTH - 10) {
        l->x = SVG_LEFT;
        l->lines++;
    }
    l->full = false;
    l->x += width;
    return l->y + (l->lines - 1) * LINE;
}

static double sign_x(const struct legend *l, size_t characters)
{
    return l->x - PAD - (SVG_CHAR + 0.6) * (double)characters - SIGN;
}

/* ---- Lines */

static void line_entry(struct legend *l, const struct series *s, const char *label, const char *unit,
                       const char *colour, int thick)
{
    size_t n = strlen(label) + (*unit ? strlen(unit) + 3 : 0);
    int y = entry_place(l, n);
    double x = sign_x(l, n);
    bool fill = s->style == STYLE_FILL || s->style == STYLE_STACK;
    if (!l->g)
        return;
    jsonl_printf(l->g->w, "<path d=\"M%.0f %dh16\" stroke=\"%s\" stroke-width=\"%d\"%s%s/>", x, y - 4, colour,
                 fill ? 9 : thick, fill ? " stroke-opacity=\".5\"" : "",
                 s->style == STYLE_DASHED ? " stroke-dasharray=\"5 3\"" : "");
    jsonl_printf(l->g->w, "<text class=\"text\" x=\"%.0f\" y=\"%d\">%s%s%s%s</text>\n", x + SIGN, y, label,
                 *unit ? " (" : "", unit, *unit ? ")" : "");
}

/* Several GPUs: their mean, and each in its shade. */
static void device_entries(struct legend *l, const struct series *s)
{
    char colour[COLOUR_SIZE], label[32];
    line_entry(l, s, "GPU mean", s->unit, svg_colour(colour, s->colour), 3);
    for (size_t d = 0; d < l->t->devices; d++) {
        if (!devices_has(l->t, d, s->metric))
            continue;
        snprintf(label, sizeof label, "GPU %zu", d);
        if (l->g)
            svg_begin_shade(l->g, s->colour, d, l->t->devices);
        line_entry(l, s, label, "", "currentColor", 2);
        if (l->g)
            jsonl_puts(l->g->w, "</g>\n");
    }
}

static void line_entries(struct legend *l)
{
    l->full = true;
    for (size_t i = 0; i < series_len; i++) {
        const struct series *s = &series_table[i];
        char colour[COLOUR_SIZE];
        if (!svg_has(l->t, i))
            continue;
        if (svg_has_devices(l->t, s->metric))
            device_entries(l, s);
        else
            line_entry(l, s, s->label, s->unit, svg_colour(colour, s->colour), 2);
    }
}

/* ---- Meanings */

enum sign { SIGN_BOX, SIGN_BAR, SIGN_RULE };

static void meaning(struct legend *l, bool there, enum sign sign, enum svg_look look, const char *text)
{
    static const char *const signs[] = {
        [SIGN_BOX] = "m2 -9h13v9h-13z\" stroke=\"#8e8e93\" stroke-opacity=\".6",
        [SIGN_BAR] = "m1 -8h15v7h-15z",
        [SIGN_RULE] = "m8.5 -11v13",
    };
    size_t n = strlen(text);
    if (!there)
        return;
    int y = entry_place(l, n);
    double x = sign_x(l, n);
    if (l->g)
        jsonl_printf(l->g->w, "<path %s d=\"M%.0f %d%s\"/><text class=\"text\" x=\"%.0f\" y=\"%d\">%s</text>\n",
                     svg_looks[look], x, y, signs[sign], x + SIGN, y, text);
}

static void band_entry(struct legend *l, size_t band, const char *text)
{
    char colour[COLOUR_SIZE];
    size_t n = strlen(text);
    int y = entry_place(l, n);
    double x = sign_x(l, n);
    if (l->g)
        jsonl_printf(l->g->w,
                     "<circle cx=\"%.0f\" cy=\"%d\" r=\"3\" fill=\"%s\"/><text class=\"text\" x=\"%.0f\" "
                     "y=\"%d\">%s</text>\n",
                     x + 8, y - 4, svg_colour(colour, band_table[band].colour), x + SIGN, y, text);
}

static void band_meanings(struct legend *l)
{
    size_t ram = 0;
    while (series_table[ram].style != STYLE_BANDS)
        ram++;
    if (!svg_has(l->t, ram))
        return;
    double limit[BANDS];
    char text[BANDS][48];
    svg_bands(limit, l->t, l->options, 0);
    if (l->t->machine.ram_others) { /* each machine by its own */
        snprintf(text[0], sizeof text[0], "over %.3g %% free", 100 * l->options->config->ram_green);
        snprintf(text[1], sizeof text[1], "over %.3g %%", 100 * l->options->config->ram_orange);
    } else {
        snprintf(text[0], sizeof text[0], "over %.3g GB free", limit[0]);
        snprintf(text[1], sizeof text[1], "over %.3g GB", limit[1]);
    }
    snprintf(text[2], sizeof text[2], "less");
    for (size_t i = 0; i < BANDS; i++)
        band_entry(l, i, text[i]);
}

static void test_meanings(struct legend *l)
{
    size_t ran = 0, with = 0, outcome[JSONL_OUTCOMES] = {0};
    for (size_t i = 0; i < l->t->tests; i++) {
        const struct timeline_test *test = &l->t->test[i];
        outcome[test->outcome]++;
        ran += test->outcome == JSONL_PASSED;
        with += test->outcome == JSONL_PASSED && test->model != NAME_NONE;
    }
    meaning(l, with > 0, SIGN_BOX, LOOK_TEST, "test with a model");
    meaning(l, ran > with, SIGN_BOX, LOOK_INFRA, with ? "without" : "test without a model");
    meaning(l, outcome[JSONL_FAILED] > 0, SIGN_BOX, LOOK_HATCH, "\xe2\x9c\x97 failed");
    meaning(l, outcome[JSONL_PASSED] > 0, SIGN_BAR, LOOK_PASSED, "passed");
    meaning(l, outcome[JSONL_SKIPPED] > 0, SIGN_BAR, LOOK_SKIPPED, "skipped");
}

static void state_meanings(struct legend *l)
{
    const double *pressure = timeline_column(l->t, JSONL_METRIC_memory_pressure);
    bool warn = false, critical = false, mark = false;
    for (size_t i = 0; pressure && i < l->t->samples; i++) {
        critical = critical || pressure[i] >= 4;
        warn = warn || (pressure[i] >= 2 && pressure[i] < 4);
    }
    for (size_t i = 0; i < l->t->events; i++)
        mark = mark || timeline_is_mark(l->t, i);
    meaning(l, warn, SIGN_BOX, LOOK_WARN, "memory pressure: warn");
    meaning(l, critical, SIGN_BOX, LOOK_CRITICAL, warn ? "critical" : "memory pressure: critical");
    meaning(l, l->t->regions > 0, SIGN_BAR, LOOK_LOADING, "model loading");
    meaning(l, l->t->regions > 0, SIGN_BAR, LOOK_IN_RAM, "in RAM");
    meaning(l, mark, SIGN_RULE, LOOK_MARK, "mark");
    meaning(l, l->t->brks > 0, SIGN_RULE, LOOK_BREAK, "next recording");
}

static int entries(struct legend *l)
{
    line_entries(l);
    l->full = true;
    band_meanings(l);
    test_meanings(l);
    state_meanings(l);
    return l->lines * LINE;
}

int svg_legend_height(const struct svg *g)
{
    return entries(&(struct legend){.t = g->t, .options = g->options});
}

void svg_legend(struct svg *g, int y)
{
    entries(&(struct legend){.g = g, .t = g->t, .options = g->options, .y = y + LINE - 6});
}
