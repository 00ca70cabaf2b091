/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include <math.h>

void fields_real(struct jsonl_writer *w, const char *name, double number)
{
    if (!isfinite(number))
        return;
    jsonl_key(w, name);
    jsonl_real(w, number_short(number), JSONL_SHORTEST);
}

void fields_chance(struct jsonl_writer *w, const char *name, double p)
{
    double scale =
        p > 0 && p < 0.001 ? pow(10, 3 - floor(log10(p))) : 1e6; /* four digits that count, or six decimals */

    if (!isfinite(p))
        return;
    jsonl_key(w, name);
    jsonl_real(w, isfinite(scale) ? round(p * scale) / scale : 0, JSONL_SHORTEST);
}

void fields_count(struct jsonl_writer *w, const char *name, size_t n)
{
    jsonl_key(w, name);
    jsonl_int(w, (int64_t)n);
}

void fields_bool(struct jsonl_writer *w, const char *name, bool b)
{
    jsonl_key(w, name);
    jsonl_bool(w, b);
}

void fields_text(struct jsonl_writer *w, const char *name, struct jsonl_text text)
{
    if (!text.s)
        return;
    jsonl_key(w, name);
    jsonl_string(w, text);
}

void fields_time(struct jsonl_writer *w, const char *name, double ts)
{
    char buf[JSONL_TIME_SIZE];

    if (isnan(ts))
        return;
    jsonl_key(w, name);
    jsonl_cstring(w, jsonl_time_format(buf, run_time_us(ts), 3));
}

void fields_range(struct jsonl_writer *w, const char *name, struct number_range range)
{
    if (range.n == 0)
        return;
    jsonl_key(w, name);
    jsonl_begin_object(w);
    fields_real(w, "min", range.min);
    fields_real(w, "avg", range.mean);
    fields_real(w, "max", range.max);
    jsonl_end_object(w);
}

void fields_spread(struct jsonl_writer *w, const char *name, struct number_spread spread)
{
    if (spread.n == 0)
        return;
    jsonl_key(w, name);
    jsonl_begin_object(w);
    fields_count(w, "n", spread.n);
    fields_real(w, "min", spread.min);
    fields_real(w, "median", spread.median);
    fields_real(w, "avg", spread.mean);
    fields_real(w, "max", spread.max);
    jsonl_end_object(w);
}

void fields_profile(struct jsonl_writer *w, const struct profile *p)
{
    jsonl_begin_object(w);
    fields_count(w, "samples", p->samples);
    fields_bool(w, "parallel", p->parallel);
    fields_range(w, "ram_free_gb", p->ram_free_gb);
    fields_real(w, "ram_before_gb", p->ram_before_gb);
    fields_real(w, "ram_use_gb", p->ram_use_gb);
    fields_range(w, "swap_used_mb", p->swap_mb);
    fields_real(w, "memory_pressure_max", p->pressure);
    fields_real(w, "zombies_max", p->zombies);
    fields_range(w, "gpu_device_util", p->gpu_device);
    fields_range(w, "gpu_renderer_util", p->gpu_renderer);
    fields_range(w, "gpu_mem_used_gb", p->gpu_mem_gb);
    fields_real(w, "gpu_mem_before_gb", p->gpu_mem_before_gb);
    fields_real(w, "gpu_mem_use_gb", p->gpu_mem_use_gb);
    fields_range(w, "gpu_power_w", p->gpu_power_w);
    fields_real(w, "gpu_energy_j", p->gpu_energy_j);
    jsonl_end_object(w);
}
