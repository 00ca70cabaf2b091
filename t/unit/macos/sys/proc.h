/* SPDX-License-Identifier: Apache-2.0
 * Stands in for macOS' <sys/proc.h>, see kernel.h. */
#ifndef KERNEL_SYS_PROC_H
#define KERNEL_SYS_PROC_H

enum { SIDL = 1, SRUN, SSLEEP, SSTOP, SZOMB };

#endif
