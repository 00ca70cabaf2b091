/* SPDX-License-Identifier: Apache-2.0
 * Shares of processor time from /proc/stat, over the last 100 ms or, if that is longer, since the sample
 * before: the kernel counts in ticks of 10 ms. */
#include "no_memory.h"
#include "probes_linux.h"
#include "procfile.h"
#include "procfs.h"
#include "window.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { USER, SYS, IDLE, TOTAL };

struct cpu {
    int fd;
    struct window window;
};

static bool cpu_reading(const struct cpu *c, int64_t now_ns, struct reading *out)
{
    char text[512]; /* the first line is that of all processors; the kernel makes the rest whether read or not */
    struct cpu_ticks ticks;
    if (!cpu_ticks_parse(text, procfile_read(c->fd, text, sizeof text), &ticks))
        return false;
    *out = (struct reading){now_ns, {ticks.user, ticks.sys, ticks.idle, ticks.total}};
    return true;
}

static void *cpu_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct cpu *c = malloc(sizeof *c);
    if (!c)
        return error_no_memory(err);
    window_init(&c->window, 100000000);
    c->fd = procfile_open(env->proc, "stat", err);
    if (c->fd < 0) {
        free(c);
        return NULL;
    }
    return c;
}

/* The counter of idle time is known to step back now and then. */
static double share(const struct reading *now, const struct reading *then, int which)
{
    double part = now->v[which] > then->v[which] ? (double)(now->v[which] - then->v[which]) : 0;
    double total = (double)(now->v[TOTAL] - then->v[TOTAL]);
    return fmin(100 * part / total, 100);
}

static void cpu_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct cpu *c = state;
    struct reading now;
    const struct reading *then = NULL;
    double *metric = sample->metric;
    if (cpu_reading(c, now_ns, &now)) {
        then = window_before(&c->window, now_ns);
        window_put(&c->window, &now);
    }
    bool known = then && now.v[TOTAL] > then->v[TOTAL];
    metric[JSONL_METRIC_cpu_user] = known ? share(&now, then, USER) : NAN;
    metric[JSONL_METRIC_cpu_sys] = known ? share(&now, then, SYS) : NAN;
    metric[JSONL_METRIC_cpu_idle] = known ? share(&now, then, IDLE) : NAN;
}

static void cpu_close(void *state)
{
    struct cpu *c = state;
    close(c->fd);
    free(c);
}

const struct probe probe_cpu = {
    .name = "cpu",
    .metrics = PROBE_METRIC(cpu_user) | PROBE_METRIC(cpu_sys) | PROBE_METRIC(cpu_idle),
    .period_ns = 10000000,
    .open = cpu_open,
    .read = cpu_read,
    .close = cpu_close,
};
