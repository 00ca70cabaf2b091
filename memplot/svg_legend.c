/* SPDX-License-Identifier: Apache-2.0
 * The legend: a sign and a name for each line, in lines as wide as the picture. */
#include "devices.h"
#include "svg.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 17, SIGN = 21, PAD = 15 };

struct legend {
    struct svg *g; /* NULL: nothing is drawn */
    double x;
    int y;     /* of the first line's words */
    int lines; /* that are begun */
};

static void entry(struct legend *l, const struct series *s, const char *label, const char *unit, const char *colour,
                  int thick)
{
    double width = SIGN + (SVG_CHAR + 0.6) * (double)(strlen(label) + (*unit ? strlen(unit) + 3 : 0)) + PAD;
    if (!l->lines || l->x + width > SVG_WIDTH - 10) {
        l->x = SVG_LEFT;
        l->lines++;
    }
    if (l->g) {
        bool fill = s->style == STYLE_FILL || s->style == STYLE_STACK;
        int y = l->y + (l->lines - 1) * LINE;
        jsonl_printf(l->g->w, "<path d=\"M%.0f %dh16\" stroke=\"%s\" stroke-width=\"%d\"%s%s/>", l->x, y - 4, colour,
                     fill ? 9 : thick, fill ? " stroke-opacity=\".5\"" : "",
                     s->style == STYLE_DASHED ? " stroke-dasharray=\"5 3\"" : "");
        jsonl_printf(l->g->w, "<text class=\"text\" x=\"%.0f\" y=\"%d\">%s%s%s%s</text>\n", l->x + SIGN, y, label,
                     *unit ? " (" : "", unit, *unit ? ")" : "");
    }
    l->x += width;
}

/* Several GPUs: their mean, and each in its shade. */
static void entries_of_devices(struct legend *l, const struct timeline *t, const struct series *s)
{
    char colour[COLOUR_SIZE], label[32];
    entry(l, s, "GPU mean", s->unit, svg_colour(colour, s->colour), 3);
    for (size_t d = 0; d < t->devices; d++) {
        if (!devices_has(t, d, s->metric))
            continue;
        snprintf(label, sizeof label, "GPU %zu", d);
        if (l->g)
            svg_begin_shade(l->g, s->colour, d, t->devices);
        entry(l, s, label, "", "currentColor", 2);
        if (l->g)
            jsonl_puts(l->g->w, "</g>\n");
    }
}

static int entries(struct legend *l, const struct timeline *t)
{
    for (size_t i = 0; i < series_len; i++) {
        const struct series *s = &series_table[i];
        char colour[COLOUR_SIZE];
        if (!svg_has(t, i))
            continue;
        if (svg_has_devices(t, s->metric))
            entries_of_devices(l, t, s);
        else
            entry(l, s, s->label, s->unit, svg_colour(colour, s->colour), 2);
    }
    return l->lines * LINE;
}

int svg_legend_height(const struct timeline *t)
{
    return entries(&(struct legend){.g = NULL}, t);
}

void svg_legend(struct svg *g, int y)
{
    entries(&(struct legend){.g = g, .y = y + LINE - 6}, g->t);
}
