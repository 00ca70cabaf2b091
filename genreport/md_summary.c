/* SPDX-License-Identifier: Apache-2.0
 * The Executive Summary, but for the comparison. */
#include "md.h"

#include <math.h>

enum { NAMES_MAX = 3 };

/* The first names, each once: a test may have failed with several models. */
static void summary_failed(struct jsonl_writer *w, const struct report *r)
{
    size_t said = 0;

    for (size_t i = 0; i < r->failures_len; i++) {
        if (i > 0 && jsonl_text_compare(r->failures[i].id, r->failures[i - 1].id) == 0)
            continue;
        jsonl_puts(w, said > 0 ? ", " : "");
        if (said++ == NAMES_MAX) {
            jsonl_puts(w, "…");
            return;
        }
        md_text(w, r->failures[i].id);
    }
}

static void summary_verdict(struct jsonl_writer *w, const struct report *r)
{
    const struct report_totals *t = &r->totals;
    size_t failed = t->outcomes[JSONL_FAILED], ran = failed + t->outcomes[JSONL_PASSED];

    if (ran == 0) {
        jsonl_puts(w, "⚠️ **No test ran:** all were skipped.");
    } else if (failed == 0) {
        jsonl_printf(w, "✅ **%s passed.**", ran == 1 ? "The one test that ran" : "All tests that ran");
    } else {
        jsonl_printf(w, "❌ **%zu of %zu tests that ran failed:** ", failed, ran);
        summary_failed(w, r);
    }
    jsonl_puts(w, "\n\n");
}

static void summary_outcomes(struct jsonl_writer *w, const struct report_totals *t)
{
    size_t said = 0;

    jsonl_printf(w, "**Tests:** %zu total (", t->tests);
    for (enum jsonl_outcome o = 0; o < JSONL_OUTCOMES; o++)
        if (t->outcomes[o] > 0)
            jsonl_printf(w, "%s%zu %s", said++ > 0 ? ", " : "", t->outcomes[o], jsonl_outcome_names[o]);
    jsonl_puts(w, ")" MD_BREAK);
}

static void summary_duration(struct jsonl_writer *w, const struct report_totals *t)
{
    jsonl_puts(w, "**Duration:** ");
    if (t->timed > 0)
        md_total(w, t->duration_s);
    else
        jsonl_printf(w, "unknown%s", t->refused == 0 ? ": no test tells its duration" : "");
    if (t->timed > 0 && t->timed < t->tests && t->timed == 1)
        jsonl_puts(w, ", of the one test that tells its");
    else if (t->timed > 0 && t->timed < t->tests)
        jsonl_printf(w, ", of the %zu tests that tell theirs", t->timed);
    if (t->refused > 0) {
        jsonl_puts(w, "; ⚠️ ");
        md_count(w, t->refused, "test");
        jsonl_puts(w, t->refused == 1 ? " tells one that cannot be" : " tell one that cannot be");
    }
    jsonl_puts(w, MD_BREAK);
}

static void summary_quality(struct jsonl_writer *w, const struct report_health *h)
{
    jsonl_puts(w, "**Quality:** ");
    if (h->judged == 0)
        jsonl_printf(w, "unknown: no test %s" MD_BREAK,
                     h->tests == 0 ? "carries system health" : "tells its free RAM or zombies");
    else
        jsonl_printf(w, "%.1f%% clean (%zu/%zu)" MD_BREAK, md_percent(h->clean, h->judged), h->clean, h->judged);
}

static void summary_health(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;

    if (h->judged == 0)
        return;
    if (h->clean < h->judged) {
        jsonl_puts(w, "- ⚠️ **System Health:** ");
        md_count(w, h->judged - h->clean, "test");
        jsonl_puts(w, " ran on a degraded machine (RAM <");
        md_number(w, r->config->quality_ram_free_min_gb, JSONL_SHORTEST, "GB free: ");
        jsonl_printf(w, "%zu, zombies >", h->degraded_ram);
        md_number(w, r->config->quality_zombies_max, JSONL_SHORTEST, "");
        jsonl_printf(w, ": %zu)\n", h->degraded_zombies);
        return;
    }
    jsonl_puts(w, "- ✅ **System Health:** ");
    if (h->judged == r->totals.tests)
        jsonl_puts(w, "All tests clean (RAM ≥");
    else if (h->judged == 1)
        jsonl_puts(w, "The one test that tells it was clean (RAM ≥");
    else
        jsonl_printf(w, "All %zu tests that tell it were clean (RAM ≥", h->judged);
    md_number(w, r->config->quality_ram_free_min_gb, JSONL_SHORTEST, "GB free, ");
    if (r->config->quality_zombies_max > 0) {
        jsonl_puts(w, "at most ");
        md_number(w, r->config->quality_zombies_max, JSONL_SHORTEST, "zombies)\n");
    } else {
        jsonl_puts(w, "0 zombies)\n");
    }
}

/* What is said of memory then holds for a part of the run. */
static bool samples_lack(const struct report_samples *s)
{
    return s->len > 0 && s->tests < s->tests_timed;
}

static void summary_samples(struct jsonl_writer *w, const struct report_samples *s)
{
    if (samples_lack(s))
        jsonl_printf(w, "- ⚠️ **Samples:** %zu of %zu tests have none: the recording says nothing of them\n",
                     s->tests_timed - s->tests, s->tests_timed);
}

static void summary_anomalies(struct jsonl_writer *w, const struct report *r)
{
    if (!isnan(r->shortage.killed_s)) {
        jsonl_puts(w, "- ❌ **Killed for want of memory:** ");
        md_number(w, r->shortage.killed, 0, r->shortage.killed == 1 ? "process" : "processes");
        jsonl_puts(w, ", see Anomalies\n");
    }
    if (r->shortage.low > 0) {
        jsonl_puts(w, "- ⚠️ **RAM free:** fell to ");
        md_number(w, r->shortage.lowest_gb, 1, "GB, see Anomalies\n");
    }
    if (r->health.swap_grew) {
        jsonl_puts(w, "- ⚠️ **Swap:** grew by ");
        md_number(w, r->health.swap_climb_mb, 1, "MB within the run, see System Health\n");
    }
    if (r->pressure.critical) {
        jsonl_puts(w, "- ⚠️ **Memory pressure:** critical for ");
        md_duration(w, (double)r->pressure.critical_us / 1e6);
        jsonl_puts(w, ", ");
        if (r->pressure.tests_critical > 0)
            md_count(w, r->pressure.tests_critical, "test");
        else
            jsonl_puts(w, "no test");
        jsonl_puts(w, " ran meanwhile, see System Health\n");
    }
    if (r->leak.found) {
        jsonl_puts(w, "- ⚠️ **RAM:** ");
        md_number(w, r->leak.lost_gb, 1, "GB were not given back between tests, see Anomalies\n");
    }
    if (!isnan(r->zombies.at_s)) {
        jsonl_puts(w, "- ⚠️ **Zombies:** up to ");
        md_number(w, r->zombies.max, 0, "during the run, see Anomalies\n");
    }
    if (r->outliers_len > 0) {
        jsonl_printf(w, "- **Outliers:** %zu of %zu tests far from the others, see Anomalies\n", r->outliers_len,
                     r->outliers_judged);
    }
}

static bool anomalies_any(const struct report *r)
{
    return !isnan(r->shortage.killed_s) || r->shortage.low > 0 || r->health.swap_grew || r->pressure.critical ||
           r->leak.found || !isnan(r->zombies.at_s) || r->outliers_len > 0;
}

static void summary_notes(struct jsonl_writer *w, const struct report *r)
{
    const struct report_totals *t = &r->totals;

    if (r->health.judged == 0 && !anomalies_any(r) && t->rerun == 0 && t->repeated == 0 && !samples_lack(&r->samples))
        return;
    jsonl_puts(w, "\n");
    summary_health(w, r);
    summary_samples(w, &r->samples);
    summary_anomalies(w, r);
    if (t->rerun > 0) {
        jsonl_puts(w, "- **Reruns:** ");
        md_count(w, t->rerun, "test");
        jsonl_puts(w, " ran more than once; each run counts\n");
    }
    if (t->repeated > 0) {
        jsonl_puts(w, "- ⚠️ **Repeated records:** ");
        md_count(w, t->repeated, "record");
        jsonl_puts(w, " of the same test at the very same time; was a file given twice?\n");
    }
}

static void summary_models(struct jsonl_writer *w, const struct report_totals *t)
{
    if (t->models > 0)
        jsonl_printf(w, "**Models:** %zu tested\n", t->models);
    else if (t->served > 0)
        jsonl_printf(w, "**Models:** none named by a test; %zu served, see Server Tests\n", t->served);
    else
        jsonl_puts(w, "**Models:** none tested\n");
}

void md_summary(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Executive Summary");
    summary_verdict(w, r);
    summary_outcomes(w, &r->totals);
    summary_duration(w, &r->totals);
    summary_quality(w, &r->health);
    summary_models(w, &r->totals);
    summary_notes(w, r);
}
