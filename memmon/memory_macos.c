/* SPDX-License-Identifier: Apache-2.0
 * RAM and swap from sysctl's vm.page_* and vm.swapusage, which may be read at any rate.
 *
 * The kernel gives host_statistics64(HOST_VM_INFO64) afresh only 2 to 10 times a second, to all programs together, and
 * beyond that repeats its last answer as if it were new (rate_limit_host_statistics in xnu's osfmk/kern/host.c).  So it
 * is asked only where sysctl lacks one of these names, which are no interface that Apple has promised, and then twice a
 * second. */
#include "mach.h"
#include "no_memory.h"
#include "probes_macos.h"
#include "sysctl_macos.h"

#include <mach/mach.h>
#include <math.h>
#include <stdlib.h>

static const int64_t statistics_period_ns = 500000000;

struct memory {
    struct sysctl_name free, speculative, file_backed, purgeable;
    double page_bytes, ram_bytes;
    host_t host; /* MACH_PORT_NULL: sysctl has it all */
    int64_t statistics_due_ns;
    struct mach_pages statistics; /* of host_statistics64, as last read */
};

static struct mach_pages memory_pages(const struct memory *m)
{
    struct mach_pages pages = mach_pages_unknown();
    pages.free = sysctl_number(&m->free);
    pages.speculative = sysctl_number(&m->speculative);
    pages.file_backed = sysctl_number(&m->file_backed);
    pages.purgeable = sysctl_number(&m->purgeable);
    return pages;
}

static struct mach_pages memory_statistics(const struct memory *m)
{
    struct mach_pages pages = mach_pages_unknown();
    vm_statistics64_data_t vm = {0};
    mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
    if (host_statistics64(m->host, HOST_VM_INFO64, (host_info64_t)&vm, &count) == KERN_SUCCESS) {
        pages.speculative = vm.speculative_count;
        pages.free = (double)vm.free_count - vm.speculative_count;
        pages.inactive = vm.inactive_count;
    }
    return pages;
}

static void *memory_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct memory *m = malloc(sizeof *m);
    (void)env;
    if (!m)
        return error_no_memory(err);
    *m = (struct memory){
        .free = sysctl_find("vm.page_free_count"),
        .speculative = sysctl_find("vm.page_speculative_count"),
        .file_backed = sysctl_find("vm.page_pageable_external_count"),
        .purgeable = sysctl_find("vm.page_purgeable_count"),
        .page_bytes = sysctl_number_of("hw.pagesize"),
        .ram_bytes = sysctl_number_of("hw.memsize"),
        .host = MACH_PORT_NULL,
        .statistics_due_ns = INT64_MIN,
    };
    struct mach_pages pages = memory_pages(m);
    if (isnan(mach_pages_available(&pages)))
        m->host = mach_host_self();
    return m;
}

static void memory_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct memory *m = state;
    struct xsw_usage usage;
    struct mach_swap swap = {NAN, NAN};
    struct mach_pages pages;
    if (sysctl_struct(CTL_VM, VM_SWAPUSAGE, &usage, sizeof usage))
        swap = (struct mach_swap){(double)usage.xsu_total, (double)usage.xsu_used};
    if (m->host == MACH_PORT_NULL) {
        pages = memory_pages(m);
    } else {
        if (now_ns >= m->statistics_due_ns) {
            m->statistics = memory_statistics(m);
            m->statistics_due_ns = now_ns + statistics_period_ns;
        }
        pages = m->statistics;
    }
    mach_memory_put(&pages, m->page_bytes, m->ram_bytes, &swap, sample);
}

static void memory_close(void *state)
{
    struct memory *m = state;
    if (m->host != MACH_PORT_NULL)
        (void)mach_port_deallocate(mach_task_self(), m->host);
    free(m);
}

const struct probe probe_memory = {
    .name = "memory",
    .metrics = PROBE_METRIC(ram_free_gb) | PROBE_METRIC(ram_used_gb) | PROBE_METRIC(ram_total_gb) |
               PROBE_METRIC(ram_percent) | PROBE_METRIC(swap_used_mb) | PROBE_METRIC(swap_percent),
    .open = memory_open,
    .read = memory_read,
    .close = memory_close,
};
