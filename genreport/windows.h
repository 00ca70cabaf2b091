/* SPDX-License-Identifier: Apache-2.0
 * What the samples say about a stretch of time.
 *
 * Samples are sorted once and summed up in blocks of 64, those in blocks of 64 again and so on, so that
 * the range of a metric over any stretch costs some hundred steps however long it is.  Sums are of whole
 * numbers and therefore exact. */
#ifndef GENREPORT_WINDOWS_H
#define GENREPORT_WINDOWS_H

#include "number.h"
#include "run.h"

enum { WINDOWS_LEVELS = 10 }; /* 64^10 samples */

struct window_block {
    int64_t sum;
    int32_t min, max; /* meaningless if n == 0 */
    uint64_t n;       /* samples that have the metric */
};

struct windows {
    const struct run_sample *samples; /* the run's, sorted by time */
    size_t len;
    double interval_s; /* median distance of two samples, 0 apart; NAN if there are none */
    size_t levels;
    struct {
        struct window_block (*blocks)[RUN_METRICS];
        size_t len;
    } level[WINDOWS_LEVELS]; /* level[0] sums up samples, level[1] sums up level[0], … */
};

struct span {
    size_t from, to; /* samples[from] up to, not with, samples[to] */
};

/* Sorts the samples and builds the blocks in the arena; the samples must outlive it.  false: out of memory. */
bool windows_build(struct windows *w, struct jsonl_arena *arena, struct run_sample *samples, size_t len);

/* The samples from start to end (epoch seconds, both included).  A stretch shorter than the sampling
 * interval that falls between two samples takes the nearest, if that is no further than the interval.
 * Empty if there are none, or if start or end is NAN. */
struct span windows_span(const struct windows *w, double start, double end);

/* The range of a metric over a span, in its unit. */
struct number_range windows_range(const struct windows *w, struct span span, enum run_metric metric);

/* The largest climb of a metric over all samples, as number_climb has it. */
double windows_climb(const struct windows *w, enum run_metric metric, double *from, double *to);

#endif
