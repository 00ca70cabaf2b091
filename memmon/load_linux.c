/* SPDX-License-Identifier: Apache-2.0
 * Load averages from /proc/loadavg. */
#include "no_memory.h"
#include "probes_linux.h"
#include "procfile.h"
#include "procfs.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

struct load {
    int fd;
};

static void *load_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct load *l = malloc(sizeof *l);
    if (!l)
        return error_no_memory(err);
    l->fd = procfile_open(env->proc, "loadavg", err);
    if (l->fd < 0) {
        free(l);
        return NULL;
    }
    return l;
}

static void load_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    const struct load *l = state;
    char text[64];
    double load[3];
    (void)now_ns;
    if (!loadavg_parse(text, procfile_read(l->fd, text, sizeof text), load))
        load[0] = load[1] = load[2] = NAN;
    sample->metric[JSONL_METRIC_load_1] = load[0];
    sample->metric[JSONL_METRIC_load_5] = load[1];
    sample->metric[JSONL_METRIC_load_15] = load[2];
}

static void load_close(void *state)
{
    struct load *l = state;
    close(l->fd);
    free(l);
}

const struct probe probe_load = {
    .name = "load",
    .metrics = PROBE_METRIC(load_1) | PROBE_METRIC(load_5) | PROBE_METRIC(load_15),
    .period_ns = 100000000, /* the kernel computes it anew every 5 s */
    .open = load_open,
    .read = load_read,
    .close = load_close,
};
