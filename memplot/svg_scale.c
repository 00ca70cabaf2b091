/* SPDX-License-Identifier: Apache-2.0 */
#include "svg_scale.h"

#include "axis.h"

#include <math.h>
#include <string.h>

enum { TICKS = 5 };

void scale_add(struct scale *s, const struct timeline *t, const struct series *series, const double *v,
               const double *below)
{
    if (!s->series)
        s->series = series;
    if (!strcmp(series->unit, "%"))
        s->most = fmax(s->most, 100);
    for (size_t i = 0; i < t->samples; i++) {
        double value = below && !isnan(below[i]) ? v[i] + below[i] : v[i];
        s->least = value < s->least ? value : s->least; /* NAN is passed over */
        s->most = value > s->most ? value : s->most;
    }
}

void scale_round(struct scale *s)
{
    const double least_span = 1e-6; /* less is nothing: a step must not vanish */
    if (s->most - s->least < least_span)
        s->most = s->least + 1;
    s->step = axis_step(s->most - s->least, TICKS);
    s->most = ceil(s->most / s->step - 1e-9) * s->step;
    s->least = floor(s->least / s->step + 1e-9) * s->step;
}

double scale_y(const struct scale *s, double v)
{
    return s->top + SVG_ROW - (v - s->least) / (s->most - s->least) * SVG_ROW;
}

static int ticks(const struct scale *s)
{
    return (int)lround((s->most - s->least) / s->step);
}

/* What large numbers are told in: seven characters have room. */
struct multiple {
    double of;
    const char *sign;
};

static struct multiple multiple_of(const struct scale *s)
{
    static const struct multiple multiples[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}};
    double most = fmax(fabs(s->least), fabs(s->most));
    for (size_t i = 0; most >= 1e7 && i < sizeof multiples / sizeof multiples[0]; i++)
        if (most >= multiples[i].of)
            return multiples[i];
    return (struct multiple){1, ""};
}

void scale_write(struct svg *g, const struct scale *s, bool right)
{
    if (!s->series)
        return;
    struct multiple multiple = multiple_of(s);
    double step = s->step / multiple.of;
    int x = right ? SVG_WIDTH - SVG_RIGHT + 5 : SVG_LEFT - 5;
    int decimals = step >= 1 ? 0 : (int)fmin(ceil(-log10(step) - 1e-9), 9);
    if (!right) {
        jsonl_puts(g->w, "<path class=\"grid\" stroke=\"#e4e4e8\" d=\"");
        for (int i = 0; i <= ticks(s); i++)
            jsonl_printf(g->w, "M%d %.0fh%d", SVG_LEFT, scale_y(s, s->least + i * s->step), SVG_PLOT);
        jsonl_puts(g->w, "\"/>\n");
    }
    jsonl_printf(g->w, "<g class=\"faint\" fill=\"#6e6e73\" text-anchor=\"%s\">", right ? "start" : "end");
    for (int i = 0; i <= ticks(s); i++) {
        jsonl_printf(g->w, "<text x=\"%d\" y=\"%.0f\">", x, scale_y(s, s->least + i * s->step) + 4);
        jsonl_write_number(g->w, s->least / multiple.of + i * step, decimals);
        jsonl_printf(g->w, "%s</text>", multiple.sign);
    }
    jsonl_puts(g->w, "</g>\n");
}
