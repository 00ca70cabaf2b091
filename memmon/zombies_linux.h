/* SPDX-License-Identifier: Apache-2.0
 * How many zombies there are on the whole machine: processes that have ended, with all their threads, and that nobody
 * has waited for.
 *
 * A look at each process every time would cost more than all the rest of a recording.  So /proc is listed only if
 * processes have been made since the last time; what is known already is not read again; threads of the kernel never
 * become zombies; and the end of the others is told by a descriptor for each (pidfd_open(2)), all of which one
 * call asks.  Where any of this cannot be had it is done the long way. */
#ifndef MEMMON_ZOMBIES_LINUX_H
#define MEMMON_ZOMBIES_LINUX_H

#include "births_linux.h"

#include <dirent.h>
#include <stddef.h>
#include <sys/epoll.h>

enum { ZOMBIES_WATCHED = 1024 }; /* descriptors at most, and a quarter of those that may be open */

struct known_process;

struct zombies {
    DIR *proc;
    const struct births *births;
    int root;                   /* whose children do not count; 0: all do */
    int ends;                   /* epoll's descriptor, of the others' ends; -1: ends are not told */
    uint64_t mark;              /* births_mark before it was listed; 0: list it */
    struct known_process *list; /* in the order of their numbers */
    size_t len, cap, watched, watched_max;
    bool blind; /* a process could not be looked at, this time */
    struct epoll_event ended[ZOMBIES_WATCHED];
};

/* births must stay.  proc as in struct probe_env, root as in proc_zombies.  false: out of memory, or no such directory.
 */
bool zombies_open(struct zombies *z, const char *proc, const struct births *births, int root);

/* now_ns: monotonic.  NAN: it cannot be told now, as there are too many processes, or too few descriptors. */
double zombies_count(struct zombies *z, int64_t now_ns);

void zombies_close(struct zombies *z);

#endif
