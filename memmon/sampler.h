/* SPDX-License-Identifier: Apache-2.0
 * The recording: at each tick, in a thread of its own, one sample is read, written and added to the summary. */
#ifndef MEMMON_SAMPLER_H
#define MEMMON_SAMPLER_H

#include "intake.h"
#include "output.h"
#include "schedule.h"
#include "session.h"
#include "sources.h"
#include "summary.h"
#include "worker.h"

#include <pthread.h>

struct sampler {
    /* Set by the owner before sampler_start, untouched until sampler_stop. */
    struct schedule schedule;
    int64_t end_ns; /* monotonic: when to end by itself; INT64_MAX: never */
    struct sources *sources;
    struct output *output;
    const struct session *session; /* its gpus may be those of `sources` */
    struct intake *intake;
    bool verbose;          /* a line per sample on stderr */
    bool live;             /* keep `shown` up to date */
    void (*ended)(void *); /* called by the thread when it ends by itself */
    void *ended_arg;

    pthread_mutex_t shown_lock;
    struct jsonl_sample shown; /* the latest sample, for the live line; under shown_lock */

    struct jsonl_sample sample;
    struct summary summary;
    struct jsonl_writer *writer; /* a line */
    struct worker worker;
    atomic_bool ended_itself;
    const struct summary_end *end; /* sampler_finish's */
};

/* Makes ready what is not the owner's.  false: out of memory. */
bool sampler_init(struct sampler *s);

/* Returns 0 or an errno. */
int sampler_start(struct sampler *s);

/* True once the thread has ended by itself: time is up, or the output has failed. */
bool sampler_ended(const struct sampler *s);

/* Stops the thread, as the recording ends at at_ns, if it has not ended by itself: ticks before that have been missed
 * if they have not been met.  A line that nobody has read after 2 s is given up. */
void sampler_stop(struct sampler *s, int64_t at_ns);

/* After sampler_stop: last samples while events still wait, and one if there was none (which the thread has seen to if
 * it ended by itself), and the summary, unless the output has failed.  Given up, too, if nobody reads it for 2 s. */
void sampler_finish(struct sampler *s, const struct summary_end *end);

void sampler_free(struct sampler *s);

#endif
