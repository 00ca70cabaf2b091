/* SPDX-License-Identifier: Apache-2.0
 * What a recording comes to: least, greatest and mean values, in a fixed space. */
#ifndef MEMMON_SUMMARY_H
#define MEMMON_SUMMARY_H

#include "histogram.h"
#include "jsonl.h"

#include <stdbool.h>
#include <stdint.h>

struct extent {
    uint64_t count; /* samples that have the metric */
    double min, max, sum;
};

/* Zero-filled, it is that of no samples. */
struct summary {
    uint64_t samples;
    struct extent metric[JSONL_METRICS];
    double gpu_energy_j;     /* power by time; meaningful if power has been seen twice */
    double power_w, power_s; /* of the last sample that had it, and its elapsed_s */
    struct extent counted_j; /* the GPUs' own counters */
    uint64_t uncounted;      /* samples with power but without these */
    struct histogram late;   /* how late each sample was, ns */
};

/* counted_j: what the GPUs have used since some moment, by their own counters, J, or NAN.  If every sample that has
 * power has it, the recording's energy is its difference; else it is power by time, the trapezoids between samples:
 * never a part of each. late_ns: how late it was; less than 0: it was not on the schedule, and says nothing about it.
 */
void summary_add(struct summary *s, const struct jsonl_sample *sample, double counted_j, int64_t late_ns);

/* What the samples do not tell. */
struct summary_end {
    double duration_s; /* of the recording */
    double interval_ms;
    uint64_t missed;       /* ticks */
    const char *command;   /* string, or NULL: no command; then the next two do not matter */
    int exit_code;         /* -1: it did not exit by itself */
    int signal;            /* that ended it, or 0 */
    bool left;             /* processes of it still run; for people, not in the record */
    double cpu_s;          /* processor time of memmon itself */
    double proc_peak_gb;   /* the most that one process of the command has had, or NAN */
    double cgroup_peak_gb; /* the most that its cgroup has held, or NAN */
    int64_t end_us;        /* epoch */
};

/* The member proc_peak_rss_gb, or NAN: not known, or less than it can tell. */
double summary_proc_peak_gb(const struct summary *s, const struct summary_end *end);

/* Writes the record `{"summary": {…}}` as a line.  What is not known is left out. */
void summary_write(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w);

#endif
