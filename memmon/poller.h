/* SPDX-License-Identifier: Apache-2.0
 * A probe that takes too long for the sampling thread, read by a thread of its own. */
#ifndef MEMMON_POLLER_H
#define MEMMON_POLLER_H

#include "probe.h"
#include "schedule.h"
#include "worker.h"

#include <pthread.h>

struct poller {
    const struct probe *probe;
    void *state; /* the probe's */
    struct schedule schedule;
    pthread_mutex_t lock;       /* of what follows, up to `fresh` */
    struct jsonl_sample latest; /* its metrics as last read */
    struct gpus gpus;           /* likewise */
    int64_t read_ns;            /* when that was */
    struct jsonl_sample fresh;  /* the thread's own */
    struct worker worker;
};

/* Takes an open probe and reads it a first time. */
void poller_init(struct poller *p, const struct probe *probe, void *state);

/* Reads it again, and from then on as often as the recording needs, a little ahead of its ticks, as long as
 * that takes no more than 5 % of one processor.  Returns 0 or an errno. */
int poller_start(struct poller *p, const struct schedule *recording);

/* Puts the latest values into the sample, and the devices, if it reads any, into gpus.  Never waits: if they
 * are just being put down, those of the sample before stay. */
void poller_take(struct poller *p, int64_t now_ns, struct jsonl_sample *sample, struct gpus *gpus);

/* false: a reading has not come back for 2 s; its thread is left alone with it, and p and the probe must stay. */
bool poller_stop(struct poller *p);
void poller_free(struct poller *p); /* the probe stays open */

#endif
