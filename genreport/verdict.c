/* SPDX-License-Identifier: Apache-2.0
 * From effects and p values to words. */
#include "family.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

const char *const compare_verdict_names[COMPARE_VERDICTS] = {
    [COMPARE_NOT_JUDGED] = "not-judged",         [COMPARE_NO_CHANGE] = "no-change",
    [COMPARE_UNDECIDED] = "undecided",           [COMPARE_IMPROVED] = "improved",
    [COMPARE_SUSPECT_FASTER] = "suspect-faster", [COMPARE_SUSPECT_SLOWER] = "suspect-slower",
    [COMPARE_REGRESSED] = "regressed",
};

const char *const compare_metric_names[COMPARE_METRICS] = {
    [COMPARE_DURATION] = "duration",          [COMPARE_COLD] = "cold_start",        [COMPARE_TOKENS] = "tokens_per_sec",
    [COMPARE_TTFT] = "time_to_first_token_s", [COMPARE_LOAD] = "model_load_time_s",
};

const char *const compare_metric_units[COMPARE_METRICS] = {
    [COMPARE_DURATION] = "s", [COMPARE_COLD] = "s", [COMPARE_TOKENS] = "tokens/s",
    [COMPARE_TTFT] = "s",     [COMPARE_LOAD] = "s",
};

const char *const compare_reason_texts[COMPARE_REASONS] = {
    [COMPARE_JUDGED] = "",
    [COMPARE_FEW_PAIRS] = "too few pairs",
    [COMPARE_FEW_RUNS] = "fewer than three baselines have it",
    [COMPARE_NO_SPREAD] = "too few others to know the noise",
    [COMPARE_ONE_RUN] = "that takes three baselines",
    [COMPARE_OTHER_PLACE] = "the machines differ",
};

bool compare_run_unjudged(const struct comparison *c, double effect)
{
    return c->centred && c->run_effect.verdict == COMPARE_NOT_JUDGED && c->run_effect.effect >= effect;
}

const char *compare_nothing(const struct comparison *c)
{
    size_t rows = c->models_len + c->tests_len;

    if (c->pairs == 0)
        return "no test passed in both this run and a baseline";
    if (c->used == 0)
        return compare_reason_texts[COMPARE_OTHER_PLACE];
    if (rows + 1 > c->counts[COMPARE_NOT_JUDGED])
        return NULL;
    return rows > 0 ? compare_reason_texts[COMPARE_FEW_PAIRS] : "the tests that pair are too short";
}

void row_judge(struct compare_row *row, double error, double df)
{
    double bound = stat_t_bound(0.05, df) * error;

    row->reason = COMPARE_JUDGED;
    row->low = row->effect - bound;
    row->high = row->effect + bound;
    row->p = row->effect == 0 ? 1 : stat_t_p(row->effect / error, df);
}

/* Slower by the threshold, and what undoes that: so that changing sides changes nothing but the sign. */
static double threshold_of(const struct jsonl_config *config)
{
    return log1p(config->compare_effect);
}

static enum compare_verdict verdict_of(const struct compare_row *row, const struct jsonl_config *config, bool strong)
{
    double threshold = threshold_of(config);
    bool sure = strong || row->basis != COMPARE_BY_PAIRS;

    if (row->reason != COMPARE_JUDGED)
        return COMPARE_NOT_JUDGED;
    if (row->q <= config->compare_alpha && fabs(row->effect) >= threshold) {
        if (row->effect > 0)
            return sure ? COMPARE_REGRESSED : COMPARE_SUSPECT_SLOWER;
        return sure ? COMPARE_IMPROVED : COMPARE_SUSPECT_FASTER;
    }
    return row->low > -threshold && row->high < threshold ? COMPARE_NO_CHANGE : COMPARE_UNDECIDED;
}

/* The interval shrinks with the root of the runs on both sides.  It has to leave out 0, or both thresholds. */
static double more_runs(const struct compare_row *row, const struct jsonl_config *config)
{
    double threshold = threshold_of(config), effect = fabs(row->effect), half = (row->high - row->low) / 2;
    double needed = effect >= threshold ? effect : fmax(threshold - effect, threshold / 2);
    double runs = ceil(half / needed * (half / needed));

    if (row->verdict != COMPARE_UNDECIDED || !isfinite(runs))
        return NAN;
    return fmax(runs - 1, 1);
}

bool verdicts_make(struct compare_row *rows, size_t n, const struct compare_rows beside[2],
                   const struct jsonl_config *config, bool strong)
{
    size_t len = n, most = n + beside[0].len + beside[1].len;
    double *p = calloc(most + 1, sizeof *p), *q = calloc(most + 1, sizeof *q);
    bool ok = p && q;

    for (size_t i = 0; ok && i < n; i++)
        p[i] = rows[i].reason == COMPARE_JUDGED ? rows[i].p : NAN;
    for (size_t k = 0; ok && k < 2; k++)
        for (size_t i = 0; i < beside[k].len; i++)
            p[len++] = beside[k].rows[i].p;
    ok = ok && stat_adjust(p, q, most);
    for (size_t i = 0; ok && i < n; i++) {
        struct compare_row *row = &rows[i];

        row->p = p[i];
        row->q = q[i];
        row->verdict = verdict_of(row, config, strong);
        row->more_runs = more_runs(row, config);
        row->effect = expm1(row->effect);
        row->low = row->reason == COMPARE_JUDGED ? expm1(row->low) : NAN;
        row->high = row->reason == COMPARE_JUDGED ? expm1(row->high) : NAN;
    }
    free(p);
    free(q);
    return ok;
}
