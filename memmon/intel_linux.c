/* SPDX-License-Identifier: Apache-2.0
 * Intel's graphics processors, by what the drivers i915 and xe show in /sys: millidegrees, and microjoules used so far,
 * from which power follows.  How busy they are is told by perf events alone, to the superuser, so it is left out. */
#include "drm_linux.h"
#include "no_memory.h"
#include "probes_linux.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct intel_card {
    double last_uj; /* at the one before */
    int64_t last_ns;
    double power_w; /* between the last two readings */
    double energy_j;
};

struct intel {
    size_t len;
    struct drm_card card[DRM_CARDS_MAX];
    struct intel_card counter[DRM_CARDS_MAX];
    struct gpus gpus; /* as last read */
};

static void *intel_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct intel *in = malloc(sizeof *in);
    if (!in)
        return error_no_memory(err);
    in->len = drm_open(env->sys, "0x8086", "Intel", in->card);
    for (size_t i = 0; i < in->len; i++)
        in->counter[i] = (struct intel_card){.last_uj = NAN, .power_w = NAN, .energy_j = NAN};
    if (in->len)
        return in;
    free(in); /* many machines have none: nothing to speak of */
    return NULL;
}

/* Of two sensors the first that is there: xe counts the card as 1 and the chip as 2, and not every card has both. */
static double first_number(int dir, const char *one, const char *two)
{
    double number = drm_number(dir, one);
    return isnan(number) ? drm_number(dir, two) : number;
}

/* The counter may start anew, when the driver does: then there is no power for one reading, and none of that energy. */
static void intel_count(struct intel_card *c, double uj, int64_t now_ns)
{
    double rise = uj - c->last_uj;
    double s = (double)(now_ns - c->last_ns) / 1e9;
    c->power_w = rise >= 0 && s > 0 ? rise / 1e6 / s : (double)NAN;
    if (isnan(c->energy_j) && !isnan(uj))
        c->energy_j = 0;
    if (rise >= 0)
        c->energy_j += rise / 1e6;
    c->last_uj = uj;
    c->last_ns = now_ns;
}

static struct gpu intel_read_one(const struct drm_card *card, struct intel_card *counter, int64_t now_ns)
{
    struct gpu gpu = gpu_unknown();
    (void)snprintf(gpu.name, sizeof gpu.name, "%s", card->name);
    gpu.energy_j = counter->energy_j;
    if (drm_sleeps(card)) {
        counter->last_uj = NAN;
        return gpu;
    }
    intel_count(counter, first_number(card->hwmon, "energy1_input", "energy2_input"), now_ns);
    gpu.power_w = counter->power_w;
    gpu.energy_j = counter->energy_j;
    gpu.temp_c = first_number(card->hwmon, "temp1_input", "temp2_input") / 1e3;
    return gpu;
}

static void intel_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct intel *in = state;
    (void)sample; /* the devices make the metrics */
    for (size_t i = 0; i < in->len; i++)
        in->gpus.gpu[i] = intel_read_one(&in->card[i], &in->counter[i], now_ns);
    in->gpus.len = in->len;
}

static const struct gpus *intel_gpus(const void *state)
{
    const struct intel *in = state;
    return &in->gpus;
}

static void intel_close(void *state)
{
    struct intel *in = state;
    drm_close(in->card, in->len);
    free(in);
}

const struct probe probe_intel = {
    .name = "Intel GPUs",
    .metrics = PROBE_METRIC(gpu_age_ms),
    .period_ns = 200000000, /* over which power is a mean */
    .place = PROBE_THREAD,
    .open = intel_open,
    .read = intel_read,
    .gpus = intel_gpus,
    .close = intel_close,
};
