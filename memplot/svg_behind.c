/* SPDX-License-Identifier: Apache-2.0
 * Behind the rows: when tests ran, in each row those that ran at once one below the other, and when memory was short;
 * over them the marks and the borders of recordings. */
#include "svg.h"

#include "reduce.h"

#include <math.h>
#include <stdlib.h>

enum {
    FAILED_LEAST = 3,           /* pixels that a failed test is wide */
    FAILED_FEW = SVG_PLOT / 20, /* if they are no more than these: many would hide all else */
    CROSS = 12,
};

/* What a pixel shows: of several the greatest. */
enum shade { SHADE_NONE, SHADE_INFRA, SHADE_TEST, SHADE_FAILED };

static enum shade shade_of(const struct timeline_test *test)
{
    if (test->outcome == JSONL_SKIPPED)
        return SHADE_NONE;
    return test->outcome == JSONL_FAILED ? SHADE_FAILED : test->model != NAME_NONE ? SHADE_TEST : SHADE_INFRA;
}

static size_t pixel(const struct svg *g, double ts)
{
    return reduce_place(ts, g->from, g->to, SVG_PLOT);
}

/* What the pixels of a lane show; in the last, also those of all lanes beyond. */
struct shades {
    unsigned char shade[SVG_PLOT];
    unsigned char edge[SVG_PLOT];  /* here a test begins that is wide enough to be told apart */
    size_t done[SHADE_FAILED + 1]; /* of each shade: up to here pixels are coloured */
};

/* Tests are in order of their starts, so of each lane and shade a pixel is coloured once: O(tests + lanes * pixels). */
static void shades_find(const struct svg *g, struct shades lane[SVG_LANES_MAX])
{
    size_t failed = 0;
    for (size_t i = 0; i < g->t->tests; i++)
        failed += g->t->test[i].outcome == JSONL_FAILED;
    size_t least = failed <= FAILED_FEW ? FAILED_LEAST : 1;
    for (size_t i = 0; i < g->t->tests; i++) {
        const struct timeline_test *test = &g->t->test[i];
        struct shades *in = &lane[test->lane < SVG_LANES_MAX ? test->lane : SVG_LANES_MAX - 1];
        enum shade s = shade_of(test);
        size_t from = pixel(g, test->start), to = pixel(g, test->end);
        if (s == SHADE_NONE)
            continue;
        if (s == SHADE_FAILED)
            to = to < from + least ? from + least - 1 : to;
        in->edge[from] = to - from > 3 ? 1 : in->edge[from];
        for (size_t x = from > in->done[s] ? from : in->done[s]; x <= to && x < SVG_PLOT; x++)
            in->shade[x] = s > in->shade[x] ? (unsigned char)s : in->shade[x];
        in->done[s] = to + 1 > in->done[s] ? to + 1 : in->done[s];
    }
}

static void runs_write(struct svg *g, const unsigned char shade[SVG_PLOT], enum shade what, int y, int height)
{
    for (size_t x = 0, end; x < SVG_PLOT; x = end) {
        for (end = x + 1; end < SVG_PLOT && shade[end] == shade[x]; end++)
            ;
        if (shade[x] == what)
            jsonl_printf(g->w, "M%zu %dh%zuv%dh-%zuz", x + SVG_LEFT, y, end - x, height, end - x);
    }
}

/* Where what lies behind the rows is drawn: a lane from the first row to the last, or several in each row. */
struct parts {
    int y, height; /* of all rows */
    int rows;      /* each of which has all lanes */
    size_t lanes;
};

/* Upper edge of a lane's part; that of the lane behind the last is the lower edge of the row. */
static int part_y(const struct svg *g, const struct parts *p, int row, size_t lane)
{
    int top = p->rows > 1 ? svg_row_y(g, row) : p->y, height = p->rows > 1 ? SVG_ROW : p->height;
    return top + (int)((size_t)height * lane / p->lanes);
}

static void shades_write(struct svg *g, const struct shades *lane, const struct parts *p)
{
    static const struct {
        enum shade shade;
        enum svg_look look;
    } kinds[] = {
        {SHADE_INFRA, LOOK_INFRA}, {SHADE_TEST, LOOK_TEST}, {SHADE_FAILED, LOOK_FAILED}, {SHADE_FAILED, LOOK_HATCH}};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        jsonl_printf(g->w, "<path %s d=\"", svg_looks[kinds[k].look]);
        for (int row = 0; row < p->rows; row++)
            for (size_t i = 0; i < p->lanes; i++) {
                int top = part_y(g, p, row, i);
                runs_write(g, lane[i].shade, kinds[k].shade, top, part_y(g, p, row, i + 1) - top);
            }
        jsonl_puts(g->w, "\"/>\n");
    }
}

static void edges_write(struct svg *g, const struct shades *lane, const struct parts *p)
{
    jsonl_puts(g->w, "<path stroke=\"#6e6e73\" stroke-opacity=\".28\" d=\"");
    for (int row = 0; row < p->rows; row++)
        for (size_t i = 0; i < p->lanes; i++) {
            int top = part_y(g, p, row, i), bottom = part_y(g, p, row, i + 1);
            for (size_t x = 0; x < SVG_PLOT; x++)
                if (lane[i].edge[x])
                    jsonl_printf(g->w, "M%zu.5 %dv%d", x + SVG_LEFT, top, bottom - top);
        }
    jsonl_puts(g->w, "\"/>\n");
}

/* The crosses of failed tests, so far apart that each is seen. */
static void crosses_write(struct svg *g)
{
    double next = 0;
    jsonl_printf(g->w, "<g class=\"failed\" fill=\"#d70015\" font-size=\"13\" text-anchor=\"middle\">");
    for (size_t i = 0; i < g->t->tests; i++) {
        const struct timeline_test *test = &g->t->test[i];
        double x = svg_x(g, (test->start + test->end) / 2);
        if (test->outcome != JSONL_FAILED || x < next)
            continue;
        jsonl_printf(g->w, "<text x=\"%.0f\" y=\"%d\">\xe2\x9c\x97</text>", x, g->rows_y + CROSS);
        next = x + CROSS;
    }
    jsonl_puts(g->w, "</g>\n");
}

static bool pressure_write(struct svg *g, int y, int height)
{
    static const struct {
        int32_t level;
        enum svg_look look;
    } levels[] = {{2, LOOK_WARN}, {4, LOOK_CRITICAL}};
    struct spans spans = {0};
    bool ok = spans_pressure(&spans, g->t);
    for (size_t k = 0; ok && k < 2; k++) {
        unsigned char on[SVG_PLOT] = {0};
        bool any = false;
        for (size_t i = 0; i < spans.len; i++) {
            if (spans.span[i].what != levels[k].level)
                continue;
            any = true;
            for (size_t x = pixel(g, spans.span[i].start); x <= pixel(g, spans.span[i].end); x++)
                on[x] = 1;
        }
        if (!any)
            continue;
        jsonl_printf(g->w, "<path %s d=\"", svg_looks[levels[k].look]);
        runs_write(g, on, (enum shade)1, y, height);
        jsonl_puts(g->w, "\"/>\n");
    }
    spans_free(&spans);
    return ok;
}

bool svg_behind(struct svg *g)
{
    struct shades lane[SVG_LANES_MAX] = {0};
    size_t lanes = g->t->lanes < SVG_LANES_MAX ? g->t->lanes : SVG_LANES_MAX;
    int height = g->lanes_y - 6 - g->rows_y;
    if (height <= 0)
        return true;
    if (g->t->tests) {
        shades_find(g, lane);
        struct parts parts = {g->rows_y, height, lanes > 1 ? g->rows : 1, lanes};
        shades_write(g, lane, &parts);
        edges_write(g, lane, &parts);
        crosses_write(g);
    }
    return pressure_write(g, g->rows_y, height);
}

/* Dashed lines at times, at most one a pixel; ticks at the upper edge, where lines would hide all else. */
static void lines_write(struct svg *g, const unsigned char at[SVG_PLOT], enum svg_look look)
{
    enum { LINES_MOST = 60, TICK = 7 };
    int lines = 0;
    for (size_t x = 0; x < SVG_PLOT; x++)
        lines += at[x];
    int to = lines > LINES_MOST ? g->rows_y + TICK : g->lanes_y + g->lanes_height;
    jsonl_printf(g->w, "<path %s d=\"", svg_looks[look]);
    for (size_t x = 0; x < SVG_PLOT; x++)
        if (at[x])
            jsonl_printf(g->w, "M%zu.5 %dV%d", x + SVG_LEFT, g->rows_y, to);
    jsonl_puts(g->w, "\"/>\n");
}

void svg_marks(struct svg *g)
{
    unsigned char mark[SVG_PLOT] = {0}, border[SVG_PLOT] = {0};
    bool marks = false;
    for (size_t i = 0; i < g->t->events; i++) {
        if (!timeline_is_mark(g->t, i))
            continue;
        mark[pixel(g, g->t->event[i].ts)] = 1;
        marks = true;
    }
    for (size_t i = 0; i < g->t->brks; i++)
        border[pixel(g, g->t->brk[i])] = 1;
    if (marks)
        lines_write(g, mark, LOOK_MARK);
    if (g->t->brks)
        lines_write(g, border, LOOK_BREAK);
}
