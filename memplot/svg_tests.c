/* SPDX-License-Identifier: Apache-2.0
 * Bars: tests in their lanes, models in RAM. */
#include "svg.h"

#include "reduce.h"

#include <math.h>

/* Of bars thinner than a pixel one is drawn for each pixel, lane and kind. */
struct thin {
    double next;    /* pixel from which on another may be drawn */
    double covered; /* up to here bars are drawn */
};

static void test_bar(struct svg *g, const struct timeline_test *test, int lane, struct thin *thin)
{
    double x0 = svg_x(g, test->start), x1 = svg_x(g, test->end);
    int y = g->lanes_y + lane * SVG_LANE, height = SVG_LANE - 2;
    if (test->outcome == JSONL_SKIPPED) { /* a tick */
        y += height - 4;
        height = 4;
    }
    if (x1 - x0 < 1) {
        if (x0 < thin->next)
            return;
        thin->next = floor(x0) + 1;
        jsonl_printf(g->w, "M%.0f %dh1v%dh-1z", floor(x0), y, height);
        return;
    }
    /* Only in the last lane do tests overlap, when there are more lanes than that. */
    if (lane == SVG_LANES_MAX - 1 && x1 < thin->covered + 1)
        return;
    thin->covered = fmax(thin->covered, x1);
    double gap = x1 - x0 > 3 ? 0.6 : 0; /* neighbours are told apart */
    jsonl_printf(g->w, "M%.1f %dH%.1fv%dH%.1fz", x0, y, x1 - gap, height, x0);
}

/* Failed ones last, so that they lie on top. */
bool svg_lanes(struct svg *g)
{
    static const struct {
        enum jsonl_outcome outcome;
        enum svg_look look;
    } bars[JSONL_OUTCOMES] = {{JSONL_PASSED, LOOK_PASSED}, {JSONL_SKIPPED, LOOK_SKIPPED}, {JSONL_FAILED, LOOK_BROKEN}};
    for (size_t k = 0; g->lanes_height && k < JSONL_OUTCOMES; k++) {
        struct thin thin[SVG_LANES_MAX] = {0};
        jsonl_printf(g->w, "<path %s d=\"", svg_looks[bars[k].look]);
        for (size_t i = 0; i < g->t->tests; i++) {
            const struct timeline_test *test = &g->t->test[i];
            int lane = test->lane < SVG_LANES_MAX ? (int)test->lane : SVG_LANES_MAX - 1;
            if (test->outcome == bars[k].outcome)
                test_bar(g, test, lane, &thin[lane]);
        }
        jsonl_puts(g->w, "\"/>\n");
    }
    return true;
}

/* A stretch of pixels of bars that touch is one bar. */
static void regions_pass(struct svg *g, bool ready)
{
    double covered = -1;
    for (size_t i = 0; i < g->t->regions; i++) {
        const struct timeline_region *r = &g->t->region[i];
        double x0 = svg_x(g, fmin(fmax(ready ? r->ready : r->start, g->from), g->to));
        double x1 = svg_x(g, fmin(fmax(ready ? r->end : r->ready, g->from), g->to));
        if (x1 <= x0 || x1 <= covered + (x1 - x0 < 1 ? 1 : 0))
            continue;
        x1 = fmax(x1, x0 + 1);
        jsonl_printf(g->w, "M%.1f %dH%.1fv%dH%.1fz", x0, g->regions_y + 2, x1 - (x1 - x0 > 3 ? 1 : 0),
                     g->regions_height - 4, x0);
        covered = fmax(covered, x1);
    }
}

bool svg_regions(struct svg *g)
{
    if (!g->regions_height)
        return true;
    for (int ready = 0; ready < 2; ready++) {
        jsonl_printf(g->w, "<path %s d=\"", svg_looks[ready ? LOOK_IN_RAM : LOOK_LOADING]);
        regions_pass(g, ready != 0);
        jsonl_puts(g->w, "\"/>\n");
    }
    return true;
}
