/* SPDX-License-Identifier: Apache-2.0 */
#include "profile.h"

#include <math.h>

/* A level that is older than this, in seconds, or than so many samples is none. */
enum { BEFORE_S = 5, BEFORE_SAMPLES = 8 };

static double level_before(const struct windows *w, struct span span, double start, enum run_metric metric)
{
    size_t i = span.from;

    while (i < span.to && w->samples[i].ts < start) /* the nearest sample of a short test may lie before it */
        i++;
    for (size_t k = 0; i-- > 0 && k < BEFORE_SAMPLES && start - w->samples[i].ts <= BEFORE_S; k++)
        if (w->samples[i].metric[metric] != RUN_ABSENT)
            return w->samples[i].metric[metric] / run_parts[metric];
    for (i = span.from; i < span.to && i - span.from < BEFORE_SAMPLES; i++)
        if (w->samples[i].metric[metric] != RUN_ABSENT)
            return w->samples[i].metric[metric] / run_parts[metric];
    return NAN;
}

/* Not negative, and still NAN if it is not known. */
static double use_of(double gb)
{
    return gb < 0 ? 0 : gb;
}

struct profile profile_of(const struct windows *w, struct span span, double start, double end)
{
    struct profile p = {
        .samples = span.to - span.from,
        .ram_free_gb = windows_range(w, span, RUN_ram_free_gb),
        .swap_mb = windows_range(w, span, RUN_swap_used_mb),
        .gpu_device = windows_range(w, span, RUN_gpu_device_util),
        .gpu_renderer = windows_range(w, span, RUN_gpu_renderer_util),
        .gpu_mem_gb = windows_range(w, span, RUN_gpu_mem_used_gb),
        .gpu_power_w = windows_range(w, span, RUN_gpu_power_w),
        .ram_before_gb = level_before(w, span, start, RUN_ram_free_gb),
        .gpu_mem_before_gb = level_before(w, span, start, RUN_gpu_mem_used_gb),
        .pressure = windows_range(w, span, RUN_memory_pressure).max,
        .zombies = windows_range(w, span, RUN_zombies).max,
    };

    p.ram_use_gb = use_of(p.ram_before_gb - p.ram_free_gb.min);
    p.gpu_mem_use_gb = use_of(p.gpu_mem_gb.max - p.gpu_mem_before_gb);
    p.gpu_energy_j = p.gpu_power_w.mean * (end - start);
    return p;
}
