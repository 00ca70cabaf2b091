/* SPDX-License-Identifier: Apache-2.0
 * A stand-in for what memmon asks of macOS, so that its probes can be run, and made to fail, on any system.
 *
 * The headers beside this one declare, by the names and numbers of macOS' own, just what memmon uses of them.  What is
 * answered, and what has been taken and not been given back, stands in `kernel`. */
#ifndef KERNEL_H
#define KERNEL_H

#include <mach/mach.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/sysctl.h>

enum { KERNEL_VALUES = 16, KERNEL_CPUS = 4, KERNEL_PROCESSES = 3000 };

struct kernel_value {
    const char *name; /* string; NULL: none */
    uint64_t number;
    size_t size;      /* bytes of the number; 0: it cannot be read */
    const char *text; /* string, in place of a number */
};

struct kernel_process {
    int pid, ppid;
    unsigned status;
    uint64_t user, system, child_user, child_system; /* ticks */
    uint64_t footprint, peak;                        /* bytes */
    int usage_errno;                                 /* 0: its usage can be read */
};

/* The accelerator in the IO registry; NAN, NULL: it has no such property. */
struct kernel_gpu {
    bool none;       /* there is no accelerator */
    bool unreadable; /* its statistics are no dictionary */
    bool worded;     /* its statistics are texts */
    const char *model;
    double cores, device, renderer, tiler, memory;
};

extern struct kernel {
    struct kernel_value values[KERNEL_VALUES];
    struct xsw_usage swap;
    struct loadavg load;
    bool no_swap, no_load;

    struct vm_statistics64 vm;
    bool no_statistics;
    unsigned statistics_calls;

    uint32_t ticks[KERNEL_CPUS][CPU_STATE_MAX];
    unsigned cpus;
    bool no_cpus, cpus_cut; /* cut: with fewer ticks than processors have */

    struct kernel_process processes[KERNEL_PROCESSES];
    int processes_len;
    bool no_processes;

    struct kernel_gpu gpu;
    const char *no_library, *no_symbol; /* part of the path; the name */

    /* Taken and not given back. */
    int ports, mappings, objects, services, libraries;
} kernel;

/* A machine in good order, from which a test goes on. */
void kernel_start(void);
struct kernel_value *kernel_value(const char *name);

#endif
