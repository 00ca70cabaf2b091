/* SPDX-License-Identifier: Apache-2.0
 * The command's processes, from /proc/PID/stat, and zombies anywhere.
 *
 * The tree is walked from parent to child by /proc/PID/task/TID/children, so its cost follows the command
 * and not the machine; where the kernel has no such file, all processes are read and joined by ppid.  While no process
 * is made anywhere, those found before are all there are.  A child's processor time passes to its parent when it is
 * waited for: read from the parent down, it is missed for a moment at worst, and never counted twice. */
#include "births_linux.h"
#include "clock.h"
#include "grow.h"
#include "no_memory.h"
#include "probes_linux.h"
#include "process_linux.h"
#include "procfile.h"
#include "proctree.h"
#include "window.h"
#include "zombies_linux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PROCS_MAX = 1 << 17, /* of a walk: processes that come and go meanwhile could make it endless */
    SMALL = 32 << 20,    /* bytes: more than memmon's own, from which wait4(2) counts a command's */
};
static const int64_t zombies_period_ns = 1000000000, never_ns = INT64_C(3600000000000);

struct proc_list {
    struct proc *p;
    size_t len, cap;
};

struct procs {
    DIR *proc;
    int tree_pid;  /* 0: no command */
    bool children; /* the kernel lists them */
    struct births births;
    uint64_t mark; /* births_mark before the list was made; 0: make it anew */
    bool gap;      /* something could not be read: it has ended, or can be read the next time */
    bool whole;    /* all processes can be seen, so zombies can be counted */
    struct zombies zombies;
    double zombies_count; /* as last counted */
    int64_t zombies_due_ns, zombies_rest_ns;
    struct window ticks; /* the command's processor time */
    double page_bytes, tick_s;
    double peak_gb; /* the most that a process has ever had, while all of them had little; NAN: none seen */
    struct proc_list now, before; /* the tree, and as it was at the last reading */
    char text[8192];
};

static bool procs_add(struct procs *p, const struct proc *one)
{
    struct proc_list *l = &p->now;
    if (l->len == PROCS_MAX || !GROW(l->p, l->len + 1, l->cap))
        return false;
    l->p[l->len++] = *one;
    return true;
}

/* false: it cannot be read, as it has ended, or only now. */
static bool procs_read_one(struct procs *p, int pid, struct proc *out)
{
    bool there = process_read(dirfd(p->proc), pid, out);
    p->gap |= !there;
    return there;
}

/* All processes. */
static bool procs_scan(struct procs *p)
{
    rewinddir(p->proc);
    for (struct dirent *entry; (entry = readdir(p->proc));) {
        int pid = process_number(entry->d_name);
        struct proc one;
        if (pid && procs_read_one(p, pid, &one) && !procs_add(p, &one))
            return false;
    }
    return true;
}

/* The children of one thread; each gets its place in the list, to be read when its turn comes. */
static bool procs_add_children(struct procs *p, int pid, const char *tid)
{
    char name[NAME_MAX + 32];
    (void)snprintf(name, sizeof name, "%d/task/%s/children", pid, tid);
    int fd = openat(dirfd(p->proc), name, O_RDONLY | O_CLOEXEC);
    p->gap |= fd < 0;
    if (fd < 0)
        return true;
    bool ok = true;
    size_t held = 0;
    for (off_t at = 0; ok;) {
        ssize_t n = pread(fd, p->text, sizeof p->text, at);
        if (n <= 0)
            break;
        /* A number that is cut off by the buffer's end is read again with the next piece. */
        held = (size_t)n;
        if (held == sizeof p->text)
            while (held && p->text[held - 1] != ' ')
                held--;
        if (!held)
            break;
        at += (off_t)held;
        size_t next = 0;
        for (int child; ok && (child = list_next(p->text, held, &next)) >= 0;)
            ok = procs_add(p, &(struct proc){.pid = child});
    }
    close(fd);
    return ok;
}

/* Those of all threads.  memmon itself, the root, makes and adopts processes by its first thread alone. */
static bool procs_add_all_children(struct procs *p, const struct proc *one)
{
    char name[32];
    if (one->threads == 1 || one->pid == p->tree_pid) {
        (void)snprintf(name, sizeof name, "%d", one->pid);
        return procs_add_children(p, one->pid, name);
    }
    (void)snprintf(name, sizeof name, "%d/task", one->pid);
    int fd = openat(dirfd(p->proc), name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *tasks = fd < 0 ? NULL : fdopendir(fd);
    if (!tasks && fd >= 0)
        close(fd);
    bool ok = true;
    p->gap |= !tasks;
    for (struct dirent *entry; ok && tasks && (entry = readdir(tasks));)
        if (entry->d_name[0] != '.')
            ok = procs_add_children(p, one->pid, entry->d_name);
    if (tasks)
        closedir(tasks);
    return ok;
}

/* The tree's root and what descends from it.  Those that ended meanwhile are left out. */
static bool procs_walk(struct procs *p)
{
    bool ok = procs_add(p, &(struct proc){.pid = p->tree_pid});
    size_t kept = 0;
    for (size_t i = 0; ok && i < p->now.len; i++) {
        struct proc one;
        if (!procs_read_one(p, p->now.p[i].pid, &one))
            continue;
        if (i > 0)
            one.ppid = p->tree_pid; /* as the walk has shown */
        ok = procs_add_all_children(p, &one);
        p->now.p[kept++] = one; /* kept <= i: what stood here has been read */
    }
    p->now.len = ok ? kept : 0;
    return ok;
}

/* Those that were there before. */
static bool procs_read_again(struct procs *p)
{
    for (size_t i = 0; i < p->before.len; i++) {
        struct proc one;
        if (!procs_read_one(p, p->before.p[i].pid, &one))
            continue;
        one.ppid = p->before.p[i].ppid;
        if (!procs_add(p, &one))
            return false;
    }
    return true;
}

/* Of whom the memory has been looked at, and has not grown since. */
static void procs_recall(struct procs *p)
{
    size_t at = 0;
    for (size_t i = 0; i < p->now.len; i++) {
        struct proc *one = &p->now.p[i];
        while (at < p->before.len && p->before.p[at].pid < one->pid)
            at++;
        const struct proc *then = at < p->before.len ? &p->before.p[at] : NULL;
        one->seen = then && then->pid == one->pid && then->seen && then->faults == one->faults;
    }
}

/* Brings the list up to date; false: it is not known. */
static bool procs_list(struct procs *p, int64_t now_ns)
{
    uint64_t mark = births_mark(&p->births, now_ns);
    struct proc_list before = p->now;
    p->now = p->before;
    p->now.len = 0;
    p->before = before;
    p->gap = false;
    bool known = mark && mark == p->mark;
    bool whole = known ? procs_read_again(p) : p->children ? procs_walk(p) : procs_scan(p);
    p->now.len = proc_tree_keep(p->now.p, whole ? p->now.len : 0, p->tree_pid);
    p->mark = whole && !p->gap ? mark : 0;
    procs_recall(p);
    return whole;
}

static bool procs_lists_children(const struct procs *p)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%d/task/%d/children", p->tree_pid, p->tree_pid);
    return faccessat(dirfd(p->proc), name, R_OK, 0) == 0;
}

static void procs_close(void *state)
{
    struct procs *p = state;
    if (p->whole)
        zombies_close(&p->zombies);
    births_close(&p->births);
    if (p->proc)
        closedir(p->proc);
    free(p->now.p);
    free(p->before.p);
    free(p);
}

/* The tree's root as this /proc counts it: after unshare(1) without a new /proc the pids there are not those that
 * getpid gives.  0: it is not to be seen there. */
static int procs_root(const struct procs *p, int tree_pid)
{
    char self[32] = "";
    if (tree_pid != getpid())
        return tree_pid;
    ssize_t n = readlinkat(dirfd(p->proc), "self", self, sizeof self - 1);
    return n > 0 ? atoi(self) : 0;
}

static void *procs_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct procs *p = calloc(1, sizeof *p);
    if (!p)
        return error_no_memory(err);
    p->births.fd = -1;
    p->proc = opendir(env->proc);
    if (!p->proc) {
        jsonl_error_set(err, "%s: %s", env->proc, strerror(errno));
        procs_close(p);
        return NULL;
    }
    p->tree_pid = procs_root(p, env->tree_pid);
    p->children = p->tree_pid && procs_lists_children(p);
    births_open(&p->births, env->proc);
    p->whole = faccessat(dirfd(p->proc), "1/stat", R_OK, 0) == 0;
    if (!p->whole)
        jsonl_error_set(err, "%s/1/stat: cannot be read, so zombies are not counted", env->proc);
    else if (!zombies_open(&p->zombies, env->proc, &p->births, p->tree_pid)) {
        jsonl_error_set(err, "%s: %s", env->proc, strerror(errno));
        procs_close(p);
        return NULL;
    }
    p->zombies_count = p->peak_gb = NAN;
    window_init(&p->ticks, 100000000);
    p->page_bytes = (double)sysconf(_SC_PAGESIZE);
    p->tick_s = 1 / (double)sysconf(_SC_CLK_TCK);
    return p;
}

/* Per cent of one processor, over 100 ms at least: the kernel tells these times in ticks of 10 ms.  The time
 * goes down where a parent never waits for its children, and theirs is lost: then this one is not known. */
static double procs_cpu(struct procs *p, uint64_t ticks, int64_t now_ns)
{
    const struct reading now = {now_ns, {ticks}}, *then = window_before(&p->ticks, now_ns);
    double cpu = NAN;
    if (then && ticks >= then->v[0])
        cpu = 100 * (double)(ticks - then->v[0]) * p->tick_s / ((double)(now_ns - then->t_ns) / 1e9);
    window_put(&p->ticks, &now);
    return cpu;
}

/* A machine of many processes is searched less often: zombies may cost 0.2 % of one processor at most. */
static void procs_count_zombies(struct procs *p, int64_t now_ns)
{
    int64_t began_ns = clock_thread();
    p->zombies_count = zombies_count(&p->zombies, now_ns);
    int64_t rest = 500 * (clock_thread() - began_ns);
    p->zombies_rest_ns = rest > zombies_period_ns ? rest : zombies_period_ns;
    p->zombies_due_ns = now_ns + p->zombies_rest_ns - p->zombies_rest_ns / 8; /* readings come a little early or late */
}

/* VmHWM.  Only of a command that is small: the most that a larger one ever had wait4(2) tells better, at its end. */
static void procs_see_peaks(struct procs *p)
{
    for (size_t i = 0; i < p->now.len; i++) {
        struct proc *one = &p->now.p[i];
        char name[32], kib[32];
        if (one->seen || one->pid == p->tree_pid)
            continue;
        (void)snprintf(name, sizeof name, "%d/status", one->pid);
        size_t n = procfile_slurp(dirfd(p->proc), name, p->text, sizeof p->text);
        if (cpuinfo_find(p->text, n, "VmHWM", kib, sizeof kib))
            p->peak_gb = fmax(p->peak_gb, (double)strtol(kib, NULL, 10) * 1024 / 1e9);
        one->seen = true;
    }
}

static void procs_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct procs *p = state;
    double *metric = sample->metric;
    if (p->whole && now_ns >= p->zombies_due_ns)
        procs_count_zombies(p, now_ns);
    metric[JSONL_METRIC_zombies] = p->zombies_count;
    if (!p->tree_pid)
        return;

    bool whole = procs_list(p, now_ns);
    struct proc_sum sum = proc_tree_sum(p->now.p, p->now.len, p->tree_pid);
    bool known = whole && sum.known;
    if (known && (double)sum.rss * p->page_bytes < SMALL)
        procs_see_peaks(p);
    metric[JSONL_METRIC_proc_count] = known ? (double)sum.count : NAN;
    metric[JSONL_METRIC_proc_rss_gb] = known ? (double)sum.rss * p->page_bytes / 1e9 : NAN;
    metric[JSONL_METRIC_proc_cpu] = known ? procs_cpu(p, sum.ticks, now_ns) : NAN;
}

static int64_t procs_pace(const void *state)
{
    const struct procs *p = state;
    return p->tree_pid ? probe_procs.period_ns : p->whole ? p->zombies_rest_ns : never_ns;
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
    .pace = procs_pace,
    .news = procs_news,
    .close = procs_close,
};
