/* SPDX-License-Identifier: Apache-2.0
 * System Health. */
#include "md.h"

#include <math.h>

/* A recording whose samples cover less than this share of its time has gaps. */
static const double GAPS = 0.9;

static double in_tenths(double value)
{
    return round(10 * value) / 10;
}

/* "Swap (MB):         min=0, max=12.5, avg=3.1"; JSONL_SHORTEST: to a tenth, if there is one. */
static void health_line(struct jsonl_writer *w, const char *label, struct number_range range, int decimals)
{
    if (range.n == 0)
        return;
    jsonl_printf(w, "%-18s min=", label);
    md_number(w, decimals < 0 ? in_tenths(range.min) : range.min, decimals, "");
    jsonl_puts(w, ", max=");
    md_number(w, decimals < 0 ? in_tenths(range.max) : range.max, decimals, "");
    jsonl_puts(w, ", avg=");
    md_number(w, range.mean, 1, "");
    jsonl_puts(w, "\n");
}

static void health_tests(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;

    health_line(w, "Swap (MB):", h->swap_mb, JSONL_SHORTEST);
    health_line(w, "RAM free (GB):", h->ram_free_gb, 1);
    health_line(w, "Zombies:", h->zombies, 0);
    if (h->judged == 0)
        return;
    jsonl_puts(w, h->swap_mb.n + h->ram_free_gb.n + h->zombies.n > 0 ? "\n" : "");
    jsonl_puts(w, "Quality Flags (Thresholds: RAM <");
    md_number(w, r->config->quality_ram_free_min_gb, JSONL_SHORTEST, "GB free, zombies >");
    md_number(w, r->config->quality_zombies_max, JSONL_SHORTEST, "");
    jsonl_printf(w, "):\n  Clean:           %zu/%zu (%.1f%%)\n", h->clean, h->judged, md_percent(h->clean, h->judged));
    jsonl_printf(w, "  Degraded (RAM):  %zu\n", h->degraded_ram);
    jsonl_printf(w, "  Degraded (zombies): %zu\n", h->degraded_zombies);
    if (h->flagged_swap > 0)
        jsonl_printf(w, "  Flagged by the suite (swap): %zu\n", h->flagged_swap);
    if (h->judged < r->totals.tests)
        jsonl_printf(w, "  Not known:       %zu\n", r->totals.tests - h->judged);
}

static void health_samples(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;

    jsonl_puts(w, "Recorded: ");
    md_count(w, r->samples.len, "sample");
    if (!isnan(r->samples.interval_s)) {
        jsonl_puts(w, ", every ");
        md_number(w, r->samples.interval_s * 1000, 0, "ms over ");
        md_duration(w, r->samples.length_s);
        if ((double)r->samples.len * r->samples.interval_s < GAPS * r->samples.length_s)
            jsonl_puts(w, ", with gaps");
    }
    jsonl_puts(w, "\n");
    health_line(w, "  Swap (MB):", h->sample_swap_mb, JSONL_SHORTEST);
    health_line(w, "  RAM free (GB):", h->sample_ram_free_gb, 1);
    health_line(w, "  Zombies:", h->sample_zombies, 0);
    md_pressure(w, &r->pressure);
}

void md_health(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;
    bool tests = h->judged + h->swap_mb.n > 0;
    bool samples = h->sample_swap_mb.n + h->sample_ram_free_gb.n + h->sample_zombies.n + r->pressure.samples > 0;

    md_section(w, "System Health");
    if (!tests && !samples) {
        jsonl_puts(w, "Not known: no test carries system health, and no samples were read.\n");
        return;
    }
    jsonl_puts(w, "```\n");
    if (tests)
        health_tests(w, r);
    else
        jsonl_puts(w, "No test carries system health.\n");
    if (samples) {
        jsonl_puts(w, "\n");
        health_samples(w, r);
    }
    jsonl_puts(w, "```\n");
    if (h->swap_grew) {
        jsonl_puts(w, "\n⚠️ **Swap grew** by ");
        md_number(w, h->swap_climb_mb, 1, "MB within the run, from ");
        md_number(w, h->swap_from_mb, 1, "MB to ");
        md_number(w, h->swap_to_mb, 1, "MB (threshold: ");
        md_number(w, r->config->quality_swap_growth_mb, JSONL_SHORTEST, "MB).\n");
    }
    md_pressed(w, &r->pressure);
}
