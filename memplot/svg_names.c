/* SPDX-License-Identifier: Apache-2.0
 * Names of models and words of marks above the rows, and names of tests below, turned by 90 degrees.  No two overlap:
 * where there is no room, failed tests and processes killed come first, then what is longer, then what is earlier. */
#include "svg.h"

#include "reduce.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES = SVG_PLOT / SVG_LABEL + 1,
    MODELS_MOST = 130,
    TESTS_MOST = 190,
    MARKS_MOST = 220,
    PAD = 8,
    TITLE_MOST = 500
};

struct label {
    double x, weight;
    struct jsonl_text text;
    enum jsonl_outcome outcome;
    bool plain; /* of a test with a model, or of a model */
};

/* Keeps the heaviest label of each place, as wide as a label; then those that stand too near to a heavier one go. */
struct places {
    struct label label[PLACES];
    bool taken[PLACES];
};

static void place_offer(struct places *p, struct label label)
{
    int i = (int)fmax(0, fmin((label.x - SVG_LEFT) / SVG_LABEL, PLACES - 1));
    if (p->taken[i] && p->label[i].weight >= label.weight)
        return;
    p->taken[i] = true;
    p->label[i] = label;
}

static bool near(const struct places *p, int i, int k)
{
    return k >= 0 && k < PLACES && p->taken[k] && fabs(p->label[k].x - p->label[i].x) < SVG_LABEL;
}

static bool heavier(const struct places *p, int a, int b)
{
    double more = p->label[a].weight - p->label[b].weight;
    return more > 0 || (more == 0 && a < b);
}

/* Takes the labels from the heaviest on, each that is left strikes out its neighbours. */
static void places_settle(struct places *p)
{
    bool settled[PLACES] = {false};
    for (;;) {
        int best = -1;
        for (int i = 0; i < PLACES; i++)
            if (p->taken[i] && !settled[i] && (best < 0 || heavier(p, i, best)))
                best = i;
        if (best < 0)
            return;
        settled[best] = true;
        for (int k = best - 1; k <= best + 1; k += 2)
            if (near(p, best, k) && !settled[k])
                p->taken[k] = false;
    }
}

static void label_write(struct svg *g, const struct label *l, int y, int room)
{
    static const char *const signs[JSONL_OUTCOMES] = {
        [JSONL_PASSED] = "", [JSONL_FAILED] = "\xe2\x9c\x97 ", [JSONL_SKIPPED] = "\xe2\x80\x93 "};
    const char *look = l->outcome == JSONL_FAILED ? "class=\"failed\" fill=\"#d70015\""
                       : l->plain                 ? "class=\"text\""
                                                  : "class=\"faint\" fill=\"#6e6e73\"";
    jsonl_printf(g->w, "<text %s transform=\"translate(%.0f %d)rotate(-90)\">%s", look, l->x + 4, y, signs[l->outcome]);
    svg_text_fit(g, l->text, (size_t)(room - PAD) / SVG_CHAR - (l->outcome == JSONL_PASSED ? 0 : 2));
    jsonl_puts(g->w, "</text>\n");
}

static struct label test_label(const struct svg *g, const struct timeline_test *test)
{
    struct jsonl_text text = names_text(&g->t->names, test->label);
    static const char prefix[] = "test_";
    size_t n = sizeof prefix - 1;
    if (text.n > n && !memcmp(text.s, prefix, n))
        text = (struct jsonl_text){text.s + n, text.n - n};
    double seconds = test->end - test->start;
    double rank = test->outcome == JSONL_FAILED ? 2 : test->outcome == JSONL_SKIPPED ? 0 : 1;
    return (struct label){
        .x = svg_x(g, (test->start + test->end) / 2),
        .weight = rank * 1e12 + seconds,
        .text = text,
        .outcome = test->outcome,
        .plain = test->model != NAME_NONE,
    };
}

static struct label model_label(const struct svg *g, const struct span *span)
{
    return (struct label){
        .x = svg_x(g, (fmax(span->start, g->from) + fmin(span->end, g->to)) / 2),
        .weight = span->end - span->start,
        .text = jsonl_model_name(g->options->config, names_text(&g->t->names, span->what)),
        .outcome = JSONL_PASSED,
        .plain = true,
    };
}

/* At its line. */
static struct label mark_label(const struct svg *g, const struct timeline_event *mark)
{
    size_t pixel = reduce_place(mark->ts, g->from, g->to, SVG_PLOT);
    return (struct label){
        .x = SVG_LEFT + (double)pixel + 0.5,
        .weight = mark->kill,
        .text = names_text(&g->t->names, mark->label),
    };
}

static int room_for(size_t most_characters, int most)
{
    int room = most_characters > (size_t)most ? most : (int)most_characters * SVG_CHAR + PAD;
    return room > most ? most : room;
}

bool svg_names_room(struct svg *g)
{
    struct spans models = {0};
    if (!spans_models(&models, g->t))
        return false;
    size_t longest = 0;
    for (size_t i = 0; i < models.len; i++) {
        size_t n = svg_characters(model_label(g, &models.span[i]).text);
        longest = n > longest ? n : longest;
    }
    g->models_height = longest ? room_for(longest, MODELS_MOST) : 0;
    spans_free(&models);
    longest = 0;
    for (size_t i = 0; i < g->t->tests; i++) {
        size_t n = svg_characters(test_label(g, &g->t->test[i]).text) + 2;
        longest = n > longest ? n : longest;
    }
    g->tests_height = longest ? room_for(longest, TESTS_MOST) : 0;
    longest = 0;
    for (size_t i = 0; i < g->t->events; i++) {
        size_t n = timeline_is_mark(g->t, i) ? svg_characters(mark_label(g, &g->t->event[i]).text) : 0;
        longest = n > longest ? n : longest;
    }
    g->marks_height = longest ? room_for(longest, MARKS_MOST) : 0;
    return true;
}

static void places_write(struct svg *g, struct places *p, bool up)
{
    places_settle(p);
    if (!up)
        jsonl_puts(g->w, "<g text-anchor=\"end\">\n");
    for (int i = 0; i < PLACES; i++)
        if (p->taken[i])
            label_write(g, &p->label[i], up ? g->models_y + g->models_height - 2 : g->tests_y + 4,
                        up ? g->models_height : g->tests_height);
    if (!up)
        jsonl_puts(g->w, "</g>\n");
}

/* With all their words where they are cut, or nearly all.  A line leads to each, past the rows' captions. */
static void marks_write(struct svg *g, struct places *p)
{
    int room = g->marks_height, from = g->marks_y + room;
    size_t most = (size_t)(room - PAD) / SVG_CHAR;
    places_settle(p);
    jsonl_printf(g->w, "<path %s d=\"", svg_looks[LOOK_MARK]);
    for (int i = 0; i < PLACES; i++)
        if (p->taken[i])
            jsonl_printf(g->w, "M%.1f %dV%d", p->label[i].x, from, g->rows_y);
    jsonl_puts(g->w, "\"/>\n<g class=\"mark\" fill=\"#0a6cff\">\n");
    for (int i = 0; i < PLACES; i++) {
        const struct label *l = &p->label[i];
        if (!p->taken[i])
            continue;
        jsonl_printf(g->w, "<text transform=\"translate(%.0f %d)rotate(-90)\">", l->x + 4, from - 2);
        if (svg_characters(l->text) > most) {
            jsonl_puts(g->w, "<title>");
            svg_text_fit(g, l->text, TITLE_MOST);
            jsonl_puts(g->w, "</title>");
        }
        svg_text_fit(g, l->text, most);
        jsonl_puts(g->w, "</text>\n");
    }
    jsonl_puts(g->w, "</g>\n");
}

bool svg_names(struct svg *g)
{
    struct places *p = calloc(3, sizeof *p);
    struct spans models = {0};
    bool ok = p && spans_models(&models, g->t);
    for (size_t i = 0; ok && i < models.len; i++)
        if (models.span[i].start <= g->to && models.span[i].end >= g->from)
            place_offer(&p[0], model_label(g, &models.span[i]));
    for (size_t i = 0; ok && i < g->t->tests; i++)
        place_offer(&p[1], test_label(g, &g->t->test[i]));
    for (size_t i = 0; ok && i < g->t->events; i++)
        if (timeline_is_mark(g->t, i))
            place_offer(&p[2], mark_label(g, &g->t->event[i]));
    if (ok) {
        places_write(g, &p[0], true);
        places_write(g, &p[1], false);
    }
    if (ok && g->marks_height)
        marks_write(g, &p[2]);
    spans_free(&models);
    free(p);
    return ok;
}
