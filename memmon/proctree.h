/* SPDX-License-Identifier: Apache-2.0
 * Sums over a table of processes. */
#ifndef MEMMON_PROCTREE_H
#define MEMMON_PROCTREE_H

#include "procfs.h"

#include <stddef.h>
#include <stdint.h>

/* Keeps of list[n] root and its descendants, each once, in order of pid, with root for a descendant's ppid; those to
 * whom no way leads are dropped.  Returns how many there are.  O(n log n). */
size_t proc_tree_keep(struct proc *list, size_t n, int root);

struct proc_sum {
    bool known;     /* root itself is in the list: without it nothing is known of its descendants */
    size_t count;   /* descendants that run; zombies do not */
    uint64_t rss;   /* their resident pages; one that several share is counted for each */
    uint64_t ticks; /* processor time of the descendants, those included that were waited for */
};

/* Sums the descendants of root (which is not one of them) within list[n], of which proc_tree_keep keeps them. */
struct proc_sum proc_tree_sum(struct proc *list, size_t n, int root);

/* Has it ended, with all its threads, and is waited for by nobody?  Not if it is a child of root (0: none): those are
 * memmon's, which waits for them at once. */
bool proc_is_zombie(const struct proc *p, int root);

/* How many are. */
size_t proc_zombies(const struct proc *list, size_t n, int root);

#endif
