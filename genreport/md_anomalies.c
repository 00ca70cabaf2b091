/* SPDX-License-Identifier: Apache-2.0
 * Anomalies. */
#include "md.h"

#include <math.h>

enum { OUTLIERS_MAX = 20 };

static void p_value(struct jsonl_writer *w, double p)
{
    if (p < 0.001)
        jsonl_puts(w, "p < 0.001");
    else
        jsonl_printf(w, "p = %.3f", p);
}

/* ", in test_x[1]" */
static void in_test(struct jsonl_writer *w, struct jsonl_text id)
{
    if (!id.s)
        return;
    jsonl_puts(w, ", in ");
    md_text(w, id);
}

static void anomalies_killed(struct jsonl_writer *w, const struct report_shortage *s)
{
    if (isnan(s->killed_s))
        return;
    jsonl_puts(w, "- ❌ **Killed for want of memory:** ");
    md_number(w, s->killed, 0, s->killed == 1 ? "process, at " : "processes, the first at ");
    md_moment(w, s->killed_s);
    in_test(w, s->killed_id);
    jsonl_puts(w, "\n");
}

static void anomalies_low(struct jsonl_writer *w, const struct report *r)
{
    const struct report_shortage *s = &r->shortage;

    if (s->samples == 0) {
        jsonl_puts(w, "- **RAM free:** not known: no samples\n");
        return;
    }
    jsonl_printf(w, "- %s**RAM free:** ", s->low > 0 ? "⚠️ " : s->judged ? "✅ " : "");
    if (s->low > 0) {
        jsonl_puts(w, "less than ");
        md_number(w, r->config->quality_ram_free_min_gb, JSONL_SHORTEST, "GB in ");
        jsonl_printf(w, "%.1f%% of the samples; ", md_percent(s->low, s->samples));
    }
    jsonl_puts(w, s->low > 0 || !s->judged ? "lowest " : "never less than ");
    md_number(w, s->lowest_gb, 1, "GB, at ");
    md_moment(w, s->lowest_s);
    in_test(w, s->lowest_id);
    if (!s->judged) {
        jsonl_puts(w, "; not judged: the machine has no more than ");
        md_number(w, r->config->quality_ram_free_min_gb, JSONL_SHORTEST, "GB");
    }
    jsonl_puts(w, "\n");
}

static void anomalies_leak(struct jsonl_writer *w, const struct report *r)
{
    const struct report_leak *l = &r->leak;

    if (r->mixed) {
        jsonl_puts(w, "- **RAM given back, swap:** not judged: records of several machines are mixed\n");
        return;
    }
    if (isnan(l->gb_per_hour)) {
        jsonl_puts(w, "- **RAM given back:** not judged: samples in ");
        md_count(w, l->breaks, "break");
        jsonl_printf(w, " between tests, of at least %d\n", LEAK_BREAKS_MIN);
        return;
    }
    if (l->by_model) {
        jsonl_printf(
            w,
            "- **RAM given back:** not judged: over %zu breaks it goes by the model that ran before, as where models "
            "stay loaded\n",
            l->breaks);
        return;
    }
    if (!l->found) {
        jsonl_printf(w, "- ✅ **RAM given back:** no lasting fall of free RAM over %zu breaks between tests\n",
                     l->breaks);
        return;
    }
    jsonl_puts(w, "- ⚠️ **RAM not given back:** free RAM between tests fell by ");
    md_number(w, l->lost_gb, 1, "GB over ");
    md_duration(w, l->over_s);
    jsonl_puts(w, ", that is ");
    md_number(w, -l->gb_per_hour, 1, "GB per hour (");
    jsonl_printf(w, "%zu breaks, ", l->breaks);
    p_value(w, l->p);
    jsonl_puts(w, ")\n");
}

static void anomalies_swap(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;

    if (r->mixed)
        return; /* said with the leak */
    if (isnan(h->swap_climb_mb)) {
        jsonl_puts(w, "- **Swap:** not known\n");
    } else if (h->swap_grew) {
        jsonl_puts(w, "- ⚠️ **Swap:** grew by ");
        md_number(w, h->swap_climb_mb, 1, "MB within the run\n");
    } else {
        jsonl_puts(w, "- ✅ **Swap:** grew by no more than ");
        md_number(w, r->config->quality_swap_growth_mb, JSONL_SHORTEST, "MB\n");
    }
}

static void anomalies_zombies(struct jsonl_writer *w, const struct report *r)
{
    const struct report_zombies *z = &r->zombies;

    if (isnan(z->max)) {
        jsonl_puts(w, "- **Zombies:** not known\n");
    } else if (!isnan(z->at_s)) {
        jsonl_puts(w, "- ⚠️ **Zombies:** up to ");
        md_number(w, z->max, 0, "");
        jsonl_puts(w, "; first rose from ");
        md_number(w, z->from, 0, "");
        jsonl_puts(w, " to ");
        md_number(w, z->to, 0, "at ");
        md_moment(w, z->at_s);
        in_test(w, z->id);
        jsonl_puts(w, "\n");
    } else if (z->max > 0 && r->mixed) {
        jsonl_puts(w, "- ⚠️ **Zombies:** up to ");
        md_number(w, z->max, 0, "on one of the machines\n");
    } else if (z->max > 0) {
        jsonl_puts(w, "- **Zombies:** ");
        md_number(w, z->max, 0, "that were there from the start\n");
    } else {
        jsonl_puts(w, "- ✅ **Zombies:** none\n");
    }
}

static void anomalies_outliers(struct jsonl_writer *w, const struct report *r)
{
    if (r->outliers_judged == 0) {
        jsonl_printf(
            w, "- **Outliers:** not judged: no %d tests of one name, or runs of one test, tell how much times vary\n",
            OUTLIER_MIN);
        return;
    }
    if (r->outliers_len == 0) {
        jsonl_puts(w, "- ✅ **Outliers:** none\n");
        return;
    }
    jsonl_puts(w, "- **Outliers:** ");
    jsonl_printf(w, "%zu of %zu tests", r->outliers_len, r->outliers_judged);
    jsonl_puts(
        w, " far from the others\n\n"
           "Distance: from the median, in units of 1.4826 times the median distance; above 3.5 counts. Compared with "
           "tests of the same name, or with other runs of the same test and model.\n\n"
           "| Test | Model | Time | Median | Distance | Of |\n"
           "|------|-------|-----:|-------:|---------:|---:|\n");
    for (size_t i = 0; i < r->outliers_len && i < OUTLIERS_MAX; i++) {
        const struct report_outlier *o = &r->outliers[i];

        jsonl_puts(w, "| ");
        md_text(w, o->id);
        jsonl_puts(w, " | ");
        md_text(w, o->model);
        jsonl_puts(w, " | ");
        md_seconds(w, o->duration_s);
        jsonl_puts(w, " | ");
        md_seconds(w, o->median_s);
        jsonl_puts(w, " | ");
        md_number(w, o->score, 1, "");
        jsonl_printf(w, " | %zu %s |\n", o->of, o->runs ? "runs" : "tests");
    }
    md_rest(w, r->outliers_len, OUTLIERS_MAX, "outlier");
}

void md_anomalies(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Anomalies");
    anomalies_killed(w, &r->shortage);
    anomalies_low(w, r);
    anomalies_leak(w, r);
    anomalies_swap(w, r);
    md_pressure_anomaly(w, r);
    anomalies_zombies(w, r);
    anomalies_outliers(w, r);
}
