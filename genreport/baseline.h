/* SPDX-License-Identifier: Apache-2.0
 * A run to compare with: its file, the recording found beside it, and what is kept of both. */
#ifndef GENREPORT_BASELINE_H
#define GENREPORT_BASELINE_H

#include "run.h"

struct baseline {
    const char *file;                    /* string, as given */
    bool failed;                         /* it could not be read to its end */
    char *memory;                        /* string: the recording's file; NULL: there is none */
    struct run run;                      /* its tests and sessions; the samples are summed up below, and gone */
    double ram_free_min_gb, swap_max_mb; /* over the samples, else at the ends of the tests; NAN */
};

/* Reads n baselines, in their order, and their recordings.  What is wrong with the input is said on stderr; *stats adds
 * it up; config as for input_read.  false: out of memory; baselines_free is due in both cases. */
bool baselines_read(struct baseline *baselines, const char *const *files, size_t n, const struct jsonl_config *config,
                    struct jsonl_input_stats *stats);
void baselines_free(struct baseline *baselines, size_t n);

/* The name of the recording of a file of tests: the last "benchmark" in its last component becomes "memory".  NULL with
 * *memory false: out of memory; NULL with it true: the name has no such word. */
char *baseline_memory_name(const char *file, bool *memory);

#endif
