/* SPDX-License-Identifier: Apache-2.0
 * Shares of processor time from host_processor_info, over the last 100 ms or, if that is longer, since the sample
 * before: the kernel tells ticks of 10 ms.  (host_statistics(HOST_CPU_LOAD_INFO) would repeat old answers, see
 * memory_macos.c.) */
#include "mach.h"
#include "no_memory.h"
#include "probes_macos.h"
#include "window.h"

#include <mach/mach.h>
#include <stdlib.h>

_Static_assert((int)MACH_USER == CPU_STATE_USER && (int)MACH_SYSTEM == CPU_STATE_SYSTEM &&
                   (int)MACH_IDLE == CPU_STATE_IDLE && (int)MACH_NICE == CPU_STATE_NICE &&
                   (int)MACH_STATES == CPU_STATE_MAX,
               "the kernel's states, in its order");
_Static_assert(sizeof(integer_t) == sizeof(uint32_t), "the kernel's ticks have 32 bits");

struct cpu {
    host_t host;
    struct mach_cpu cpu;
    struct window window;
};

/* The kernel maps its answer into this process, which has to give it back. */
static bool cpu_count(struct cpu *c)
{
    natural_t n;
    processor_info_array_t info;
    mach_msg_type_number_t len;
    if (host_processor_info(c->host, PROCESSOR_CPU_LOAD_INFO, &n, &info, &len) != KERN_SUCCESS)
        return false;
    bool whole = len >= (uint64_t)n * CPU_STATE_MAX;
    if (whole)
        mach_cpu_add(&c->cpu, (const uint32_t(*)[MACH_STATES])(const void *)info, n);
    (void)vm_deallocate(mach_task_self(), (vm_address_t)info, len * sizeof *info);
    return whole;
}

static void *cpu_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct cpu *c = calloc(1, sizeof *c);
    (void)env;
    if (!c)
        return error_no_memory(err);
    c->host = mach_host_self();
    window_init(&c->window, 100000000);
    return c;
}

static void cpu_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct cpu *c = state;
    bool counted = cpu_count(c);
    const struct reading now = mach_cpu_reading(&c->cpu, now_ns);
    mach_cpu_put(&now, counted ? window_before(&c->window, now_ns) : NULL, sample);
    if (counted)
        window_put(&c->window, &now);
}

static void cpu_close(void *state)
{
    struct cpu *c = state;
    (void)mach_port_deallocate(mach_task_self(), c->host);
    free(c);
}

const struct probe probe_cpu = {
    .name = "cpu",
    .metrics = PROBE_METRIC(cpu_user) | PROBE_METRIC(cpu_sys) | PROBE_METRIC(cpu_idle),
    .period_ns = 10000000,
    .open = cpu_open,
    .read = cpu_read,
    .close = cpu_close,
};
