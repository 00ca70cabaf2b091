/* SPDX-License-Identifier: Apache-2.0
 * The rows: axes, areas and lines. */
#include "svg.h"

#include "axis.h"
#include "devices.h"
#include "reduce.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDES = 2,
    TICKS = 5,
    TENTHS = 10,
    DENSE = 3, /* samples a pixel, from which on a line would be a block: its range and its mean are drawn */
};

/* An axis of a row: its values from bottom to top. */
struct scale {
    double least, most, step;
    const char *unit; /* of the first series on it */
    bool used;
};

struct row {
    struct svg *g;
    int y; /* upper edge */
    struct scale scale[SIDES];
    struct reduced *reduced; /* SVG_PLOT of them */
    double *sum;             /* room for a stack: one value a sample */
};

/* ---- Scales */

static void scale_add(struct scale *s, const struct timeline *t, const double *v, const double *below, const char *unit)
{
    if (!s->used)
        *s = (struct scale){0, 0, 1, unit, true};
    if (!strcmp(unit, "%"))
        s->most = fmax(s->most, 100);
    for (size_t i = 0; i < t->samples; i++) {
        double value = below && !isnan(below[i]) ? v[i] + below[i] : v[i];
        s->least = value < s->least ? value : s->least; /* NAN is passed over */
        s->most = value > s->most ? value : s->most;
    }
}

static void scale_round(struct scale *s)
{
    const double least_span = 1e-6; /* less is nothing: a step must not vanish */
    if (s->most - s->least < least_span)
        s->most = s->least + 1;
    s->step = axis_step(s->most - s->least, TICKS);
    s->most = ceil(s->most / s->step - 1e-9) * s->step;
    s->least = floor(s->least / s->step + 1e-9) * s->step;
}

static double scale_y(const struct row *r, bool right, double v)
{
    const struct scale *s = &r->scale[right];
    return r->y + SVG_ROW - (v - s->least) / (s->most - s->least) * SVG_ROW;
}

static void scale_write(const struct row *r, int side)
{
    const struct scale *s = &r->scale[side];
    if (!s->used)
        return;
    int x = side ? SVG_WIDTH - SVG_RIGHT + 5 : SVG_LEFT - 5;
    int decimals = s->step >= 1 ? 0 : (int)fmin(ceil(-log10(s->step) - 1e-9), 9);
    if (!side) {
        jsonl_puts(r->g->w, "<path class=\"grid\" stroke=\"#e4e4e8\" d=\"");
        for (int i = 0; s->least + i * s->step <= s->most * (1 + 1e-9); i++)
            jsonl_printf(r->g->w, "M%d %.0fh%d", SVG_LEFT, scale_y(r, side, s->least + i * s->step), SVG_PLOT);
        jsonl_puts(r->g->w, "\"/>\n");
    }
    jsonl_printf(r->g->w, "<g class=\"faint\" fill=\"#6e6e73\" text-anchor=\"%s\">", side ? "start" : "end");
    for (int i = 0; s->least + i * s->step <= s->most * (1 + 1e-9); i++) {
        jsonl_printf(r->g->w, "<text x=\"%d\" y=\"%.0f\">", x, scale_y(r, side, s->least + i * s->step) + 4);
        jsonl_write_number(r->g->w, s->least + i * s->step, decimals);
        jsonl_puts(r->g->w, "</text>");
    }
    jsonl_puts(r->g->w, "</g>\n");
}

/* ---- Paths, in tenths of a pixel, each point told from the one before */

struct path {
    struct jsonl_writer *w;
    int x, y;  /* where the pen is */
    int first; /* x where the line began */
    int level; /* a horizontal piece that is not written yet ends here; -1: none */
    int base;  /* >= 0: an area down to this y */
    bool drawing;
};

static void path_flush(struct path *p)
{
    if (p->level >= 0 && p->level != p->x) {
        jsonl_printf(p->w, "h%d", p->level - p->x);
        p->x = p->level;
    }
    p->level = -1;
}

static void path_end(struct path *p)
{
    if (!p->drawing)
        return;
    path_flush(p);
    if (p->base >= 0)
        jsonl_printf(p->w, "V%dH%dz", p->base, p->first);
    else if (p->x == p->first)
        jsonl_puts(p->w, "h0"); /* a lonely point: the round ends of the line show it */
    p->drawing = false;
}

static void path_point(struct path *p, int x, int y)
{
    if (!p->drawing) {
        jsonl_printf(p->w, "M%d %d", x, y);
        p->first = x;
        p->level = -1;
    } else if (y == p->y) {
        p->level = x;
        return;
    } else {
        path_flush(p);
        if (x == p->x)
            jsonl_printf(p->w, "v%d", y - p->y);
        else
            jsonl_printf(p->w, y < p->y ? "l%d%d" : "l%d %d", x - p->x, y - p->y);
    }
    p->x = x;
    p->y = y;
    p->drawing = true;
}

static void path_reduced(struct path *p, const struct row *r, bool right, struct reduced_point at)
{
    double y = fmin(fmax(scale_y(r, right, at.v), r->y), r->y + SVG_ROW);
    path_point(p, (int)lround(svg_x(r->g, at.t) * TENTHS), (int)lround(y * TENTHS));
}

/* The four points of each pixel column in the order of their times. */
static void path_write(const struct row *r, bool right, int base)
{
    struct path p = {.w = r->g->w, .base = base, .level = -1};
    for (size_t x = 0; x < SVG_PLOT; x++) {
        const struct reduced *c = &r->reduced[x];
        if (!c->n)
            continue;
        if (!c->joined)
            path_end(&p);
        path_reduced(&p, r, right, c->first);
        if (c->n < 2)
            continue;
        bool up = c->min.t <= c->max.t;
        path_reduced(&p, r, right, up ? c->min : c->max);
        path_reduced(&p, r, right, up ? c->max : c->min);
        path_reduced(&p, r, right, c->last);
    }
    path_end(&p);
}

static bool dense(const struct row *r)
{
    return r->g->t->samples > (size_t)DENSE * SVG_PLOT;
}

static double mean_of(const struct reduced *c)
{
    return c->sum / (double)c->n;
}

/* The middles of the pixel columns, at their means. */
static void path_means(const struct row *r, bool right, int base)
{
    struct path p = {.w = r->g->w, .base = base, .level = -1};
    for (size_t x = 0; x < SVG_PLOT; x++) {
        const struct reduced *c = &r->reduced[x];
        if (!c->n)
            continue;
        if (!c->joined)
            path_end(&p);
        path_point(&p, (int)(SVG_LEFT + x) * TENTHS + TENTHS / 2, (int)lround(scale_y(r, right, mean_of(c)) * TENTHS));
    }
    path_end(&p);
}

/* Along the greatest values there, along the least ones back, for each run of columns that are joined; in whole pixels,
 * rounded outwards. */
static void path_ranges(const struct row *r, bool right)
{
    const struct reduced *c = r->reduced;
    for (size_t a = 0, b; a < SVG_PLOT; a = b) {
        size_t last = a;
        for (b = a + 1; c[a].n && b < SVG_PLOT && (!c[b].n || c[b].joined); b++)
            last = c[b].n ? b : last;
        if (!c[a].n)
            continue;
        struct path p = {.w = r->g->w, .base = -1, .level = -1};
        for (size_t x = a; x <= last; x++)
            if (c[x].n)
                path_point(&p, (int)x, (int)floor(scale_y(r, right, c[x].max.v)));
        path_point(&p, (int)last + 1, (int)floor(scale_y(r, right, c[last].max.v)));
        path_flush(&p);
        path_point(&p, (int)last + 1, (int)ceil(scale_y(r, right, c[last].min.v)));
        for (size_t x = last + 1; x-- > a;)
            if (c[x].n)
                path_point(&p, (int)x, (int)ceil(scale_y(r, right, c[x].min.v)));
        path_flush(&p);
        jsonl_puts(r->g->w, "z");
    }
}

static void line_write(const struct row *r, bool right, const char *colour, const char *more, double width)
{
    if (dense(r)) {
        jsonl_printf(r->g->w, "<path transform=\"translate(%d)\" fill=\"%s\" fill-opacity=\".22\" d=\"", SVG_LEFT,
                     colour);
        path_ranges(r, right);
        jsonl_puts(r->g->w, "\"/>\n");
    }
    jsonl_printf(r->g->w,
                 "<path transform=\"scale(.1)\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.0f\" "
                 "stroke-linejoin=\"round\" stroke-linecap=\"round\"%s d=\"",
                 colour, width * TENTHS, more);
    (dense(r) ? path_means : path_write)(r, right, -1);
    jsonl_puts(r->g->w, "\"/>\n");
}

/* ---- Bands: points in the colour of how much RAM is free, the lowest of some pixels */

static double total_at(const struct timeline *t, size_t sample)
{
    for (size_t i = 0; i < series_len; i++)
        if (series_table[i].metric == JSONL_METRIC_ram_total_gb && t->column[i] && t->column[i][sample] > 0)
            return t->column[i][sample];
    return t->machine.ram_total_gb;
}

static int band_of(const struct format_options *o, double free_gb, double total)
{
    bool known = total > 0;
    double green = known ? o->config->ram_green * total : JSONL_RAM_GREEN_GB;
    double orange = known ? o->config->ram_orange * total : JSONL_RAM_ORANGE_GB;
    return free_gb > green ? 0 : free_gb > orange ? 1 : 2;
}

static size_t sample_at(const struct timeline *t, double ts)
{
    size_t lo = 0, hi = t->samples;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->ts[mid] < ts)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->samples ? lo : t->samples - 1;
}

static void bands_write(const struct row *r)
{
    enum { ROOM = 7, BANDS = 3 };
    static const char *const colours[BANDS] = {"#34c759", "#ff9500", "#ff3b30"};
    for (int band = 0; band < BANDS; band++) {
        jsonl_printf(r->g->w,
                     "<path transform=\"scale(.1)\" stroke=\"%s\" stroke-width=\"40\" stroke-linecap=\"round\" d=\"",
                     colours[band]);
        for (size_t x = 0; x < SVG_PLOT; x += ROOM) {
            const struct reduced *least = NULL;
            for (size_t i = x; i < x + ROOM && i < SVG_PLOT; i++)
                if (r->reduced[i].n && (!least || r->reduced[i].min.v < least->min.v))
                    least = &r->reduced[i];
            if (!least)
                continue;
            double total = total_at(r->g->t, sample_at(r->g->t, least->min.t));
            if (band_of(r->g->options, least->min.v, total) == band)
                jsonl_printf(r->g->w, "M%.0f %.0fh0", svg_x(r->g, least->min.t) * TENTHS,
                             scale_y(r, false, least->min.v) * TENTHS);
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
        r->sum[k] = isnan(below[k]) ? v[k] : v[k] + below[k];
    reduce_column(t, below ? r->sum : v, r->g->from, r->g->to, r->reduced, SVG_PLOT);
}

/* Down to zero.  Of a stack and what it stands on both areas are one path, which is filled where they differ. */
static void area_write(struct row *r, size_t i)
{
    const struct timeline *t = r->g->t;
    const struct series *s = &series_table[i];
    int zero = (int)lround(scale_y(r, s->right, fmax(0, r->scale[s->right].least)) * TENTHS);
    jsonl_printf(r->g->w, "<path transform=\"scale(.1)\" fill=\"%s\" fill-opacity=\".35\" fill-rule=\"evenodd\" d=\"",
                 s->colour);
    reduce_series(r, i);
    (dense(r) ? path_means : path_write)(r, s->right, zero);
    if (stack_below(t, i)) {
        reduce_column(t, stack_below(t, i), r->g->from, r->g->to, r->reduced, SVG_PLOT);
        (dense(r) ? path_means : path_write)(r, s->right, zero);
    }
    jsonl_puts(r->g->w, "\"/>\n");
}

/* Each device as a thin line, and their mean in place of the greatest of them. */
static void devices_write(struct row *r, const struct series *s)
{
    const struct timeline *t = r->g->t;
    for (size_t d = 0; d < t->devices; d++) {
        if (!devices_column(t, d, s->metric, r->sum))
            continue;
        reduce_column(t, r->sum, r->g->from, r->g->to, r->reduced, SVG_PLOT);
        line_write(r, s->right, s->colour, " stroke-opacity=\".4\"", 0.7);
    }
    if (devices_mean(t, s->metric, r->sum)) {
        reduce_column(t, r->sum, r->g->from, r->g->to, r->reduced, SVG_PLOT);
        line_write(r, s->right, s->colour, "", 1.5);
    }
}

static void series_write(struct row *r, size_t i, bool areas)
{
    const struct series *s = &series_table[i];
    bool area = s->style == STYLE_FILL || s->style == STYLE_STACK;
    if (areas) {
        if (area)
            area_write(r, i);
        return;
    }
    if (s->metric == JSONL_METRIC_gpu_device_util && devices_mean(r->g->t, s->metric, r->sum)) {
        devices_write(r, s);
        return;
    }
    reduce_series(r, i);
    line_write(r, s->right, s->colour, s->style == STYLE_DASHED ? " stroke-dasharray=\"60 40\"" : "", area ? 1 : 1.5);
    if (s->style == STYLE_BANDS)
        bands_write(r);
}

static void caption_write(const struct row *r, enum series_row which)
{
    jsonl_printf(r->g->w, "<text class=\"text\" x=\"%d\" y=\"%d\" font-weight=\"600\">%s%s%s</text>\n", SVG_LEFT,
                 r->y - 4, series_row_names[which], *r->scale[0].unit ? ", " : "", r->scale[0].unit);
    if (r->scale[1].used && *r->scale[1].unit)
        jsonl_printf(r->g->w,
                     "<text class=\"faint\" x=\"%d\" y=\"%d\" fill=\"#6e6e73\" text-anchor=\"end\">%s</text>\n",
                     SVG_WIDTH - SVG_RIGHT, r->y - 4, r->scale[1].unit);
}

static void row_write(struct row *r, enum series_row which)
{
    const struct timeline *t = r->g->t;
    r->scale[0] = r->scale[1] = (struct scale){.unit = ""};
    for (size_t i = 0; i < series_len; i++)
        if (svg_has(t, i) && series_table[i].row == which)
            scale_add(&r->scale[series_table[i].right], t, t->column[i], stack_below(t, i), series_table[i].unit);
    scale_round(&r->scale[0]);
    scale_round(&r->scale[1]);
    scale_write(r, 0);
    scale_write(r, 1);
    for (size_t i = series_len; i-- > 0;) /* a stack lies behind what it stands on */
        if (svg_has(t, i) && series_table[i].row == which)
            series_write(r, i, true);
    for (size_t i = 0; i < series_len; i++)
        if (svg_has(t, i) && series_table[i].row == which)
            series_write(r, i, false);
    caption_write(r, which);
}

bool svg_rows(struct svg *g)
{
    struct row r = {.g = g};
    if (!g->rows)
        return true;
    r.reduced = malloc(SVG_PLOT * sizeof *r.reduced);
    r.sum = malloc(g->t->samples * sizeof *r.sum);
    bool ok = r.reduced && r.sum;
    for (int i = 0; ok && i < g->rows; i++) {
        r.y = svg_row_y(g, i);
        row_write(&r, g->row[i]);
    }
    free(r.reduced);
    free(r.sum);
    return ok;
}
