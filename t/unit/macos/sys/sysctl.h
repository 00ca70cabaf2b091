/* SPDX-License-Identifier: Apache-2.0
 * Stands in for macOS' <sys/sysctl.h>, see kernel.h. */
#ifndef KERNEL_SYS_SYSCTL_H
#define KERNEL_SYS_SYSCTL_H

#include <stddef.h>
#include <stdint.h>

enum { CTL_MAXNAME = 12, CTL_VM = 2, VM_LOADAVG = 2, VM_SWAPUSAGE = 5 };

struct loadavg {
    uint32_t ldavg[3];
    long fscale;
};

struct xsw_usage {
    uint64_t xsu_total, xsu_avail, xsu_used;
    uint32_t xsu_pagesize;
    int xsu_encrypted;
};

int sysctl(int *mib, unsigned len, void *old, size_t *old_size, void *new_value, size_t new_size);
int sysctlbyname(const char *name, void *old, size_t *old_size, void *new_value, size_t new_size);
int sysctlnametomib(const char *name, int *mib, size_t *len);

#endif
