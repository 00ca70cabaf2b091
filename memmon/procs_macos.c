/* SPDX-License-Identifier: Apache-2.0
 * The command's processes, and zombies anywhere, from libproc.
 *
 * One list of all processes, with each one's parent, which the kernel tells of anybody's; then the usage of those that
 * descend from the command, which it tells of one's own.  Where it does not, as of one that sudo(8) runs, the sums are
 * not known, and only their number is.  macOS has no subreaper: a process whose parent has ended becomes launchd's
 * child and is not found any more. */
#include "clock.h"
#include "mach.h"
#include "no_memory.h"
#include "probes_macos.h"
#include "proctree.h"
#include "window.h"

#include <errno.h>
#include <libproc.h>
#include <mach/mach_time.h>
#include <math.h>
#include <stdlib.h>
#include <sys/proc.h>
#include <sys/resource.h>

enum { PROCS_MAX = 1 << 17, WITH_ZOMBIES = 1 };
static const int64_t zombies_period_ns = 1000000000;

struct procs {
    int tree_pid;               /* 0: no command */
    int64_t zombies_due_ns;     /* without a command */
    struct mach_timebase ticks; /* of processor times */
    struct window cpu;          /* the command's processor time, ns */
    int *pids;
    struct proc *list;
    size_t cap;     /* of both */
    double peak_gb; /* the greatest footprint of one of the command's processes; NAN: none seen */
};

static bool procs_reserve(struct procs *p, size_t cap)
{
    if (cap > PROCS_MAX)
        return false;
    int *pids = realloc(p->pids, cap * sizeof *pids);
    if (pids)
        p->pids = pids;
    struct proc *list = pids ? realloc(p->list, cap * sizeof *list) : NULL;
    if (!list)
        return false;
    p->list = list;
    p->cap = cap;
    return true;
}

/* All pids; -1: not known.  A list that fills its space may have been cut off. */
static int procs_list(struct procs *p)
{
    for (;;) {
        int n = proc_listallpids(p->pids, (int)(p->cap * sizeof *p->pids));
        if (n <= 0)
            return -1;
        if ((size_t)n < p->cap)
            return n;
        if (!procs_reserve(p, p->cap * 2))
            return -1;
    }
}

/* All processes, without their usage.  Those that ended meanwhile are left out. */
static size_t procs_scan(struct procs *p)
{
    size_t len = 0;
    int n = procs_list(p);
    for (int i = 0; i < n; i++) {
        struct proc_bsdshortinfo info;
        if (proc_pidinfo(p->pids[i], PROC_PIDT_SHORTBSDINFO, WITH_ZOMBIES, &info, sizeof info) != (int)sizeof info)
            continue;
        const struct mach_process process = {.pid = info.pbsi_pid, .ppid = info.pbsi_ppid, .status = info.pbsi_status};
        p->list[len++] = mach_proc(&process, p->ticks);
    }
    return len;
}

/* Adds its usage; false: that is not for us to know.  Of one that has ended meanwhile there is none. */
static bool procs_usage(struct procs *p, struct proc *one)
{
    struct rusage_info_v4 usage;
    if (proc_pid_rusage(one->pid, RUSAGE_INFO_V4, (rusage_info_t *)&usage) != 0)
        return errno == ESRCH;
    const struct mach_process process = {
        .pid = (uint32_t)one->pid,
        .ppid = (uint32_t)one->ppid,
        .status = one->state == 'Z' ? SZOMB : SRUN,
        .user = usage.ri_user_time,
        .system = usage.ri_system_time,
        .child_user = usage.ri_child_user_time,
        .child_system = usage.ri_child_system_time,
        .footprint = usage.ri_phys_footprint,
    };
    *one = mach_proc(&process, p->ticks);
    if (one->pid != p->tree_pid)
        p->peak_gb = fmax(p->peak_gb, (double)usage.ri_lifetime_max_phys_footprint / 1e9);
    return true;
}

static void procs_close(void *state)
{
    struct procs *p = state;
    free(p->pids);
    free(p->list);
    free(p);
}

static void *procs_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct procs *p = calloc(1, sizeof *p);
    if (!p || !procs_reserve(p, 1024)) {
        error_no_memory(err);
        if (p)
            procs_close(p);
        return NULL;
    }
    mach_timebase_info_data_t base;
    p->tree_pid = env->tree_pid;
    p->ticks = (struct mach_timebase){1, 1};
    if (mach_timebase_info(&base) == KERN_SUCCESS && base.numer && base.denom)
        p->ticks = (struct mach_timebase){base.numer, base.denom};
    window_init(&p->cpu, 100000000);
    p->peak_gb = NAN;
    return p;
}

/* Per cent of one processor.  The time goes down where a parent never waits for its children, and theirs is lost, or
 * where one leaves the tree: then this one is not known. */
static double procs_cpu(struct procs *p, uint64_t ns, int64_t now_ns)
{
    const struct reading now = {now_ns, {ns}}, *then = window_before(&p->cpu, now_ns);
    double cpu = NAN;
    if (then && ns >= then->v[0])
        cpu = 100 * (double)(ns - then->v[0]) / (double)(now_ns - then->t_ns);
    window_put(&p->cpu, &now);
    return cpu;
}

static void procs_put(struct procs *p, size_t len, int64_t now_ns, double *metric)
{
    bool known = true;
    len = proc_tree_keep(p->list, len, p->tree_pid);
    for (size_t i = 0; i < len; i++)
        known &= procs_usage(p, &p->list[i]);
    struct proc_sum sum = proc_tree_sum(p->list, len, p->tree_pid);
    metric[JSONL_METRIC_proc_count] = sum.known ? (double)sum.count : NAN;
    metric[JSONL_METRIC_proc_rss_gb] = sum.known && known ? (double)sum.rss / 1e9 : NAN;
    metric[JSONL_METRIC_proc_cpu] = sum.known && known ? procs_cpu(p, sum.ticks, now_ns) : NAN;
}

static void procs_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct procs *p = state;
    if (!p->tree_pid) {
        if (now_ns < p->zombies_due_ns)
            return; /* as last counted */
        p->zombies_due_ns = now_ns + zombies_period_ns;
    }
    size_t len = procs_scan(p);
    sample->metric[JSONL_METRIC_zombies] = len ? (double)proc_zombies(p->list, len, p->tree_pid) : NAN;
    if (p->tree_pid)
        procs_put(p, len, now_ns, sample->metric);
}

static void procs_news(void *state, struct probe_news *news)
{
    const struct procs *p = state;
    news->proc_peak_gb = p->peak_gb;
}

const struct probe probe_procs = {
    .name = "processes",
    .metrics = PROBE_METRIC(proc_count) | PROBE_METRIC(proc_rss_gb) | PROBE_METRIC(proc_cpu) |
               PROBE_METRIC(proc_age_ms) | PROBE_METRIC(zombies),
    .period_ns = 200000000,
    .place = PROBE_THREAD,
    .open = procs_open,
    .read = procs_read,
    .news = procs_news,
    .close = procs_close,
};
