/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include <math.h>

static const char *level_name(double level)
{
    return level >= 4 ? "critical" : level >= 2 ? "warn" : "normal";
}

/* In the unit in which it has a figure before the point. */
static void write_size(struct jsonl_writer *w, double gb)
{
    if (gb < 1)
        jsonl_printf(w, "%.0f MB", gb * 1000);
    else
        jsonl_printf(w, "%.2f GB", gb);
}

void status_sample(const struct jsonl_sample *sample, struct jsonl_writer *w)
{
    const double *metric = sample->metric;
    jsonl_printf(w, "%.1f s", sample->elapsed_s);
    if (!isnan(metric[JSONL_METRIC_ram_free_gb]))
        jsonl_printf(w, "  RAM %.2f of %.2f GB free", metric[JSONL_METRIC_ram_free_gb],
                     metric[JSONL_METRIC_ram_total_gb]);
    if (metric[JSONL_METRIC_swap_used_mb] > 0)
        jsonl_printf(w, "  swap %.0f MB", metric[JSONL_METRIC_swap_used_mb]);
    if (!isnan(metric[JSONL_METRIC_memory_pressure]))
        jsonl_printf(w, "  pressure %s", level_name(metric[JSONL_METRIC_memory_pressure]));
    if (!isnan(metric[JSONL_METRIC_cpu_user]))
        jsonl_printf(w, "  CPU %.0f %%", metric[JSONL_METRIC_cpu_user] + metric[JSONL_METRIC_cpu_sys]);
    if (!isnan(metric[JSONL_METRIC_gpu_device_util]))
        jsonl_printf(w, "  GPU %.0f %%", metric[JSONL_METRIC_gpu_device_util]);
    if (!isnan(metric[JSONL_METRIC_gpu_mem_used_gb]))
        jsonl_printf(w, "  GPU memory %.2f GB", metric[JSONL_METRIC_gpu_mem_used_gb]);
    if (!isnan(metric[JSONL_METRIC_proc_rss_gb])) {
        jsonl_puts(w, "  command ");
        write_size(w, metric[JSONL_METRIC_proc_rss_gb]);
    }
    if (!isnan(metric[JSONL_METRIC_proc_cpu]))
        jsonl_printf(w, " %.0f %%", metric[JSONL_METRIC_proc_cpu]);
}

static void write_recording(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    jsonl_printf(w, "memmon: %.1f s: %llu sample%s", end->duration_s, (unsigned long long)s->samples,
                 s->samples == 1 ? "" : "s");
    if (end->missed)
        jsonl_printf(w, " (%llu missed)", (unsigned long long)end->missed);
    jsonl_puts(w, ", one every ");
    jsonl_write_number(w, end->interval_ms, JSONL_SHORTEST);
    jsonl_puts(w, " ms");
    if (s->late.count)
        jsonl_printf(w, ", 99 %% of them no more than %.2f ms late", histogram_quantile(&s->late, 0.99) / 1e6);
    jsonl_puts(w, "\n");
}

static void write_machine(const struct summary *s, struct jsonl_writer *w)
{
    const struct extent *free = &s->metric[JSONL_METRIC_ram_free_gb], *swap = &s->metric[JSONL_METRIC_swap_used_mb];
    const struct extent *pressure = &s->metric[JSONL_METRIC_memory_pressure];
    const struct extent *user = &s->metric[JSONL_METRIC_cpu_user], *gpu = &s->metric[JSONL_METRIC_gpu_device_util];
    const char *between = "memmon: ";
    if (free->count) {
        jsonl_printf(w, "%sRAM free %.2f to %.2f GB", between, free->min, free->max);
        between = ", ";
    }
    if (swap->count && swap->max > 0) {
        jsonl_printf(w, "%sswap up to %.0f MB", between, swap->max);
        between = ", ";
    }
    if (pressure->count) {
        jsonl_printf(w, "%spressure %s", between, level_name(pressure->max));
        between = ", ";
    }
    if (user->count) {
        jsonl_printf(w, "%sCPU up to %.0f %% user, %.0f %% system", between, user->max,
                     s->metric[JSONL_METRIC_cpu_sys].max);
        between = ", ";
    }
    if (gpu->count) {
        jsonl_printf(w, "%sGPU up to %.0f %%", between, gpu->max);
        between = ", ";
    }
    if (*between == ',')
        jsonl_puts(w, "\n");
}

static void write_command(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    const struct extent *rss = &s->metric[JSONL_METRIC_proc_rss_gb];
    if (end->signal)
        jsonl_printf(w, "memmon: command ended by signal %d", end->signal);
    else
        jsonl_printf(w, "memmon: command exited with %d", end->exit_code);
    if (rss->count) {
        jsonl_puts(w, ", its processes took up to ");
        write_size(w, rss->max);
    }
    jsonl_puts(w, "\n");
}

void status_summary(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    write_recording(s, end, w);
    write_machine(s, w);
    if (end->command)
        write_command(s, end, w);
}

void status_live(const struct jsonl_sample *sample, unsigned columns, struct jsonl_writer *w)
{
    struct jsonl_writer *line = jsonl_writer_new(-1);
    if (!line)
        return;
    status_sample(sample, line);
    struct jsonl_text text = jsonl_writer_text(line);
    if (columns && text.n > columns - 1) /* it must not reach the next row, where it could not be erased */
        text.n = columns - 1;
    jsonl_puts(w, "\r");
    jsonl_write(w, text.s, text.n);
    jsonl_puts(w, "\033[K");
    jsonl_writer_free(line);
}

void status_erase(struct jsonl_writer *w)
{
    jsonl_puts(w, "\r\033[K");
}
