/* SPDX-License-Identifier: Apache-2.0
 * Stands in for macOS' <libproc.h>, and for its part of <sys/resource.h>, see kernel.h. */
#ifndef KERNEL_LIBPROC_H
#define KERNEL_LIBPROC_H

#include <stdint.h>

enum { PROC_PIDT_SHORTBSDINFO = 13, RUSAGE_INFO_V4 = 4 };

struct proc_bsdshortinfo {
    uint32_t pbsi_pid, pbsi_ppid, pbsi_pgid, pbsi_status;
    char pbsi_comm[16];
    uint32_t rest[8];
};

struct rusage_info_v4 {
    uint64_t ri_user_time, ri_system_time, ri_child_user_time, ri_child_system_time;
    uint64_t ri_phys_footprint, ri_lifetime_max_phys_footprint;
};
typedef void *rusage_info_t;

int proc_listallpids(void *pids, int size);
int proc_pidinfo(int pid, int flavor, uint64_t arg, void *out, int size);
int proc_pid_rusage(int pid, int flavor, rusage_info_t *out);

#endif
