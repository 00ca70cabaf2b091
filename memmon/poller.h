/* SPDX-License-Identifier: Apache-2.0
 * A probe that takes too long for the sampling thread: opened, read and closed by a thread of its own. */
#ifndef MEMMON_POLLER_H
#define MEMMON_POLLER_H

#include "probe.h"
#include "schedule.h"
#include "worker.h"

#include <pthread.h>
#include <stdatomic.h>

struct poller {
    const struct probe *probe;
    const struct probe_env *env;
    void (*note)(const struct probe *probe, const struct jsonl_error *what); /* or NULL */
    struct schedule recording;                                               /* as asked for */
    struct schedule schedule;
    struct worker worker;
    atomic_bool settled;           /* it has been read for the first time, or is not there */
    atomic_int_least64_t began_ns; /* see poller_began; 0: not yet */

    pthread_mutex_t lock;       /* of these: */
    uint64_t round;             /* readings so far */
    int64_t read_ns;            /* when the last began; monotonic */
    struct jsonl_sample latest; /* its metrics as last read */
    struct gpus gpus;           /* likewise */
    struct incidents incidents; /* not taken yet */
    double cgroup_peak_gb;      /* as last told */
    double proc_peak_gb;        /* likewise */

    /* The thread's own. */
    void *state;
    struct jsonl_sample fresh;

    /* The taker's own. */
    uint64_t taken;       /* the round that it has */
    int64_t taken_ns;     /* when that was read */
    struct gpus has_gpus; /* its devices */
};

/* What poller_take has found. */
struct poller_gift {
    bool fresh;                 /* there was a reading that had not been taken */
    struct incidents incidents; /* what has happened since the last */
    double cgroup_peak_gb, proc_peak_gb;
};

/* Starts the thread: it opens the probe, reads it at once, and from then on as often as the recording needs, a little
 * ahead of its ticks, as long as that takes no more than 5 % of one processor.  What is missing, and what is lost
 * later, is told through note, from that thread, once.  env must stay.  Returns 0 or an errno. */
int poller_start(struct poller *p, const struct probe *probe, const struct probe_env *env,
                 const struct schedule *recording,
                 void (*note)(const struct probe *probe, const struct jsonl_error *what));

/* The recording's first tick was at start_ns (monotonic): from now on readings are ahead of its ticks. */
void poller_began(struct poller *p, int64_t start_ns);

/* Puts the latest values into the sample, and the devices into p->has_gpus, if they are new.  Never waits: what is just
 * being put down is taken the next time. */
void poller_take(struct poller *p, struct jsonl_sample *sample, struct poller_gift *gift);

/* Has the thread read a last time, close the probe and end.  false: that has not happened within patience_ns, as with a
 * driver that does not answer; the thread is left alone with it, and p must stay. */
bool poller_stop(struct poller *p, int64_t patience_ns);

/* After it has stopped. */
void poller_free(struct poller *p);

#endif
