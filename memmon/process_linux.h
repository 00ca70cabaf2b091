/* SPDX-License-Identifier: Apache-2.0
 * A process of Linux, as /proc shows it. */
#ifndef MEMMON_PROCESS_LINUX_H
#define MEMMON_PROCESS_LINUX_H

#include "procfs.h"

/* What PROC/PID/stat says now, proc being an open directory.  false: there is no such process any more, and errno is
 * ESRCH; or another errno: descriptors or memory lack to look. */
bool process_read(int proc, int pid, struct proc *out);

/* The number of an entry of /proc; 0: it is none. */
int process_number(const char *name);

#endif
