/* SPDX-License-Identifier: Apache-2.0
 * Load averages from sysctl's vm.loadavg. */
#include "mach.h"
#include "probes_macos.h"
#include "sysctl_macos.h"

#include <math.h>

static void *load_open(const struct probe_env *env, struct jsonl_error *err)
{
    static int none; /* there is nothing to keep, and NULL would say that there is no source */
    (void)env;
    (void)err;
    return &none;
}

static void load_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct loadavg load;
    (void)state;
    (void)now_ns;
    if (!sysctl_struct(CTL_VM, VM_LOADAVG, &load, sizeof load))
        load = (struct loadavg){.fscale = 0};
    sample->metric[JSONL_METRIC_load_1] = mach_load(load.ldavg[0], load.fscale);
    sample->metric[JSONL_METRIC_load_5] = mach_load(load.ldavg[1], load.fscale);
    sample->metric[JSONL_METRIC_load_15] = mach_load(load.ldavg[2], load.fscale);
}

static void load_close(void *state)
{
    (void)state;
}

const struct probe probe_load = {
    .name = "load",
    .metrics = PROBE_METRIC(load_1) | PROBE_METRIC(load_5) | PROBE_METRIC(load_15),
    .period_ns = 100000000, /* the kernel computes it anew every 5 s */
    .open = load_open,
    .read = load_read,
    .close = load_close,
};
