/* SPDX-License-Identifier: Apache-2.0 */
#include "gpu.h"

#include <math.h>
#include <string.h>

/* NAN where neither is known; else of those that are. */
static double sum(double a, double b)
{
    return isnan(a) ? b : isnan(b) ? a : a + b;
}

struct gpu gpu_unknown(void)
{
    return (struct gpu){
        .util = NAN, .mem_used_gb = NAN, .mem_total_gb = NAN, .power_w = NAN, .temp_c = NAN, .energy_j = NAN};
}

void gpus_add(struct gpus *gpus, const struct gpus *more)
{
    size_t n = more->len < GPUS_MAX - gpus->len ? more->len : GPUS_MAX - gpus->len;
    memcpy(gpus->gpu + gpus->len, more->gpu, n * sizeof more->gpu[0]);
    gpus->len += n;
}

double gpus_energy(const struct gpus *gpus)
{
    double energy = NAN;
    for (size_t i = 0; i < gpus->len; i++) {
        const struct gpu *one = &gpus->gpu[i];
        if (isnan(one->energy_j) && !isnan(one->power_w))
            return NAN;
        energy = sum(energy, one->energy_j);
    }
    return energy;
}

void gpus_join(const struct gpus *gpus, struct jsonl_sample *sample)
{
    double *metric = sample->metric;
    struct gpu all = gpu_unknown();
    for (size_t i = 0; i < gpus->len; i++) {
        const struct gpu *one = &gpus->gpu[i];
        all.util = fmax(all.util, one->util);
        all.temp_c = fmax(all.temp_c, one->temp_c);
        all.mem_used_gb = sum(all.mem_used_gb, one->mem_used_gb);
        all.mem_total_gb = sum(all.mem_total_gb, one->mem_total_gb);
        all.power_w = sum(all.power_w, one->power_w);
    }
    sample->gpu_active = isnan(all.util) ? -1 : all.util > 0;
    metric[JSONL_METRIC_gpu_device_util] = all.util;
    metric[JSONL_METRIC_gpu_mem_used_gb] = all.mem_used_gb;
    metric[JSONL_METRIC_gpu_mem_total_gb] = all.mem_total_gb;
    metric[JSONL_METRIC_gpu_power_w] = all.power_w;
    metric[JSONL_METRIC_gpu_temp_c] = all.temp_c;
}

static void write_metric(struct jsonl_writer *w, enum jsonl_metric metric, double v)
{
    if (isnan(v))
        return;
    jsonl_key(w, jsonl_metrics[metric].name);
    jsonl_real(w, v, jsonl_metrics[metric].decimals);
}

void gpus_write(const struct gpus *gpus, struct jsonl_writer *w)
{
    if (gpus->len < 2)
        return;
    jsonl_key(w, "gpus");
    jsonl_begin_array(w);
    for (size_t i = 0; i < gpus->len; i++) {
        const struct gpu *one = &gpus->gpu[i];
        jsonl_begin_object(w);
        if (!isnan(one->util)) {
            jsonl_key(w, "gpu_active");
            jsonl_bool(w, one->util > 0);
        }
        write_metric(w, JSONL_METRIC_gpu_device_util, one->util);
        write_metric(w, JSONL_METRIC_gpu_mem_used_gb, one->mem_used_gb);
        write_metric(w, JSONL_METRIC_gpu_mem_total_gb, one->mem_total_gb);
        write_metric(w, JSONL_METRIC_gpu_power_w, one->power_w);
        write_metric(w, JSONL_METRIC_gpu_temp_c, one->temp_c);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

void gpus_write_session(const struct gpus *gpus, struct jsonl_writer *w)
{
    if (!gpus->len)
        return;
    jsonl_key(w, "gpus");
    jsonl_begin_array(w);
    for (size_t i = 0; i < gpus->len; i++) {
        const struct gpu *one = &gpus->gpu[i];
        jsonl_begin_object(w);
        if (*one->name) {
            jsonl_key(w, "name");
            jsonl_cstring(w, one->name);
        }
        if (!isnan(one->mem_total_gb)) {
            jsonl_key(w, "memory_total_gb");
            jsonl_real(w, one->mem_total_gb, 2);
        }
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}
