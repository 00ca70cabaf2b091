/* SPDX-License-Identifier: Apache-2.0
 * The probes of a recording: read all together into one sample. */
#ifndef MEMMON_SOURCES_H
#define MEMMON_SOURCES_H

#include "poller.h"
#include "probe.h"
#include "schedule.h"

#include <stdbool.h>
#include <stddef.h>

enum { SOURCES_MAX = 16 };

struct source {
    const struct probe *probe;
    void *state;          /* if the probe is PROBE_INLINE */
    int64_t read_ns;      /* when last; INT64_MIN: never */
    struct poller poller; /* if it is PROBE_THREAD */
    bool lost;            /* its thread has not come back */
};

struct sources {
    struct probe_env env;
    void (*note)(const struct probe *probe, const struct jsonl_error *what);
    size_t len;
    struct source source[SOURCES_MAX];
    int64_t interval_ns;
    int64_t patience_ns; /* how long sources_stop waits for a thread; sources_open sets it */

    /* As of the last sources_read: */
    struct gpus gpus;           /* all devices */
    bool gpus_new;              /* there are more or fewer than before; the reader clears it when it has told it */
    double gpu_energy_j;        /* gpus_energy */
    double cgroup_peak_gb;      /* as in struct probe_news */
    double proc_peak_gb;        /* likewise */
    struct incidents incidents; /* what has happened; the reader likewise */
};

/* Opens those PROBE_INLINE probes of the table that this machine has.  Says what is missing, now or later, through
 * `note` (or NULL), once each, from any thread. */
void sources_open(struct sources *s, const struct probe *const *table, const struct probe_env *env,
                  void (*note)(const struct probe *probe, const struct jsonl_error *what));

/* Starts the threads of the others.  Returns 0 or an errno. */
int sources_start(struct sources *s, const struct schedule *recording);

/* As poller_began, for those that have been started. */
void sources_began(struct sources *s, int64_t start_ns);

/* Waits until each of them has been read once or is known not to be there, for so long at most. */
void sources_settle(const struct sources *s, int64_t patience_ns);

/* Brings the sample's metrics up to date.  What is not due keeps its value from the sample before. */
void sources_read(struct sources *s, int64_t now_ns, struct jsonl_sample *sample);

/* The part of it that the threads have read: after sources_stop, their last words. */
void sources_take(struct sources *s, int64_t now_ns, struct jsonl_sample *sample);

/* Stops the threads.  One that does not come back is left behind, with its probe, until the process ends. */
void sources_stop(struct sources *s);

/* Closes the others.  False if a thread was left behind: then the process is better ended by _exit, without handlers
 * that take things away from under it. */
bool sources_close(struct sources *s);

#endif
