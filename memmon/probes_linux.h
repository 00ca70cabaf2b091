/* SPDX-License-Identifier: Apache-2.0
 * The probes of Linux, one file each. */
#ifndef MEMMON_PROBES_LINUX_H
#define MEMMON_PROBES_LINUX_H

#include "probe.h"

extern const struct probe probe_memory;   /* /proc/meminfo */
extern const struct probe probe_pressure; /* /proc/pressure/memory */
extern const struct probe probe_cpu;      /* /proc/stat */
extern const struct probe probe_load;     /* /proc/loadavg */
extern const struct probe probe_procs;    /* /proc/PID/stat: the command's processes, zombies */
extern const struct probe probe_cgroup;   /* /sys/fs/cgroup/…/memory.*, /proc/vmstat */
extern const struct probe probe_nvidia;   /* libnvidia-ml.so.1 */
extern const struct probe probe_amd;      /* /sys/class/drm/card*, driver amdgpu */
extern const struct probe probe_intel;    /* the same, drivers i915 and xe */

#endif
