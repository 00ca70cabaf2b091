/* SPDX-License-Identifier: Apache-2.0
 * Time stalled for memory, from the totals of /proc/pressure/memory: these move with every stall, the
 * averages beside them only every 2 s. */
#include "no_memory.h"
#include "pressure.h"
#include "probes_linux.h"
#include "procfile.h"
#include "procfs.h"
#include "window.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { SOME, FULL };

struct pressure {
    int fd; /* -1: the kernel does not count stalls */
    const struct jsonl_config *config;
    struct window window;
    struct reading last; /* t_ns 0: none */
};

static bool pressure_reading(const struct pressure *p, int64_t now_ns, struct reading *out)
{
    char text[256];
    struct stall stall;
    if (!stall_parse(text, procfile_read(p->fd, text, sizeof text), &stall))
        return false;
    *out = (struct reading){now_ns, {stall.some_us, stall.full_us}};
    return true;
}

static void *pressure_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct pressure *p = malloc(sizeof *p);
    if (!p)
        return error_no_memory(err);
    *p = (struct pressure){.fd = procfile_open(env->proc, "pressure/memory", err), .config = env->config};
    window_init(&p->window, PRESSURE_WINDOW_NS);
    struct reading first;
    if (p->fd >= 0 && !pressure_reading(p, 0, &first)) { /* as with the kernel's option psi=0 */
        close(p->fd);
        p->fd = -1;
        jsonl_error_set(err, "%s/pressure/memory: cannot be read", env->proc);
    }
    return p;
}

/* Per cent of the time between two readings, but of at_least_ns at the least. */
static double share(const struct reading *now, const struct reading *then, int which, int64_t at_least_ns)
{
    int64_t ns = now->t_ns - then->t_ns;
    double us = now->v[which] > then->v[which] ? (double)(now->v[which] - then->v[which]) : 0;
    return fmin(100 * us * 1e3 / (double)(ns > at_least_ns ? ns : at_least_ns), 100);
}

/* Within the first 2 s the window reaches back to the start, and what is not known of it counts as calm. */
static double pressure_level(const struct pressure *p, const struct reading *now)
{
    const struct reading *then = window_before(&p->window, now->t_ns);
    if (!then)
        then = window_oldest(&p->window);
    if (!then)
        return pressure_of_stalls(0, 0, p->config);
    return pressure_of_stalls(share(now, then, SOME, PRESSURE_WINDOW_NS), share(now, then, FULL, PRESSURE_WINDOW_NS),
                              p->config);
}

static void pressure_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct pressure *p = state;
    double *metric = sample->metric;
    struct reading now;
    metric[JSONL_METRIC_psi_some] = metric[JSONL_METRIC_psi_full] = NAN;
    if (p->fd < 0 || !pressure_reading(p, now_ns, &now)) {
        metric[JSONL_METRIC_memory_pressure] = pressure_of_memory(
            metric[JSONL_METRIC_ram_free_gb], metric[JSONL_METRIC_ram_total_gb], metric[JSONL_METRIC_swap_percent]);
        return;
    }
    if (p->last.t_ns && now_ns > p->last.t_ns) {
        metric[JSONL_METRIC_psi_some] = share(&now, &p->last, SOME, 0);
        metric[JSONL_METRIC_psi_full] = share(&now, &p->last, FULL, 0);
    }
    metric[JSONL_METRIC_memory_pressure] = pressure_level(p, &now);
    window_put(&p->window, &now);
    p->last = now;
}

static void pressure_close(void *state)
{
    struct pressure *p = state;
    if (p->fd >= 0)
        close(p->fd);
    free(p);
}

const struct probe probe_pressure = {
    .name = "memory pressure",
    .metrics = PROBE_METRIC(memory_pressure) | PROBE_METRIC(psi_some) | PROBE_METRIC(psi_full),
    .open = pressure_open,
    .read = pressure_read,
    .close = pressure_close,
};
