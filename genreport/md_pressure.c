/* SPDX-License-Identifier: Apache-2.0
 * Memory pressure, within System Health and the Anomalies. */
#include "md.h"

#include <math.h>

enum { PRESSED_MAX = 10 };

/* "critical 8.0 s (30.3%)", the words before and behind the time as told. */
static void pressure_part(struct jsonl_writer *w, const char *level, int64_t us, int64_t known_us, const char *of)
{
    jsonl_printf(w, "%s ", level);
    md_duration(w, (double)us / 1e6);
    if (known_us > 0)
        jsonl_printf(w, " (%.1f%%%s)", md_percent((uint64_t)us, (uint64_t)known_us), of);
}

void md_pressure(struct jsonl_writer *w, const struct report_pressure *p)
{
    if (p->samples == 0)
        return;
    jsonl_printf(w, "%-18s ", "  Memory pressure:");
    if (p->warn_us + p->critical_us == 0 && !p->critical) {
        jsonl_puts(w, "normal all the time\n");
    } else {
        pressure_part(w, "warn", p->warn_us, p->known_us, "");
        jsonl_puts(w, ", ");
        pressure_part(w, "critical", p->critical_us, p->known_us, "");
        jsonl_puts(w, "\n");
    }
    if (!isnan(p->longest_s)) {
        jsonl_printf(w, "%-18s ", "  Longest:");
        pressure_part(w, p->critical_us > 0 ? "critical" : "warn", p->longest_us, 0, "");
        jsonl_puts(w, " from ");
        md_moment(w, p->longest_s);
        jsonl_puts(w, "\n");
    }
    if (isnan(p->psi_some_max) && isnan(p->psi_full_max))
        return;
    jsonl_printf(w, "%-18s ", "  Stalls (PSI):");
    if (!isnan(p->psi_some_max))
        jsonl_printf(w, "%.1f%% some", p->psi_some_max);
    if (!isnan(p->psi_full_max))
        jsonl_printf(w, "%s%.1f%% full", isnan(p->psi_some_max) ? "" : ", ", p->psi_full_max);
    jsonl_puts(w, " at most\n");
}

static void pressed_time(struct jsonl_writer *w, int64_t us)
{
    if (us > 0)
        md_seconds(w, (double)us / 1e6);
    else
        jsonl_puts(w, "0");
    jsonl_puts(w, " | ");
}

void md_pressed(struct jsonl_writer *w, const struct report_pressure *p)
{
    if (p->tests_len == 0)
        return;
    jsonl_puts(w, "\n### Tests under Memory Pressure\n\n"
                  "How long of its time each was; the worst first.\n\n"
                  "| Test | Model | Time | Warn | Critical | Critical (%) |\n"
                  "|------|-------|-----:|-----:|---------:|-------------:|\n");
    for (size_t i = 0; i < p->tests_len && i < PRESSED_MAX; i++) {
        const struct report_pressed *t = &p->tests[i];

        jsonl_puts(w, "| ");
        md_text(w, t->id);
        jsonl_puts(w, " | ");
        md_text(w, t->model);
        jsonl_puts(w, " | ");
        pressed_time(w, t->length_us);
        pressed_time(w, t->warn_us);
        pressed_time(w, t->critical_us);
        jsonl_printf(w, "%.1f |\n", md_percent((uint64_t)t->critical_us, (uint64_t)t->length_us));
    }
    md_rest(w, p->tests_len, PRESSED_MAX, "test");
}

void md_pressure_anomaly(struct jsonl_writer *w, const struct report *r)
{
    const struct report_pressure *p = &r->pressure;
    const struct report_pressed *worst = p->tests;
    static const char of_sampled[] = " of the time sampled";

    if (p->samples == 0)
        return;
    if (!p->critical) {
        jsonl_puts(w, p->warn_us > 0 ? "- **Memory pressure:** " : "- ✅ **Memory pressure:** none\n");
        if (p->warn_us > 0) {
            pressure_part(w, "warn for", p->warn_us, p->known_us, of_sampled);
            jsonl_puts(w, ", never critical\n");
        }
        return;
    }
    jsonl_puts(w, "- ⚠️ **Memory pressure:** ");
    pressure_part(w, "critical for", p->critical_us, p->known_us, of_sampled);
    if (!isnan(r->health.swap_climb_mb))
        jsonl_puts(w, r->health.swap_grew ? ", with swap" : ", without swap");
    if (p->tests_critical > 0) {
        jsonl_puts(w, "; worst in ");
        md_text(w, worst->id);
        jsonl_puts(w, ": ");
        md_seconds(w, (double)worst->critical_us / 1e6);
        jsonl_puts(w, " of ");
        md_seconds(w, (double)worst->length_us / 1e6);
    }
    jsonl_puts(w, "\n");
}
