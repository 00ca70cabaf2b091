/* SPDX-License-Identifier: Apache-2.0
 * Trend: the steps in a history of runs. */
#include "md_compare.h"

enum { STEPS_MAX = 100 };

static void trend_step(struct jsonl_writer *w, const struct trend_step *s)
{
    jsonl_puts(w, "| ");
    md_day(w, s->at_s);
    jsonl_puts(w, " | ");
    if (s->name.s)
        md_text(w, s->name);
    else
        jsonl_puts(w, "*the whole run*");
    jsonl_puts(w, " | ");
    md_mode(w, s->mode, false);
    jsonl_printf(w, " | %s | ", md_metric_names[s->metric]);
    if (s->name.s) {
        md_metric(w, s->metric, s->before, s->after);
        jsonl_puts(w, " | ");
        md_metric(w, s->metric, s->after, s->before);
    } else {
        md_effect(w, s->before - 1);
        jsonl_puts(w, " | ");
        md_effect(w, s->after - 1);
    }
    jsonl_puts(w, " | ");
    md_effect(w, s->effect);
    jsonl_puts(w, " | ");
    md_chance(w, s->q);
    jsonl_puts(w, " | ");
    md_text(w, s->at);
    jsonl_puts(w, " |\n");
}

void md_trend(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;

    if (!c->made || c->baselines_len < 2)
        return;
    md_section(w, "Trend");
    if (c->trend_runs < TREND_RUNS) {
        jsonl_printf(w, "Steps are looked for from %d runs on the same machine on; here are %zu.\n", TREND_RUNS,
                     c->trend_runs);
        return;
    }
    jsonl_printf(w, "%zu series over %zu runs; ", c->trend_series, c->trend_runs);
    jsonl_printf(w, "what began in the last %d of them is for the comparison to say.\n\n", TREND_BLIND);
    if (c->steps_len == 0) {
        jsonl_puts(w, "No step to another level is shown.\n");
        return;
    }
    jsonl_puts(
        w, "Before, After: medians between steps. Models and tests are shown without the whole run's effect, which has "
           "a line of its own, against the mean of the baselines.\n\n"
           "| Since | Model or test | Mode | Metric | Before | After | Effect | q | File |\n"
           "|-------|---------------|:----:|--------|-------:|------:|-------:|--:|------|\n");
    for (size_t i = 0; i < c->steps_len && i < STEPS_MAX; i++)
        trend_step(w, &c->steps[i]);
    md_rest(w, c->steps_len, STEPS_MAX, "step");
}
