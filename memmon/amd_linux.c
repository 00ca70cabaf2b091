/* SPDX-License-Identifier: Apache-2.0
 * AMD's graphics processors, by what the driver amdgpu shows in /sys: per cent, bytes, microwatts, millidegrees. */
#include "drm_linux.h"
#include "no_memory.h"
#include "probes_linux.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct amd {
    size_t len;
    struct drm_card card[DRM_CARDS_MAX];
    struct gpus gpus; /* as last read */
};

static void *amd_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct amd *a = malloc(sizeof *a);
    if (!a)
        return error_no_memory(err);
    a->len = drm_open(env->sys, "0x1002", "AMD", a->card);
    if (a->len)
        return a;
    free(a); /* most machines have none: nothing to speak of */
    return NULL;
}

/* Some chips tell an average of their power, others what it is at this moment. */
static double amd_power(const struct drm_card *card)
{
    double average = drm_number(card->hwmon, "power1_average");
    return (isnan(average) ? drm_number(card->hwmon, "power1_input") : average) / 1e6;
}

static struct gpu amd_read_one(const struct drm_card *card)
{
    struct gpu gpu = gpu_unknown();
    (void)snprintf(gpu.name, sizeof gpu.name, "%s", card->name);
    gpu.mem_total_gb = drm_number(card->device, "mem_info_vram_total") / 1e9;
    if (drm_sleeps(card))
        return gpu;
    double busy = drm_number(card->device, "gpu_busy_percent");
    gpu.util = busy >= 0 && busy <= 100 ? busy : (double)NAN; /* a broken sensor may read 65535 */
    gpu.mem_used_gb = drm_number(card->device, "mem_info_vram_used") / 1e9;
    gpu.power_w = amd_power(card);
    gpu.temp_c = drm_number(card->hwmon, "temp1_input") / 1e3;
    return gpu;
}

static void amd_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct amd *a = state;
    (void)now_ns;
    (void)sample; /* the devices make the metrics */
    for (size_t i = 0; i < a->len; i++)
        a->gpus.gpu[i] = amd_read_one(&a->card[i]);
    a->gpus.len = a->len;
}

static const struct gpus *amd_gpus(const void *state)
{
    const struct amd *a = state;
    return &a->gpus;
}

static void amd_close(void *state)
{
    struct amd *a = state;
    drm_close(a->card, a->len);
    free(a);
}

const struct probe probe_amd = {
    .name = "AMD GPUs",
    .metrics = PROBE_METRIC(gpu_age_ms),
    .period_ns = 50000000, /* each reading is a question to the chip's firmware */
    .place = PROBE_THREAD,
    .open = amd_open,
    .read = amd_read,
    .gpus = amd_gpus,
    .close = amd_close,
};
