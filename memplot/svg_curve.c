/* SPDX-License-Identifier: Apache-2.0 */
#include "svg_curve.h"

#include <math.h>

enum { DENSE = 3 }; /* samples a pixel, from which on a line would be a block */

static int tenths(double pixels)
{
    return (int)lround(pixels * CURVE_TENTHS);
}

/* ---- Paths: each point is told from the one before */

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
        jsonl_puts(p->w, "m-15 0h30"); /* a lonely point, as wide as can be seen */
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

/* ---- Pixel columns as points of a path */

static void point_at(struct path *p, const struct curve *c, struct reduced_point at)
{
    double top = c->scale->top, y = fmin(fmax(scale_y(c->scale, at.v), top), top + SVG_ROW);
    path_point(p, tenths(svg_x(c->g, at.t)), tenths(y));
}

/* The four points of a column in the order of their times. */
static void points_all(struct path *p, const struct curve *c, size_t x)
{
    const struct reduced *r = &c->reduced[x];
    point_at(p, c, r->first);
    if (r->n < 2)
        return;
    bool up = r->min.t <= r->max.t;
    point_at(p, c, up ? r->min : r->max);
    point_at(p, c, up ? r->max : r->min);
    point_at(p, c, r->last);
}

/* The middle of a column, at its mean. */
static void points_mean(struct path *p, const struct curve *c, size_t x)
{
    const struct reduced *r = &c->reduced[x];
    path_point(p, tenths((double)SVG_LEFT + (double)x + 0.5), tenths(scale_y(c->scale, r->sum / (double)r->n)));
}

static bool dense(const struct curve *c)
{
    return c->g->t->samples > (size_t)DENSE * SVG_PLOT;
}

/* base: as in struct path. */
static void path_write(const struct curve *c, int base)
{
    struct path p = {.w = c->g->w, .base = base, .level = -1};
    for (size_t x = 0; x < SVG_PLOT; x++) {
        if (!c->reduced[x].n)
            continue;
        if (!c->reduced[x].joined)
            path_end(&p);
        (dense(c) ? points_mean : points_all)(&p, c, x);
    }
    path_end(&p);
}

/* Along the greatest values there, along the least ones back, for each run of columns that are joined; in whole pixels,
 * rounded outwards. */
static void ranges_write(const struct curve *c)
{
    const struct reduced *r = c->reduced;
    for (size_t a = 0, b; a < SVG_PLOT; a = b) {
        size_t last = a;
        for (b = a + 1; r[a].n && b < SVG_PLOT && (!r[b].n || r[b].joined); b++)
            last = r[b].n ? b : last;
        if (!r[a].n)
            continue;
        struct path p = {.w = c->g->w, .base = -1, .level = -1};
        for (size_t x = a; x <= last; x++)
            if (r[x].n)
                path_point(&p, (int)x, (int)floor(scale_y(c->scale, r[x].max.v)));
        path_point(&p, (int)last + 1, (int)floor(scale_y(c->scale, r[last].max.v)));
        path_flush(&p);
        path_point(&p, (int)last + 1, (int)ceil(scale_y(c->scale, r[last].min.v)));
        for (size_t x = last + 1; x-- > a;)
            if (r[x].n)
                path_point(&p, (int)x, (int)ceil(scale_y(c->scale, r[x].min.v)));
        path_flush(&p);
        jsonl_puts(c->g->w, "z");
    }
}

void curve_line(const struct curve *c, const char *colour, double width, const char *attributes)
{
    if (dense(c)) {
        jsonl_printf(c->g->w, "<path transform=\"translate(%d)\" fill=\"%s\" fill-opacity=\".22\" d=\"", SVG_LEFT,
                     colour);
        ranges_write(c);
        jsonl_puts(c->g->w, "\"/>\n");
    }
    jsonl_printf(c->g->w,
                 "<path transform=\"scale(.1)\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.0f\" "
                 "stroke-linejoin=\"round\" stroke-linecap=\"round\"%s d=\"",
                 colour, width * CURVE_TENTHS, attributes);
    path_write(c, -1);
    jsonl_puts(c->g->w, "\"/>\n");
}

void curve_area(const struct curve *c)
{
    path_write(c, tenths(scale_y(c->scale, fmax(0, c->scale->least))));
}
