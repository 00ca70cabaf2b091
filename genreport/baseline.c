/* SPDX-License-Identifier: Apache-2.0 */
#include "baseline.h"

#include "input.h"
#include "number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *baseline_memory_name(const char *file, bool *memory)
{
    static const char word[] = "benchmark", other[] = "memory";
    const char *slash = strrchr(file, '/'), *at = NULL;

    *memory = true;
    for (const char *p = slash ? slash : file; (p = strstr(p, word)); p++)
        at = p;
    if (!at)
        return NULL;
    size_t size = strlen(file) + sizeof other;
    char *name = malloc(size);
    if (!name) {
        *memory = false;
        return NULL;
    }
    snprintf(name, size, "%.*s%s%s", (int)(at - file), file, other, at + sizeof word - 1);
    return name;
}

/* Only the lowest and the highest are kept of the samples. */
static void baseline_sum_up(struct baseline *b)
{
    struct run *run = &b->run;
    int32_t ram = INT32_MAX, swap = RUN_ABSENT;

    for (size_t i = 0; i < run->samples_len; i++) {
        const int32_t *metric = run->samples[i].metric;

        if (metric[RUN_ram_free_gb] != RUN_ABSENT && metric[RUN_ram_free_gb] < ram)
            ram = metric[RUN_ram_free_gb];
        if (metric[RUN_swap_used_mb] > swap)
            swap = metric[RUN_swap_used_mb];
    }
    b->ram_free_min_gb = ram == INT32_MAX ? NAN : ram / run_parts[RUN_ram_free_gb];
    b->swap_max_mb = swap == RUN_ABSENT ? NAN : swap / run_parts[RUN_swap_used_mb];
    if (run->samples_len == 0) {
        for (size_t i = 0; i < run->tests_len; i++) {
            b->ram_free_min_gb = number_min(b->ram_free_min_gb, run->tests[i].ram_free_gb);
            b->swap_max_mb = number_max(b->swap_max_mb, run->tests[i].swap_mb);
        }
    }
    free(run->samples);
    free(run->events);
    run->samples = NULL;
    run->events = NULL;
    run->samples_len = run->samples_room = run->events_len = run->events_room = 0;
}

static bool baseline_read(struct baseline *b, const char *file, const struct jsonl_config *config,
                          struct jsonl_input_stats *stats)
{
    struct report_source sources[2];
    struct jsonl_input_stats one;
    bool memory;

    b->file = file;
    b->memory = baseline_memory_name(file, &memory);
    if (!run_init(&b->run) || !memory)
        return false;
    if (b->memory && access(b->memory, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        free(b->memory);
        b->memory = NULL;
    }
    const char *const files[] = {file, b->memory};
    if (!input_read(files, b->memory ? 2 : 1, 0, &b->run, config, sources, &one))
        return false;
    stats->records += one.records;
    stats->bad += one.bad;
    stats->truncated += one.truncated;
    stats->failed += one.failed;
    b->failed = one.failed > 0;
    if (!b->failed && b->run.tests_len == 0)
        jsonl_warn_at(file, 0, 0, "no test records to compare with");
    baseline_sum_up(b);
    return true;
}

bool baselines_read(struct baseline *baselines, const char *const *files, size_t n, const struct jsonl_config *config,
                    struct jsonl_input_stats *stats)
{
    memset(baselines, 0, n * sizeof *baselines);
    memset(stats, 0, sizeof *stats);
    for (size_t i = 0; i < n; i++)
        if (!baseline_read(&baselines[i], files[i], config, stats))
            return false;
    return true;
}

void baselines_free(struct baseline *baselines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(baselines[i].memory);
        run_free(&baselines[i].run);
    }
}
