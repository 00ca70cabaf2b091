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

static void marks_write(struct picture *p, const char *label, const char *const *at)
{
    jsonl_printf(p->w, "%-*s%s", TEXT_LABEL, label, p->glyphs->left);
    for (size_t x = 0; x < p->width; x++)
        jsonl_puts(p->w, at[x] ? at[x] : " ");
    jsonl_printf(p->w, "%s", p->glyphs->right);
}

bool text_pressure(struct picture *p)
{
    struct spans spans = {0};
    const char **at = calloc(p->width, sizeof *at);
    bool ok = at && spans_pressure(&spans, p->t);
    for (int level = 2; ok && level <= 4; level += 2)
        for (size_t i = 0; i < spans.len; i++)
            for (size_t x = place(p, spans.span[i].start);
                 spans.span[i].what == level && x <= place(p, spans.span[i].end); x++)
                at[x] = level == 4 ? "C" : "w";
    if (ok && spans.len) {
        marks_write(p, "Pressure", at);
        jsonl_puts(p->w, " w warn, C critical\n");
    }
    spans_free(&spans);
    free(at);
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

static void lane_write(struct picture *p, uint32_t lane, unsigned char *rank, const char **at)
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
        at[x] = signs[rank[x]];
    marks_write(p, lane ? "" : "Tests", at);
    if (!lane)
        jsonl_printf(p->w, " %s failed, %s skipped", g->failed, g->skipped);
    jsonl_puts(p->w, "\n");
}

bool text_lanes(struct picture *p)
{
    const char **at = calloc(p->width, sizeof *at);
    unsigned char *rank = malloc(p->width);
    bool ok = at && rank;
    for (uint32_t lane = 0; ok && lane < p->t->lanes && lane < LANES_MAX; lane++)
        lane_write(p, lane, rank, at);
    free(at);
    free(rank);
    return ok;
}

void text_failed(struct picture *p)
{
    size_t failed = 0;
    for (size_t i = 0; i < p->t->tests; i++) {
        const struct timeline_test *test = &p->t->test[i];
        char buf[AXIS_LABEL_SIZE];
        if (test->outcome != JSONL_FAILED || failed++ >= FAILED_MAX)
            continue;
        jsonl_printf(p->w, "%s%s %s ", failed == 1 ? "\n" : "", p->glyphs->failed,
                     axis_time_full(buf, test->start) + 11);
        text_write(p, names_text(&p->t->names, test->id));
        if (test->model != NAME_NONE) {
            jsonl_puts(p->w, " (");
            text_write(p, jsonl_model_name(p->options->config, names_text(&p->t->names, test->model)));
            jsonl_puts(p->w, ")");
        }
        jsonl_printf(p->w, ", %s\n", axis_span(buf, test->end - test->start));
    }
    if (failed > FAILED_MAX)
        jsonl_printf(p->w, "and %zu more failed\n", failed - FAILED_MAX);
}
