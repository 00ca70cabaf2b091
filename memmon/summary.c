/* SPDX-License-Identifier: Apache-2.0 */
#include "summary.h"

#include <math.h>
#include <stddef.h>

enum statistic { MIN, MAX, MEAN, ENERGY, PEAK };

static const struct {
    const char *name;
    enum jsonl_metric metric;
    enum statistic statistic;
} members[] = {
    {"ram_free_min_gb", JSONL_METRIC_ram_free_gb, MIN},
    {"ram_free_max_gb", JSONL_METRIC_ram_free_gb, MAX},
    {"ram_free_avg_gb", JSONL_METRIC_ram_free_gb, MEAN},
    {"swap_max_mb", JSONL_METRIC_swap_used_mb, MAX},
    {"swap_avg_mb", JSONL_METRIC_swap_used_mb, MEAN},
    {"load_max", JSONL_METRIC_load_1, MAX},
    {"load_avg", JSONL_METRIC_load_1, MEAN},
    {"cpu_user_max", JSONL_METRIC_cpu_user, MAX},
    {"cpu_sys_max", JSONL_METRIC_cpu_sys, MAX},
    {"gpu_device_max", JSONL_METRIC_gpu_device_util, MAX},
    {"gpu_device_avg", JSONL_METRIC_gpu_device_util, MEAN},
    {"gpu_renderer_max", JSONL_METRIC_gpu_renderer_util, MAX},
    {"gpu_renderer_avg", JSONL_METRIC_gpu_renderer_util, MEAN},
    {"gpu_mem_max_gb", JSONL_METRIC_gpu_mem_used_gb, MAX},
    {"gpu_energy_j", JSONL_METRIC_gpu_power_w, ENERGY},
    {"proc_peak_rss_gb", JSONL_METRIC_proc_rss_gb, PEAK},
    {"cgroup_peak_gb", JSONL_METRIC_cgroup_used_gb, PEAK},
    {"zombies_max", JSONL_METRIC_zombies, MAX},
    {"pressure_max", JSONL_METRIC_memory_pressure, MAX},
};

static void extent_add(struct extent *e, double v)
{
    if (isnan(v))
        return;
    e->min = e->count ? fmin(e->min, v) : v;
    e->max = e->count ? fmax(e->max, v) : v;
    e->sum += v;
    e->count++;
}

void summary_add(struct summary *s, const struct jsonl_sample *sample, double counted_j, int64_t late_ns)
{
    s->samples++;
    for (size_t m = 0; m < JSONL_METRICS; m++)
        extent_add(&s->metric[m], sample->metric[m]);
    double power = sample->metric[JSONL_METRIC_gpu_power_w];
    extent_add(&s->counted_j, counted_j);
    s->uncounted += !isnan(power) && isnan(counted_j);
    if (!isnan(power)) {
        if (s->metric[JSONL_METRIC_gpu_power_w].count > 1)
            s->gpu_energy_j += (s->power_w + power) / 2 * (sample->elapsed_s - s->power_s);
        s->power_w = power;
        s->power_s = sample->elapsed_s;
    }
    if (late_ns >= 0)
        histogram_add(&s->late, late_ns);
}

static void write_member(struct jsonl_writer *w, const char *name, double v, int decimals)
{
    if (isnan(v))
        return;
    jsonl_key(w, name);
    jsonl_real(w, v, decimals);
}

static double summary_energy(const struct summary *s)
{
    if (s->counted_j.count > 1 && !s->uncounted)
        return s->counted_j.max - s->counted_j.min;
    return s->metric[JSONL_METRIC_gpu_power_w].count > 1 ? s->gpu_energy_j : NAN;
}

/* What was seen at a look, or what is known to have been there between two looks, whichever is more. */
static double summary_peak(const struct summary *s, enum jsonl_metric metric, double told)
{
    return fmax(s->metric[metric].count ? s->metric[metric].max : NAN, told);
}

/* No process has nothing: one that was seen with nothing had ended before the first look. */
double summary_proc_peak_gb(const struct summary *s, const struct summary_end *end)
{
    double peak = summary_peak(s, JSONL_METRIC_proc_rss_gb, end->proc_peak_gb);
    return peak >= 0.0005 ? peak : NAN;
}

static double summary_value(const struct summary *s, enum jsonl_metric metric, enum statistic statistic,
                            const struct summary_end *end)
{
    const struct extent *e = &s->metric[metric];
    if (statistic == PEAK && metric == JSONL_METRIC_proc_rss_gb)
        return summary_proc_peak_gb(s, end);
    if (statistic == PEAK)
        return summary_peak(s, metric, end->cgroup_peak_gb);
    if (statistic == ENERGY)
        return summary_energy(s);
    if (!e->count)
        return NAN;
    return statistic == MIN ? e->min : statistic == MAX ? e->max : e->sum / (double)e->count;
}

static void write_metrics(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        write_member(w, members[i].name, summary_value(s, members[i].metric, members[i].statistic, end),
                     jsonl_metrics[members[i].metric].decimals);
}

void summary_write(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w)
{
    jsonl_begin_object(w);
    jsonl_key(w, "summary");
    jsonl_begin_object(w);
    write_member(w, "duration_s", end->duration_s, 3);
    write_member(w, "samples", (double)s->samples, 0);
    write_member(w, "missed", (double)end->missed, 0);
    write_member(w, "interval_ms", end->interval_ms, JSONL_SHORTEST);
    write_member(w, "late_p50_ms", histogram_quantile(&s->late, 0.5) / 1e6, 3);
    write_member(w, "late_p99_ms", histogram_quantile(&s->late, 0.99) / 1e6, 3);
    write_metrics(s, end, w);
    if (end->command) {
        if (end->exit_code >= 0)
            write_member(w, "exit_code", end->exit_code, 0);
        if (end->signal)
            write_member(w, "signal", end->signal, 0);
        jsonl_key(w, "command");
        jsonl_cstring(w, end->command);
    }
    char time[JSONL_TIME_SIZE];
    jsonl_key(w, "timestamp");
    jsonl_cstring(w, jsonl_time_format(time, end->end_us, 3));
    write_member(w, "memmon_cpu_s", end->cpu_s, 3);
    jsonl_end_object(w);
    jsonl_end_object(w);
    jsonl_end_line(w);
}
