/* SPDX-License-Identifier: Apache-2.0
 * Whether processes have been made lately, which costs one short reading: where none have been, a list of processes
 * that was made before still has all there are, but for those that have ended.
 *
 * It goes by the latest number that the kernel has given to a process or thread, in /proc/loadavg. */
#ifndef MEMMON_BIRTHS_LINUX_H
#define MEMMON_BIRTHS_LINUX_H

#include <stdbool.h>
#include <stdint.h>

struct births {
    int fd; /* -1: it cannot be told */
};

/* It cannot be told where this /proc counts processes by other numbers than this process's own, as in unshare(1), or
 * where someone else makes up /proc/loadavg, as containers do.  proc as in struct probe_env. */
void births_open(struct births *b, const char *proc);
bool births_are_known(const struct births *b);

/* Is another than before if any have been made since; so it is taken before a list is made.  It is another every ten
 * seconds all the same, as a list that is made while processes pass their children on can lack one.  now_ns: monotonic.
 * 0: it cannot be told. */
uint64_t births_mark(const struct births *b, int64_t now_ns);

/* The numbers of all that have been made between two marks are above *after and up to *last.  false: that cannot be
 * told, as one of them is 0, or for time, or as the kernel has begun anew with low numbers. */
bool births_between(uint64_t before, uint64_t now, int *after, int *last);

void births_close(struct births *b);

#endif
