/* SPDX-License-Identifier: Apache-2.0
 * What happens to memory between two samples and that a probe notices by a counter: told as events.
 *
 * Counters are taken instead of a list, so that however much happens between two samples takes no more space. */
#ifndef MEMMON_INCIDENT_H
#define MEMMON_INCIDENT_H

#include "jsonl.h"

#include <stdint.h>

/* Of the command's memory cgroup, and of the whole machine. */
enum incident {
    INCIDENT_OOM_KILL,         /* a process was killed because the cgroup was full */
    INCIDENT_OOM,              /* the cgroup was full, and nothing could be taken back */
    INCIDENT_MAX,              /* it was about to exceed its limit */
    INCIDENT_HIGH,             /* it was slowed down, above memory.high */
    INCIDENT_MACHINE_OOM_KILL, /* a process was killed elsewhere, for its cgroup's limit or for the machine's memory */
    INCIDENTS,                 /* how many kinds */
};

struct incidents {
    uint64_t count[INCIDENTS];
    double ts; /* epoch seconds: when the latest were noticed */
};

/* Moves what `from` holds to `to`. */
void incidents_move(struct incidents *to, struct incidents *from);

/* True if nothing has happened. */
bool incidents_empty(const struct incidents *in);

/* Writes an event for each kind that has happened, as elements of an array that is open. */
void incidents_write(const struct incidents *in, struct jsonl_writer *w);

#endif
