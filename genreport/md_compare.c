/* SPDX-License-Identifier: Apache-2.0
 * The comparison in the Executive Summary: the verdict, what is on one side only, the whole run, then what changed. */
#include "md_compare.h"

#include <math.h>

enum { NAMED_MAX = 5, CHANGES_MAX = 10, ROWS_MAX = 50 };

/* The rows of models, then those of tests, then the whole run. */
static const struct compare_row *row_at(const struct comparison *c, size_t i)
{
    if (i < c->models_len)
        return &c->models[i];
    i -= c->models_len;
    if (i < c->tests_len)
        return &c->tests[i];
    return i == c->tests_len ? &c->run_effect : NULL;
}

/* "- ❌ **2 regressed:** Llama-8B (+48.1%), …"; nothing if there are none. */
static void verdict_line(struct jsonl_writer *w, const struct comparison *c, enum compare_verdict verdict,
                         const char *mark)
{
    const struct compare_row *row;
    size_t said = 0;

    if (c->counts[verdict] == 0)
        return;
    jsonl_printf(w, "%s **%zu %s:** ", mark, c->counts[verdict], md_verdict_names[verdict]);
    for (size_t i = 0; (row = row_at(c, i)); i++) {
        if (row->verdict != verdict)
            continue;
        jsonl_puts(w, said > 0 ? ", " : "");
        if (said++ == NAMED_MAX) {
            jsonl_puts(w, "…");
            break;
        }
        if (row->name.s)
            md_text(w, row->name);
        else
            jsonl_puts(w, "the whole run");
        jsonl_puts(w, " (");
        if (row->metric != COMPARE_DURATION)
            jsonl_printf(w, "%s ", md_metric_names[row->metric]);
        md_effect(w, row->effect);
        jsonl_puts(w, ")");
    }
    jsonl_puts(w, MD_BREAK);
}

static size_t rows_judged(const struct comparison *c)
{
    return c->models_len + c->tests_len + 1 - c->counts[COMPARE_NOT_JUDGED];
}

/* All is well only if all that could be judged was decided. */
static void verdict_none(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;
    size_t undecided = c->counts[COMPARE_UNDECIDED], judged = rows_judged(c);

    if (compare_run_unjudged(c, r->config->compare_effect))
        jsonl_puts(w, "❔ **Nothing else shown to be slower.**" MD_BREAK);
    else if (undecided == 0)
        jsonl_puts(w, "✅ **Nothing shown to be slower.**" MD_BREAK);
    else
        jsonl_printf(w, "❔ **Nothing shown to be slower,** but %zu of %zu comparisons are undecided." MD_BREAK,
                     undecided, judged);
}

static void compare_verdict(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;
    const char *nothing = compare_nothing(c);

    if (nothing && c->pairs > 0 && c->used == 0) {
        jsonl_printf(w, "⚠️ **Not judged: %s.** Only like is compared with like." MD_BREAK, nothing);
        return;
    }
    if (nothing) {
        jsonl_printf(w, "⚠️ **Nothing %s:** %s." MD_BREAK, c->pairs == 0 ? "to compare" : "could be judged",
                     nothing);
        return;
    }
    if (compare_run_unjudged(c, r->config->compare_effect)) {
        jsonl_puts(w, "⚠️ **The whole run took ");
        md_effect(w, c->run_effect.effect);
        jsonl_printf(w, ",** which is not judged: %s." MD_BREAK, compare_reason_texts[c->run_effect.reason]);
    }
    verdict_line(w, c, COMPARE_REGRESSED, "❌");
    verdict_line(w, c, COMPARE_SUSPECT_SLOWER, "⚠️");
    if (c->counts[COMPARE_REGRESSED] + c->counts[COMPARE_SUSPECT_SLOWER] == 0)
        verdict_none(w, r);
    verdict_line(w, c, COMPARE_IMPROVED, "🟢");
    verdict_line(w, c, COMPARE_SUSPECT_FASTER, "🟢");
}

static void changes_list(struct jsonl_writer *w, const struct compare_changes *changes, const char *what)
{
    if (changes->len == 0)
        return;
    jsonl_printf(w, "- **%s:** ", what);
    for (size_t i = 0; i < changes->len; i++) {
        const struct compare_change *change = &changes->list[i];

        jsonl_puts(w, i > 0 ? ", " : "");
        if (i == CHANGES_MAX) {
            jsonl_printf(w, "… and %zu more", changes->len - i);
            break;
        }
        md_text(w, change->id);
        if (change->model.s) {
            jsonl_puts(w, " with ");
            md_text(w, change->model);
        }
        if (change->old < JSONL_OUTCOMES && change->new_ < JSONL_OUTCOMES)
            jsonl_printf(w, " (%s → %s)", jsonl_outcome_names[change->old], jsonl_outcome_names[change->new_]);
        else if (change->new_ == JSONL_FAILED || change->new_ == JSONL_SKIPPED)
            jsonl_printf(w, " (%s)", jsonl_outcome_names[change->new_]);
    }
    jsonl_puts(w, "\n");
}

static void compare_changed(struct jsonl_writer *w, const struct comparison *c)
{
    jsonl_printf(w, "**Tests:** %zu added, %zu removed, %zu with another outcome", c->added.len, c->removed.len,
                 c->outcomes.len);
    if (c->added.len + c->removed.len + c->outcomes.len == 0) {
        jsonl_puts(w, MD_BREAK);
        return;
    }
    jsonl_puts(w, c->used > 1 ? ", against the newest\n\n" : "\n\n");
    changes_list(w, &c->outcomes, "Another outcome");
    changes_list(w, &c->removed, "Removed");
    changes_list(w, &c->added, "Added");
    jsonl_puts(w, "\n");
}

static void compare_whole(struct jsonl_writer *w, const struct comparison *c)
{
    const struct compare_row *row = &c->run_effect;

    if (isnan(row->effect))
        return;
    jsonl_puts(w, "**Whole run:** ");
    md_effect(w, row->effect);
    if (row->verdict == COMPARE_NOT_JUDGED) {
        jsonl_printf(w, " (not judged: %s; ", compare_reason_texts[row->reason]);
    } else {
        jsonl_puts(w, ", ");
        md_verdict(w, row->verdict);
        jsonl_puts(w, " (95% interval ");
        md_effect(w, row->low);
        jsonl_puts(w, " to ");
        md_effect(w, row->high);
        jsonl_puts(w, ", q ");
        md_chance(w, row->q);
        jsonl_puts(w, ", ");
    }
    md_count(w, row->pairs, "pair");
    jsonl_puts(w, ")");
    if (c->centred && row->verdict == COMPARE_NO_CHANGE)
        jsonl_puts(w, MD_BREAK);
    else if (c->centred)
        jsonl_puts(w, ": the machine or something global, not the models" MD_BREAK);
    else
        jsonl_puts(w, ": fewer than three models cannot tell it from theirs, so it is in their effects, too" MD_BREAK);
}

/* What became of the rows of which there is nothing to say, and what it would take. */
static void compare_rest(struct jsonl_writer *w, const struct comparison *c)
{
    double most = 0, least = INFINITY;

    for (size_t i = 0; i < c->models_len; i++) {
        const struct compare_row *row = &c->models[i];

        if (row->metric != COMPARE_DURATION || isnan(row->more_runs))
            continue;
        most = fmax(most, row->more_runs);
        least = fmin(least, row->more_runs);
    }
    if (c->counts[COMPARE_UNDECIDED] == 0)
        return;
    jsonl_printf(w, "**Undecided:** %zu of %zu comparisons", c->counts[COMPARE_UNDECIDED], rows_judged(c));
    if (most > MD_RUNS_MAX) {
        jsonl_printf(w, "; the models' durations would take more than %d more runs of both sides", MD_RUNS_MAX);
    } else if (most > 0) {
        jsonl_puts(w, "; the models' durations would take about ");
        md_number(w, least, 0, "");
        if (most > least) {
            jsonl_puts(w, " to ");
            md_number(w, most, 0, "");
        }
        jsonl_puts(w, round(most) == 1 ? " more run of both sides" : " more runs of both sides");
    }
    jsonl_puts(w, MD_BREAK);
}

static void compare_flagged(struct jsonl_writer *w, const struct comparison *c)
{
    size_t flagged = 0, said = 0;

    for (size_t i = 0; i < c->models_len + c->tests_len; i++)
        flagged += row_at(c, i)->verdict >= COMPARE_IMPROVED;
    if (flagged == 0)
        return;
    jsonl_puts(w, "\n");
    md_compare_head(w, c, "Model or test");
    /* The worst first; what is judged alike in the order of the report. */
    for (enum compare_verdict v = COMPARE_REGRESSED; v >= COMPARE_IMPROVED; v--)
        for (size_t i = 0; i < c->models_len + c->tests_len && said < ROWS_MAX; i++)
            if (row_at(c, i)->verdict == v) {
                md_compare_row(w, row_at(c, i));
                said++;
            }
    md_rest(w, flagged, said, "row");
}

static void compare_legend(struct jsonl_writer *w, const struct report *r)
{
    double effect = 100 * r->config->compare_effect;

    jsonl_puts(w, "\n*Effect: of time (for tokens/s: time per token), + is slower");
    jsonl_puts(w, r->comparison.centred ? ", beyond the whole run's; it counts from " : "; it counts from ");
    md_number(w, effect, JSONL_SHORTEST, "");
    jsonl_puts(w, "%, at q ≤ ");
    md_number(w, r->config->compare_alpha, JSONL_SHORTEST, "");
    jsonl_puts(w, ".*" MD_BREAK);
    jsonl_puts(w,
               "*Suspect: one run each cannot tell the code from the day; no change shown: the interval lies within ±");
    md_number(w, effect, JSONL_SHORTEST, "");
    jsonl_puts(w, "%; undecided: it does not.*\n");
}

void md_comparison(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;

    if (!c->made)
        return;
    jsonl_puts(w, "\n### Comparison\n\n");
    compare_verdict(w, r);
    md_baselines(w, c);
    if (c->pairs == 0 && c->added.len + c->removed.len + c->outcomes.len == 0)
        return;
    compare_changed(w, c);
    compare_whole(w, c);
    compare_rest(w, c);
    compare_flagged(w, c);
    if (c->pairs == 0)
        return;
    compare_legend(w, r);
}
