/* SPDX-License-Identifier: Apache-2.0
 * The memory of the command's control group (version 2), and kills for want of memory there and on the whole machine.
 *
 * Without a command the group is memmon's own, which in a container is the container's.  A command may be moved to
 * another group, as systemd-run(1) does, so it is looked up each time.  What costs more than it tells is looked at once
 * a second, and a last time at the end: limits, memmon's own place in the tree, and the machine's kills, whose file has
 * hundreds of counters. */
#include "cgroup_linux.h"
#include "no_memory.h"
#include "probes_linux.h"
#include "procfile.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOUNTINFO_MAX = 1 << 20, VMSTAT_MAX = 1 << 14 };
static const int64_t slow_period_ns = 1000000000;

struct cgroup {
    const char *proc;
    char process[16]; /* whose group it is, as a name below proc */
    bool moves;       /* it may be moved: it is not memmon itself */
    bool mounted;     /* the tree of groups is there, and they have memory to tell of */
    struct cgroup_mount mount;
    char path[CGROUP_PATH];     /* of the group that is open; "": none is */
    int current, events, peak;  /* its files; -1: not there */
    bool peak_is_ours;          /* the kernel counts it from when we opened it */
    double peak_before;         /* else: as it was then, bytes */
    double limit;               /* bytes, NAN: none */
    bool limit_known;           /* that is so */
    int64_t slow_due_ns;        /* when to look again at what is looked at once a second */
    bool slow;                  /* that has been done in this reading */
    struct cgroup_events told;  /* as last told */
    int vmstat;                 /* -1: not there, or it does not count kills */
    uint64_t kills;             /* of the machine, as last read */
    int64_t kills_elsewhere;    /* of the machine less those of the group; told when above 0 */
    struct incidents incidents; /* not told yet */
    char text[VMSTAT_MAX];
};

bool cgroup_find_mount(const char *proc, struct cgroup_mount *out)
{
    char path[CGROUP_PATH];
    char *text = malloc(MOUNTINFO_MAX); /* what is not filled costs nothing */
    int n = snprintf(path, sizeof path, "%s/self/mountinfo", proc);
    bool found = text && n > 0 && (size_t)n < sizeof path &&
                 cgroup_mount_parse(text, procfile_all(AT_FDCWD, path, text, MOUNTINFO_MAX), out);
    free(text);
    return found;
}

bool cgroup_find_path(const char *proc, const char *process, char path[CGROUP_PATH])
{
    char name[CGROUP_PATH], text[2 * CGROUP_PATH];
    int n = snprintf(name, sizeof name, "%s/%s/cgroup", proc, process);
    return n > 0 && (size_t)n < sizeof name &&
           cgroup_path_parse(text, procfile_all(AT_FDCWD, name, text, sizeof text), path);
}

static int open_file(const char *dir, const char *name, int flags)
{
    char path[CGROUP_PATH + 32];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    return open(path, flags | O_CLOEXEC);
}

static double read_bytes(int fd)
{
    char text[32];
    return fd < 0 ? (double)NAN : cgroup_bytes_parse(text, procfile_read(fd, text, sizeof text));
}

double cgroup_limit(const struct cgroup_mount *mount, const char *path)
{
    char dir[CGROUP_PATH];
    double limit = INFINITY;
    if (!cgroup_dir(mount, path, dir))
        return NAN;
    for (size_t top = strlen(mount->dir); strlen(dir) >= top;) {
        int fd = open_file(dir, "memory.max", O_RDONLY);
        limit = fmin(limit, read_bytes(fd));
        if (fd >= 0)
            close(fd);
        char *slash = strrchr(dir, '/');
        if (!slash)
            break;
        *slash = '\0';
    }
    return isinf(limit) ? (double)NAN : limit;
}

static void close_file(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void cgroup_leave(struct cgroup *c)
{
    close_file(&c->current);
    close_file(&c->events);
    close_file(&c->peak);
    c->path[0] = '\0';
}

static struct cgroup_events cgroup_read_events(struct cgroup *c)
{
    struct cgroup_events now = c->told;
    size_t n = c->events < 0 ? 0 : procfile_read(c->events, c->text, sizeof c->text);
    if (n)
        cgroup_events_parse(c->text, n, &now);
    return now;
}

/* Since Linux 6.12 whoever writes to memory.peak gets a peak of his own from then on; before, it can only be read. */
static void cgroup_open_peak(struct cgroup *c, const char *dir)
{
    c->peak = open_file(dir, "memory.peak", O_RDWR);
    c->peak_is_ours = c->peak >= 0 && write(c->peak, "r", 1) == 1;
    if (c->peak_is_ours)
        return;
    close_file(&c->peak);
    c->peak = open_file(dir, "memory.peak", O_RDONLY);
    c->peak_before = read_bytes(c->peak);
}

static void cgroup_enter(struct cgroup *c, const char *path)
{
    char dir[CGROUP_PATH];
    cgroup_leave(c);
    (void)snprintf(c->path, sizeof c->path, "%s", path);
    if (!cgroup_dir(&c->mount, path, dir))
        return;
    c->current = open_file(dir, "memory.current", O_RDONLY);
    c->events = open_file(dir, "memory.events", O_RDONLY);
    cgroup_open_peak(c, dir);
    c->told = (struct cgroup_events){0};
    c->told = cgroup_read_events(c);
    c->limit_known = false;
}

/* Where version 1 has the memory, the tree of version 2 has none. */
static bool cgroup_has_memory(const struct cgroup_mount *mount)
{
    char text[1024];
    int fd = open_file(mount->dir, "cgroup.controllers", O_RDONLY);
    size_t n = fd < 0 ? 0 : procfile_read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    return fd < 0 || cgroup_controllers_have(text, n, "memory");
}

static void cgroup_follow(struct cgroup *c)
{
    char path[CGROUP_PATH];
    if (c->mounted && cgroup_find_path(c->proc, c->process, path) && strcmp(path, c->path) != 0)
        cgroup_enter(c, path);
}

static bool cgroup_read_kills(struct cgroup *c, uint64_t *kills)
{
    if (c->vmstat < 0 || lseek(c->vmstat, 0, SEEK_SET) < 0)
        return false;
    return vmstat_oom_kill_parse(c->text, procfile_rest(c->vmstat, c->text, sizeof c->text), kills);
}

static uint64_t grown(uint64_t now, uint64_t before)
{
    return now > before ? now - before : 0;
}

/* Is there anything to look at more often than once a second? */
static bool cgroup_is_quick(const struct cgroup *c)
{
    return c->mounted && (c->moves || c->current >= 0 || c->events >= 0);
}

/* The machine's kills are read before the group's, so that one in between is in the group's first, and is not taken for
 * one elsewhere.  They are not read each time: one in the group is then one too few elsewhere for a while. */
static void cgroup_count(struct cgroup *c, bool all)
{
    uint64_t kills;
    uint64_t *count = c->incidents.count;
    if (all && cgroup_read_kills(c, &kills)) {
        c->kills_elsewhere += (int64_t)grown(kills, c->kills);
        c->kills = kills;
    }
    struct cgroup_events now = cgroup_read_events(c), *told = &c->told;
    count[INCIDENT_OOM_KILL] += grown(now.oom_kill, told->oom_kill);
    count[INCIDENT_OOM] += grown(now.oom, told->oom);
    count[INCIDENT_MAX] += grown(now.max, told->max);
    count[INCIDENT_HIGH] += grown(now.high, told->high);
    if (c->vmstat >= 0)
        c->kills_elsewhere -= (int64_t)grown(now.oom_kill, told->oom_kill);
    *told = now;
    if (c->kills_elsewhere > 0) {
        count[INCIDENT_MACHINE_OOM_KILL] += (uint64_t)c->kills_elsewhere;
        c->kills_elsewhere = 0;
    }
}

static void cgroup_close(void *state)
{
    struct cgroup *c = state;
    cgroup_leave(c);
    close_file(&c->vmstat);
    free(c);
}

static void *cgroup_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct cgroup *c = malloc(sizeof *c);
    if (!c)
        return error_no_memory(err);
    *c = (struct cgroup){.proc = env->proc, .current = -1, .events = -1, .peak = -1, .vmstat = -1, .limit = NAN};
    if (env->command_pid)
        (void)snprintf(c->process, sizeof c->process, "%d", env->command_pid);
    else
        (void)snprintf(c->process, sizeof c->process, "self");
    c->moves = env->command_pid;
    c->mounted = cgroup_find_mount(env->proc, &c->mount) && cgroup_has_memory(&c->mount);
    c->vmstat = procfile_open(env->proc, "vmstat", NULL);
    if (!cgroup_read_kills(c, &c->kills))
        close_file(&c->vmstat);
    cgroup_follow(c);
    if (c->mounted || c->vmstat >= 0)
        return c;
    cgroup_close(c); /* an old kernel: nothing to speak of */
    return NULL;
}

static void cgroup_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct cgroup *c = state;
    c->slow = now_ns >= c->slow_due_ns;
    if (c->slow)
        c->slow_due_ns = now_ns + slow_period_ns - slow_period_ns / 8; /* readings come a little early or late */
    if (c->slow || c->moves)
        cgroup_follow(c);
    if ((c->slow || !c->limit_known) && c->current >= 0) {
        c->limit = cgroup_limit(&c->mount, c->path);
        c->limit_known = true;
    }
    double current = read_bytes(c->current);
    sample->metric[JSONL_METRIC_cgroup_used_gb] = current / 1e9;
    sample->metric[JSONL_METRIC_cgroup_limit_gb] = isnan(current) ? (double)NAN : c->limit / 1e9;
}

static int64_t cgroup_pace(const void *state)
{
    return cgroup_is_quick(state) ? probe_cgroup.period_ns : slow_period_ns;
}

/* A peak that counts from the group's beginning is one of this recording only if it has risen since. */
static void cgroup_news(void *state, struct probe_news *news)
{
    struct cgroup *c = state;
    cgroup_count(c, c->slow || news->last);
    incidents_move(&news->incidents, &c->incidents);
    double peak = read_bytes(c->peak);
    if (c->peak_is_ours || peak > c->peak_before)
        news->cgroup_peak_gb = peak / 1e9;
}

const struct probe probe_cgroup = {
    .name = "the memory cgroup",
    .metrics = PROBE_METRIC(cgroup_used_gb) | PROBE_METRIC(cgroup_limit_gb) | PROBE_METRIC(proc_age_ms),
    .period_ns = 200000000,
    .place = PROBE_THREAD,
    .open = cgroup_open,
    .read = cgroup_read,
    .pace = cgroup_pace,
    .news = cgroup_news,
    .close = cgroup_close,
};
