/* SPDX-License-Identifier: Apache-2.0
 * The rows: what stands in each, and in which order. */
#include "devices.h"
#include "svg_curve.h"

#include <math.h>
#include <stdlib.h>

enum { SIDES = 2 };

struct row {
    struct svg *g;
    enum series_row which;
    struct scale scale[SIDES];
    struct reduced *reduced; /* SVG_PLOT of them */
    double *values;          /* room for one a sample */
};

static struct curve curve_of(const struct row *r, bool right)
{
    return (struct curve){r->g, &r->scale[right], r->reduced};
}

static void reduce_values(struct row *r, const double *v)
{
    reduce_column(r->g->t, v, r->g->from, r->g->to, r->reduced, SVG_PLOT);
}

/* ---- Bands: points in the colour of how much RAM is free, the lowest of some pixels */

void svg_bands(double limit[BANDS], const struct timeline *t, const struct format_options *options, size_t sample)
{
    const double *totals = timeline_column(t, JSONL_METRIC_ram_total_gb);
    double total = totals && totals[sample] > 0 ? totals[sample] : t->machine.ram_total_gb;
    bool known = total > 0;
    limit[0] = known ? options->config->ram_green * total : JSONL_RAM_GREEN_GB;
    limit[1] = known ? options->config->ram_orange * total : JSONL_RAM_ORANGE_GB;
    limit[2] = -INFINITY;
}

static int band_of(const struct row *r, const struct reduced_point *at)
{
    double limit[BANDS];
    svg_bands(limit, r->g->t, r->g->options, timeline_sample(r->g->t, at->t));
    return at->v > limit[0] ? 0 : at->v > limit[1] ? 1 : 2;
}

static void bands_write(const struct row *r)
{
    enum { ROOM = 7 };
    for (int band = 0; band < BANDS; band++) {
        char colour[COLOUR_SIZE];
        jsonl_printf(r->g->w,
                     "<path transform=\"scale(.1)\" stroke=\"%s\" stroke-width=\"40\" stroke-linecap=\"round\" d=\"",
                     svg_colour(colour, band_table[band].colour));
        for (size_t x = 0; x < SVG_PLOT; x += ROOM) {
            const struct reduced *least = NULL;
            for (size_t i = x; i < x + ROOM && i < SVG_PLOT; i++)
                if (r->reduced[i].n && (!least || r->reduced[i].min.v < least->min.v))
                    least = &r->reduced[i];
            if (!least)
                continue;
            if (band_of(r, &least->min) == band)
                jsonl_printf(r->g->w, "M%.0f %.0fh0", svg_x(r->g, least->min.t) * CURVE_TENTHS,
                             scale_y(&r->scale[0], least->min.v) * CURVE_TENTHS);
        }
        jsonl_puts(r->g->w, "\"/>\n");
    }
}

/* ---- A row */

/* What a stack stands on: the series before it, if that is drawn. */
static const double *stack_below(const struct timeline *t, size_t i)
{
    return series_table[i].style == STYLE_STACK && i && svg_has(t, i - 1) ? t->column[i - 1] : NULL;
}

static void reduce_series(struct row *r, size_t i)
{
    const struct timeline *t = r->g->t;
    const double *v = t->column[i], *below = stack_below(t, i);
    for (size_t k = 0; below && k < t->samples; k++)
        r->values[k] = isnan(below[k]) ? v[k] : v[k] + below[k];
    reduce_values(r, below ? r->values : v);
}

/* Of a stack and what it stands on both areas are one path, which is filled where they differ. */
static void area_write(struct row *r, size_t i)
{
    const struct series *s = &series_table[i];
    struct curve curve = curve_of(r, s->right);
    const double *below = stack_below(r->g->t, i);
    char colour[COLOUR_SIZE];
    jsonl_printf(r->g->w, "<path transform=\"scale(.1)\" fill=\"%s\" fill-opacity=\".35\" fill-rule=\"evenodd\" d=\"",
                 svg_colour(colour, s->colour));
    reduce_series(r, i);
    curve_area(&curve);
    if (below) {
        reduce_values(r, below);
        curve_area(&curve);
    }
    jsonl_puts(r->g->w, "\"/>\n");
}

/* Each device as a thin line, and their mean in place of the greatest of them. */
static void devices_write(struct row *r, const struct series *s)
{
    const struct timeline *t = r->g->t;
    struct curve curve = curve_of(r, s->right);
    char colour[COLOUR_SIZE];
    for (size_t d = 0; d < t->devices; d++) {
        if (!devices_column(t, d, s->metric, r->values))
            continue;
        svg_begin_shade(r->g, s->colour, d, t->devices);
        reduce_values(r, r->values);
        curve_line(&curve, "currentColor", 0.8, "");
        jsonl_puts(r->g->w, "</g>\n");
    }
    devices_mean(t, s->metric, r->values);
    reduce_values(r, r->values);
    curve_line(&curve, svg_colour(colour, s->colour), 1.8, "");
}

static void line_write(struct row *r, size_t i)
{
    const struct series *s = &series_table[i];
    bool area = s->style == STYLE_FILL || s->style == STYLE_STACK;
    struct curve curve = curve_of(r, s->right);
    char colour[COLOUR_SIZE];
    if (svg_has_devices(r->g->t, s->metric)) {
        devices_write(r, s);
        return;
    }
    reduce_series(r, i);
    curve_line(&curve, svg_colour(colour, s->colour), area ? 1 : 1.5,
               s->style == STYLE_DASHED ? " stroke-dasharray=\"60 40\"" : "");
    if (s->style == STYLE_BANDS)
        bands_write(r);
}

/* What the right axis is of, if it is of one series, and its unit. */
static void caption_write(const struct row *r)
{
    const struct series *left = r->scale[0].series, *right = r->scale[1].series;
    int y = r->scale[0].top - 4;
    bool unit = left && *left->unit;
    jsonl_printf(r->g->w, "<text class=\"text\" x=\"%d\" y=\"%d\" font-weight=\"600\">%s%s%s</text>\n", SVG_LEFT, y,
                 series_row_names[r->which], unit ? ", " : "", unit ? left->unit : "");
    if (right)
        jsonl_printf(r->g->w,
                     "<text class=\"faint\" x=\"%d\" y=\"%d\" fill=\"#6e6e73\" text-anchor=\"end\">%s%s%s</text>\n",
                     SVG_WIDTH - SVG_RIGHT, y, right->label, *right->unit ? ", " : "", right->unit);
}

static bool stands_in(const struct row *r, size_t i)
{
    return series_table[i].row == r->which && svg_has(r->g->t, i);
}

static void row_write(struct row *r)
{
    const struct timeline *t = r->g->t;
    for (size_t i = 0; i < series_len; i++)
        if (stands_in(r, i))
            scale_add(&r->scale[series_table[i].right], t, &series_table[i], t->column[i], stack_below(t, i));
    for (int side = 0; side < SIDES; side++) {
        scale_round(&r->scale[side]);
        scale_write(r->g, &r->scale[side], side != 0);
    }
    for (size_t i = series_len; i-- > 0;) /* a stack lies behind what it stands on */
        if (stands_in(r, i) && (series_table[i].style == STYLE_FILL || series_table[i].style == STYLE_STACK))
            area_write(r, i);
    for (size_t i = 0; i < series_len; i++)
        if (stands_in(r, i))
            line_write(r, i);
    caption_write(r);
}

bool svg_rows(struct svg *g)
{
    struct row r = {.g = g};
    if (!g->rows)
        return true;
    r.reduced = malloc(SVG_PLOT * sizeof *r.reduced);
    r.values = malloc(g->t->samples * sizeof *r.values);
    bool ok = r.reduced && r.values;
    for (int i = 0; ok && i < g->rows; i++) {
        r.which = g->row[i];
        r.scale[0] = r.scale[1] = (struct scale){.top = svg_row_y(g, i)};
        row_write(&r);
    }
    free(r.reduced);
    free(r.values);
    return ok;
}
