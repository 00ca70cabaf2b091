/* SPDX-License-Identifier: Apache-2.0
 * Rows of marks: a character a column, of several the one that says more. */
#include "axis.h"
#include "spans.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum {
    LANES_MAX = 4,  /* tests of the lanes beyond are shown in the last */
    FAILED_MAX = 10 /* that are named */
};

static size_t place(const struct picture *p, double ts)
{
    return reduce_place(ts, p->from, p->to, p->width);
}

bool text_pressure(struct picture *p)
{
    struct spans spans = {0};
    bool ok = spans_pressure(&spans, p->t), any[5] = {false};
    for (size_t x = 0; x < p->width; x++)
        p->cell[x] = " ";
    for (int level = 2; ok && level <= 4; level += 2)
        for (size_t i = 0; i < spans.len; i++)
            for (size_t x = place(p, spans.span[i].start);
                 spans.span[i].what == level && x <= place(p, spans.span[i].end); x++) {
                p->cell[x] = level == 4 ? "C" : "w";
                any[level] = true;
            }
    if (ok && spans.len) {
        jsonl_printf(p->note, "%s%s%s", any[2] ? "w warn" : "", any[2] && any[4] ? ", " : "",
                     any[4] ? "C critical" : "");
        text_line(p, "Pressure");
    }
    spans_free(&spans);
    return ok;
}

/* What a column shows of tests; of several the greatest. */
enum rank { RANK_NONE, RANK_SKIPPED, RANK_INFRA, RANK_RUN, RANK_START, RANK_FAILED };

static enum rank rank_of(const struct timeline_test *test)
{
    return test->outcome == JSONL_FAILED    ? RANK_FAILED
           : test->outcome == JSONL_SKIPPED ? RANK_SKIPPED
           : test->model == NAME_NONE       ? RANK_INFRA
                                            : RANK_RUN;
}

/* What its signs mean, of those that are there. */
static void lanes_note(struct picture *p)
{
    size_t count[JSONL_OUTCOMES] = {0};
    for (size_t i = 0; i < p->t->tests; i++)
        count[p->t->test[i].outcome]++;
    if (count[JSONL_FAILED])
        jsonl_printf(p->note, "%s failed%s", p->glyphs->failed, count[JSONL_SKIPPED] ? ", " : "");
    if (count[JSONL_SKIPPED])
        jsonl_printf(p->note, "%s skipped", p->glyphs->skipped);
}

static void lane_write(struct picture *p, uint32_t lane, unsigned char *rank)
{
    const struct glyphs *g = p->glyphs;
    const char *const signs[] = {" ", g->skipped, g->infra, g->run, g->start, g->failed};
    memset(rank, RANK_NONE, p->width);
    size_t done[RANK_FAILED + 1] = {0}; /* up to these columns a rank is marked: none is marked twice */
    for (size_t i = 0; i < p->t->tests; i++) {
        const struct timeline_test *test = &p->t->test[i];
        uint32_t its = test->lane < LANES_MAX ? test->lane : LANES_MAX - 1;
        if (its != lane)
            continue;
        enum rank r = rank_of(test);
        size_t from = place(p, test->start), to = place(p, test->end);
        for (size_t x = from > done[r] ? from : done[r]; x <= to; x++)
            rank[x] = rank[x] < r ? (unsigned char)r : rank[x];
        done[r] = to + 1 > done[r] ? to + 1 : done[r];
        if (r == RANK_RUN && to > from && rank[from] == RANK_RUN)
            rank[from] = RANK_START;
    }
    for (size_t x = 0; x < p->width; x++)
        p->cell[x] = signs[rank[x]];
    if (!lane)
        lanes_note(p);
    text_line(p, lane ? "" : "Tests");
}

bool text_lanes(struct picture *p)
{
    unsigned char *rank = malloc(p->width);
    bool ok = rank != NULL;
    for (uint32_t lane = 0; ok && lane < p->t->lanes && lane < LANES_MAX; lane++)
        lane_write(p, lane, rank);
    free(rank);
    return ok;
}

/* "test_x.py::test_y (model), 7 s"; where that is too long, what is in brackets and behind goes to a line of its own.
 */
static void failed_write(struct picture *p, const struct timeline_test *test)
{
    char from[AXIS_LABEL_SIZE], span[AXIS_LABEL_SIZE];
    const char *time = text_time(p, from, test->start);
    jsonl_printf(p->w, "%s %s ", p->glyphs->failed, time);
    struct jsonl_text id = text_clean(p, names_text(&p->t->names, test->id));
    jsonl_write(p->w, id.s, id.n);
    size_t used = 2 + strlen(time) + 1 + text_characters(id);
    axis_span(span, test->end - test->start);
    struct jsonl_text model = {NULL, 0};
    if (test->model != NAME_NONE)
        model = text_clean(p, jsonl_model_name(p->options->config, names_text(&p->t->names, test->model)));
    size_t rest = (model.n ? text_characters(model) + 3 : 0) + strlen(span) + 2;
    bool fits = used + rest <= p->line;
    if (model.n) {
        jsonl_puts(p->w, fits ? " (" : "\n  (");
        jsonl_write(p->w, model.s, model.n);
        jsonl_puts(p->w, ")");
    }
    jsonl_printf(p->w, ", %s\n", span);
}

void text_failed(struct picture *p)
{
    size_t failed = 0;
    for (size_t i = 0; i < p->t->tests; i++) {
        if (p->t->test[i].outcome != JSONL_FAILED || failed++ >= FAILED_MAX)
            continue;
        jsonl_puts(p->w, failed == 1 ? "\n" : "");
        failed_write(p, &p->t->test[i]);
    }
    if (failed > FAILED_MAX)
        jsonl_printf(p->w, "and %zu more failed\n", failed - FAILED_MAX);
}
