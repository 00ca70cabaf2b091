/* SPDX-License-Identifier: Apache-2.0
 * Memory pressure as the kernel itself judges it, and vm.memory_pressure beside it, which is no level but a number of
 * pages: how many the kernel has lately had to reclaim (compute_memory_pressure in xnu's osfmk/vm/vm_pageout.c). */
#include "mach.h"
#include "no_memory.h"
#include "probes_macos.h"
#include "sysctl_macos.h"

#include <stdlib.h>

struct pressure {
    struct sysctl_name level, pages;
};

static void *pressure_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct pressure *p = malloc(sizeof *p);
    (void)env;
    if (!p)
        return error_no_memory(err);
    p->level = sysctl_find("kern.memorystatus_vm_pressure_level");
    p->pages = sysctl_find("vm.memory_pressure");
    if (!p->level.len)
        jsonl_error_set(err, "sysctl has no kern.memorystatus_vm_pressure_level");
    return p;
}

static void pressure_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    const struct pressure *p = state;
    (void)now_ns;
    sample->metric[JSONL_METRIC_memory_pressure] = mach_pressure_level(sysctl_number(&p->level));
    sample->metric[JSONL_METRIC_vm_pressure] = sysctl_number(&p->pages);
}

const struct probe probe_pressure = {
    .name = "memory pressure",
    .metrics = PROBE_METRIC(memory_pressure) | PROBE_METRIC(vm_pressure),
    .open = pressure_open,
    .read = pressure_read,
    .close = free,
};
