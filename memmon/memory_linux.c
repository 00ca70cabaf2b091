/* SPDX-License-Identifier: Apache-2.0
 * RAM and swap from /proc/meminfo. */
#include "no_memory.h"
#include "probes_linux.h"
#include "procfile.h"
#include "procfs.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

struct memory {
    int fd;
};

static void *memory_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct memory *m = malloc(sizeof *m);
    if (!m)
        return error_no_memory(err);
    m->fd = procfile_open(env->proc, "meminfo", err);
    if (m->fd < 0) {
        free(m);
        return NULL;
    }
    return m;
}

/* Comparisons with NAN are false, so what a kernel does not tell stays absent. */
static void memory_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    const struct memory *m = state;
    char text[1024]; /* the lines that are of use stand in the first 500 bytes */
    struct meminfo info;
    meminfo_parse(text, procfile_read(m->fd, text, sizeof text), &info);
    (void)now_ns;

    double used = info.total - info.available;
    double *metric = sample->metric;
    metric[JSONL_METRIC_ram_free_gb] = info.available / 1e9;
    metric[JSONL_METRIC_ram_used_gb] = used / 1e9;
    metric[JSONL_METRIC_ram_total_gb] = info.total / 1e9;
    metric[JSONL_METRIC_ram_percent] = info.total > 0 ? 100 * used / info.total : NAN;

    double swap_used = info.swap_total - info.swap_free;
    metric[JSONL_METRIC_swap_used_mb] = swap_used / 1e6;
    metric[JSONL_METRIC_swap_percent] = info.swap_total > 0 ? 100 * swap_used / info.swap_total : NAN;
}

static void memory_close(void *state)
{
    struct memory *m = state;
    close(m->fd);
    free(m);
}

const struct probe probe_memory = {
    .name = "memory",
    .metrics = PROBE_METRIC(ram_free_gb) | PROBE_METRIC(ram_used_gb) | PROBE_METRIC(ram_total_gb) |
               PROBE_METRIC(ram_percent) | PROBE_METRIC(swap_used_mb) | PROBE_METRIC(swap_percent),
    .open = memory_open,
    .read = memory_read,
    .close = memory_close,
};
