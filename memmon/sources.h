/* SPDX-License-Identifier: Apache-2.0
 * The probes of a recording, open: read all together into one sample. */
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
    void *state;
    int64_t read_ns;      /* when last; INT64_MIN: never */
    struct poller poller; /* used if the probe is PROBE_THREAD */
    bool lost;            /* its thread has not come back */
};

struct sources {
    size_t len;
    struct gpus gpus; /* devices, as of the last sources_read */
    struct source source[SOURCES_MAX];
};

/* Opens those of the table that this machine has; says what is missing through `note`, once (or NULL). */
void sources_open(struct sources *s, const struct probe *const *table, const struct probe_env *env,
                  void (*note)(const struct probe *probe, const struct jsonl_error *what));

/* Starts the threads of those that need one.  Returns 0 or an errno. */
int sources_start(struct sources *s, const struct schedule *recording);

/* Brings the sample's metrics up to date.  What is not due keeps its value from the sample before. */
void sources_read(struct sources *s, int64_t now_ns, struct jsonl_sample *sample);

/* Stops the threads.  One that does not come back is left behind, with its probe, until the process ends. */
void sources_stop(struct sources *s);
void sources_close(struct sources *s);

#endif
