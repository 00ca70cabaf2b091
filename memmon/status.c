/* SPDX-License-Identifier: Apache-2.0 */
#include "status.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *level_name(double level)
{
    return level >= 4 ? "critical" : level >= 2 ? "warn" : "normal";
}

static const double least_gb = 0.9995; /* what is less is told in MB: no more than 999 */

/* In the unit in which it has a figure before the point. */
static void write_size(struct jsonl_writer *w, double gb)
{
    if (gb < least_gb)
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
        jsonl_printf(w, ", %s more than %.2f ms late", s->late.count < 100 ? "none" : "99 % of them no",
                     histogram_quantile(&s->late, 0.99) / 1e6);
    jsonl_puts(w, "\n");
}

static void write_machine(const struct summary *s, struct jsonl_writer *w)
{
    const struct extent *free = &s->metric[JSONL_METRIC_ram_free_gb], *swap = &s->metric[JSONL_METRIC_swap_used_mb];
    const struct extent *pressure = &s->metric[JSONL_METRIC_memory_pressure];
    const struct extent *user = &s->metric[JSONL_METRIC_cpu_user], *gpu = &s->metric[JSONL_METRIC_gpu_device_util];
    const char *between = "memmon: ";
    if (free->count) {
        jsonl_printf(w, "%sRAM free ", between);
        if (round(free->max * 100) > round(free->min * 100))
            jsonl_printf(w, "%.2f to ", free->min);
        jsonl_printf(w, "%.2f GB", free->max);
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
    double peak = summary_proc_peak_gb(s, end);
    if (end->signal)
        jsonl_printf(w, "memmon: command ended by signal %d", end->signal);
    else
        jsonl_printf(w, "memmon: command exited with %d", end->exit_code);
    if (!isnan(peak)) {
        jsonl_puts(w, ", its processes took up to ");
        write_size(w, peak);
    }
    if (end->left)
        jsonl_puts(w, isnan(peak) ? "; some of its processes still run" : "; some of them still run");
    jsonl_puts(w, "\n");
}

void status_summary(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    write_recording(s, end, w);
    write_machine(s, w);
    if (end->command)
        write_command(s, end, w);
}

/* ---- The live line ---- */

struct line {
    struct jsonl_writer *w;
    unsigned left; /* columns */
    bool colour;
};

enum { GAP = 2 };
static const char *const green = "32", *const yellow = "33", *const red = "31", *const plain = "";

/* Adds a part of ASCII, if there is room for it; if there is none, nor is there for any after it. */
static void JSONL_PRINTF(3, 4) line_add(struct line *l, const char *colour, const char *format, ...)
{
    char text[128];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text || (unsigned)n + GAP > l->left) {
        l->left = 0;
        return;
    }
    if (l->colour && *colour)
        jsonl_printf(l->w, "\033[%sm%s\033[m", colour, text);
    else
        jsonl_puts(l->w, text);
    jsonl_puts(l->w, "  ");
    l->left -= (unsigned)n + GAP;
}

static void line_add_elapsed(struct line *l, double seconds)
{
    unsigned long long s = seconds > 0 ? (unsigned long long)seconds : 0;
    if (s < 3600)
        line_add(l, plain, "%llu:%02llu", s / 60, s % 60);
    else
        line_add(l, plain, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
}

static void line_add_ram(struct line *l, const double *metric, const struct jsonl_config *config)
{
    enum { WIDTH = 10 };
    double free = metric[JSONL_METRIC_ram_free_gb], total = metric[JSONL_METRIC_ram_total_gb];
    if (!(total > 0 && free >= 0))
        return;
    double share = fmin(free / total, 1);
    const char *colour = share >= config->ram_green ? green : share >= config->ram_orange ? yellow : red;
    int used = (int)lround((1 - share) * WIDTH);
    char whole[64];
    int n = snprintf(whole, sizeof whole, "RAM [%.*s%.*s] %.2f of %.2f GB free", used, "||||||||||", WIDTH - used,
                     "          ", free, total);
    if ((unsigned)n + GAP <= l->left)
        line_add(l, colour, "%s", whole);
    else
        line_add(l, colour, "RAM %.2f GB free", free);
}

static void line_add_metrics(struct line *l, const double *metric)
{
    double level = metric[JSONL_METRIC_memory_pressure];
    if (!isnan(level))
        line_add(l, level >= 4 ? red : level >= 2 ? yellow : plain, "pressure %s", level_name(level));
    if (metric[JSONL_METRIC_swap_used_mb] > 0)
        line_add(l, plain, "swap %.0f MB", metric[JSONL_METRIC_swap_used_mb]);
    if (!isnan(metric[JSONL_METRIC_cpu_user]))
        line_add(l, plain, "CPU %.0f %%", metric[JSONL_METRIC_cpu_user] + metric[JSONL_METRIC_cpu_sys]);
    if (!isnan(metric[JSONL_METRIC_gpu_device_util]))
        line_add(l, plain, "GPU %.0f %%", metric[JSONL_METRIC_gpu_device_util]);
    if (!isnan(metric[JSONL_METRIC_gpu_mem_used_gb]))
        line_add(l, plain, "GPU memory %.2f GB", metric[JSONL_METRIC_gpu_mem_used_gb]);
    double rss = metric[JSONL_METRIC_proc_rss_gb];
    if (!isnan(rss))
        line_add(l, plain, rss < least_gb ? "command %.0f MB" : "command %.2f GB", rss < least_gb ? rss * 1000 : rss);
}

/* As much of a text as fits.  A character beyond ASCII may take two columns. */
static void line_add_text(struct line *l, const char *text)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);
    if (!w)
        return;
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){text, strlen(text)});
    struct jsonl_text shown = jsonl_writer_text(w);
    size_t n = 0;
    for (unsigned width = 0; n < shown.n; n++) {
        unsigned char c = (unsigned char)shown.s[n];
        width += c < 0x80 ? 1 : c >= 0xc0 ? 2 : 0;
        if (width > l->left)
            break;
    }
    jsonl_write(l->w, shown.s, n);
    l->left = 0;
    jsonl_writer_free(w);
}

void status_live(const struct live_view *view, unsigned columns, struct jsonl_writer *w)
{
    struct line line = {.w = w, .left = columns + GAP, .colour = view->colour}; /* no gap behind the last part */
    line_add_elapsed(&line, view->elapsed_s);
    line_add_ram(&line, view->sample->metric, view->config);
    line_add_metrics(&line, view->sample->metric);
    if (*view->event && line.left > GAP) {
        line.left -= GAP;
        line_add_text(&line, view->event);
    }
}
