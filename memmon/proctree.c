/* SPDX-License-Identifier: Apache-2.0 */
#include "proctree.h"

#include <stdlib.h>

static int proc_compare(const void *a, const void *b)
{
    const struct proc *x = a, *y = b;
    return (x->pid > y->pid) - (x->pid < y->pid);
}

static struct proc *proc_find(struct proc *list, size_t n, int pid)
{
    const struct proc key = {.pid = pid};
    return n ? bsearch(&key, list, n, sizeof *list, proc_compare) : NULL;
}

static size_t proc_unique(struct proc *list, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || list[kept - 1].pid != list[i].pid)
            list[kept++] = list[i];
    return kept;
}

/* A descendant's ppid is replaced by root's pid, another's by 0, once that is known, so that each way up
 * is gone once.  Reused pids can make a circle: hence the steps are counted. */
static void proc_adopt(struct proc *list, size_t n, struct proc *p, int root)
{
    struct proc *up = p;
    size_t steps = 0;
    while (up && up->ppid != root && up->ppid != 0 && up->pid != root && steps++ < n)
        up = proc_find(list, n, up->ppid);
    bool in = up && up->ppid == root && up->pid != root;
    for (struct proc *q = p; q && q->ppid != root && q->ppid != 0 && q->pid != root;) {
        struct proc *next = proc_find(list, n, q->ppid);
        q->ppid = in ? root : 0;
        q = next;
    }
}

size_t proc_tree_keep(struct proc *list, size_t n, int root)
{
    size_t kept = 0;
    if (n)
        qsort(list, n, sizeof *list, proc_compare);
    n = proc_unique(list, n);
    for (size_t i = 0; i < n; i++)
        proc_adopt(list, n, &list[i], root);
    for (size_t i = 0; i < n; i++)
        if (list[i].pid == root || list[i].ppid == root)
            list[kept++] = list[i];
    return kept;
}

struct proc_sum proc_tree_sum(struct proc *list, size_t n, int root)
{
    struct proc_sum sum = {0};
    n = proc_tree_keep(list, n, root);
    for (size_t i = 0; i < n; i++) {
        const struct proc *p = &list[i];
        sum.ticks += p->waited;
        if (p->pid == root) {
            sum.known = true;
            continue;
        }
        sum.ticks += p->ticks;
        if (p->state == 'Z' || p->state == 'X')
            continue;
        sum.count++;
        sum.rss += p->rss;
    }
    return sum;
}

bool proc_is_zombie(const struct proc *p, int root)
{
    return p->state == 'Z' && p->threads <= 1 && !(root && p->ppid == root);
}

size_t proc_zombies(const struct proc *list, size_t n, int root)
{
    size_t zombies = 0;
    for (size_t i = 0; i < n; i++)
        zombies += proc_is_zombie(&list[i], root);
    return zombies;
}
