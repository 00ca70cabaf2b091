/* SPDX-License-Identifier: Apache-2.0
 * A row of the comparison, and the figures in it. */
#include "md_compare.h"

#include <math.h>

const char *const md_metric_names[COMPARE_METRICS] = {
    [COMPARE_DURATION] = "duration", [COMPARE_COLD] = "cold start", [COMPARE_TOKENS] = "tokens/s",
    [COMPARE_TTFT] = "first token",  [COMPARE_LOAD] = "model load",
};

const char *const md_verdict_names[COMPARE_VERDICTS] = {
    [COMPARE_NOT_JUDGED] = "not judged",
    [COMPARE_NO_CHANGE] = "no change shown",
    [COMPARE_UNDECIDED] = "undecided",
    [COMPARE_IMPROVED] = "improved",
    [COMPARE_SUSPECT_FASTER] = "suspect: faster",
    [COMPARE_SUSPECT_SLOWER] = "suspect: slower",
    [COMPARE_REGRESSED] = "regressed",
};

void md_verdict(struct jsonl_writer *w, enum compare_verdict verdict)
{
    const char *mark = verdict >= COMPARE_IMPROVED ? "**" : "";

    jsonl_printf(w, "%s%s%s", mark, md_verdict_names[verdict], mark);
}

void md_effect(struct jsonl_writer *w, double fraction)
{
    double percent = 100 * fraction;

    if (percent > 9999.9) {
        jsonl_puts(w, ">+9999%");
        return;
    }
    if (isfinite(percent) && round(10 * percent) >= 0)
        jsonl_puts(w, "+");
    md_number(w, percent, 1, "");
    if (isfinite(percent))
        jsonl_puts(w, "%");
}

void md_more_seconds(struct jsonl_writer *w, double seconds)
{
    if (!isnan(seconds))
        jsonl_puts(w, seconds < 0 ? "-" : "+");
    md_seconds(w, fabs(seconds));
}

void md_chance(struct jsonl_writer *w, double q)
{
    if (q < 0.00005)
        jsonl_puts(w, "<0.0001");
    else
        md_number(w, q, q < 0.095 ? 4 : 2, "");
}

void md_metric(struct jsonl_writer *w, enum compare_metric metric, double value, double other)
{
    bool latency = metric == COMPARE_TTFT || metric == COMPARE_LOAD;

    if (metric == COMPARE_TOKENS)
        md_number(w, value, value < 9.95 ? 2 : 1, "tokens/s");
    else if (value > 0 && fmax(value, other) < (latency ? 0.9995 : 0.0995))
        md_number(w, 1000 * value, value < 0.00995 ? 2 : value < 0.09995 ? 1 : 0, "ms");
    else
        md_seconds(w, value);
}

void md_compare_head(struct jsonl_writer *w, const struct comparison *c, const char *what)
{
    jsonl_printf(w,
                 "| %s | Mode | Metric | Verdict | Effect%s | 95%% interval | Pairs | q | Old | New | More runs |\n"
                 "|------|:----:|--------|---------|-------:|:------------:|------:|--:|----:|----:|----------:|\n",
                 what, c->centred ? " beyond the run's" : "");
}

void md_compare_row(struct jsonl_writer *w, const struct compare_row *row)
{
    jsonl_puts(w, "| ");
    md_text(w, row->name);
    jsonl_puts(w, " | ");
    md_mode(w, row->mode, false);
    jsonl_printf(w, " | %s | ", md_metric_names[row->metric]);
    md_verdict(w, row->verdict);
    if (row->verdict == COMPARE_NOT_JUDGED)
        jsonl_printf(w, ": %s", compare_reason_texts[row->reason]);
    jsonl_puts(w, " | ");
    md_effect(w, row->effect);
    jsonl_puts(w, " | ");
    md_effect(w, row->low);
    if (!isnan(row->low)) {
        jsonl_puts(w, " to ");
        md_effect(w, row->high);
    }
    jsonl_printf(w, " | %zu | ", row->pairs);
    md_chance(w, row->q);
    jsonl_puts(w, " | ");
    md_metric(w, row->metric, row->old, row->new_);
    jsonl_puts(w, " | ");
    md_metric(w, row->metric, row->new_, row->old);
    if (row->more_runs > MD_RUNS_MAX) {
        jsonl_printf(w, " | >%d |\n", MD_RUNS_MAX);
        return;
    }
    jsonl_puts(w, isnan(row->more_runs) ? " | " : " | about ");
    md_number(w, row->more_runs, 0, "");
    jsonl_puts(w, " |\n");
}
