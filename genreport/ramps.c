/* SPDX-License-Identifier: Apache-2.0 */
#include "ramps.h"

#include <math.h>

/* Less than this a sample is no movement; a ramp that rests for longer than so many seconds is over. */
static const double NOISE_GB = 0.02, REST_S = 1;

void ramps_init(struct ramps *r, const struct windows *w, bool *gpu)
{
    struct span all = {0, w->len};
    struct number_range memory = windows_range(w, all, RUN_gpu_mem_used_gb);

    *gpu = memory.n > 0;
    *r = (struct ramps){.windows = w, .metric = RUN_gpu_mem_used_gb, .base = memory.min};
    if (!*gpu) {
        r->metric = RUN_ram_free_gb;
        r->base = -windows_range(w, all, RUN_ram_free_gb).max;
    }
}

/* Memory in use at sample i, GB; free RAM counts down. */
static double used_at(const struct ramps *r, size_t i)
{
    int32_t v = r->windows->samples[i].metric[r->metric];
    double gb = v / run_parts[r->metric];

    if (v == RUN_ABSENT)
        return NAN;
    return r->metric == RUN_ram_free_gb ? -gb : gb;
}

/* From sample `i`, the foot, as far as the memory goes on in the same direction. */
static size_t ramp_follow(const struct ramps *r, size_t i, double *gb, size_t *top)
{
    const struct run_sample *s = r->windows->samples;
    double foot = used_at(r, i), last = foot, way = 0;
    size_t k = i + 1;

    *top = i;
    for (; k < r->windows->len && s[k].ts - s[*top].ts <= fmax(REST_S, 2 * r->windows->interval_s); k++) {
        double now = used_at(r, k), step = now - last;

        if (isnan(now) || fabs(step) < NOISE_GB)
            continue;
        if (way != 0 && step * way < 0)
            break;
        way = step;
        last = now;
        *top = k;
    }
    *gb = last - foot;
    return k;
}

bool ramps_next(struct ramps *r, struct ramp *ramp)
{
    const struct run_sample *s = r->windows->samples;

    while (r->at + 1 < r->windows->len) {
        size_t foot = r->at, top;
        double gb;

        /* The foot is the last sample before the movement. */
        if (isnan(used_at(r, foot)) || fabs(used_at(r, foot + 1) - used_at(r, foot)) < NOISE_GB) {
            r->at++;
            continue;
        }
        ramp_follow(r, foot, &gb, &top);
        r->at = top > foot ? top : foot + 1;
        if (fabs(gb) < RAMP_GB_MIN || s[top].ts - s[foot].ts > RAMP_S_MAX)
            continue;
        *ramp = (struct ramp){
            .from = s[foot].ts,
            .to = s[top].ts,
            .gb = gb,
            .before = used_at(r, foot) - r->base,
            .after = used_at(r, foot) + gb - r->base,
        };
        return true;
    }
    return false;
}
