/* SPDX-License-Identifier: Apache-2.0
 * The probes of macOS on Apple silicon, one file each.  They need no right that an ordinary user lacks, run no tools,
 * and link with libSystem alone. */
#ifndef MEMMON_PROBES_MACOS_H
#define MEMMON_PROBES_MACOS_H

#include "probe.h"

extern const struct probe probe_memory;      /* sysctl vm.page_*, vm.swapusage */
extern const struct probe probe_pressure;    /* sysctl kern.memorystatus_vm_pressure_level */
extern const struct probe probe_cpu;         /* host_processor_info */
extern const struct probe probe_load;        /* sysctl vm.loadavg */
extern const struct probe probe_procs;       /* libproc: the command's processes, zombies */
extern const struct probe probe_accelerator; /* IOAccelerator in the IO registry */

#endif
