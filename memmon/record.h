/* SPDX-License-Identifier: Apache-2.0
 * A sample as a line of JSON. */
#ifndef MEMMON_RECORD_H
#define MEMMON_RECORD_H

#include "incident.h"
#include "jsonl.h"
#include "session.h"

/* A sample that has nothing yet. */
void sample_init(struct jsonl_sample *sample);

/* What stands in a sample beside its metrics. */
struct sample_parts {
    int decimals;                     /* of ts and elapsed_s, see sample_decimals */
    const struct gpus *gpus;          /* or NULL */
    const struct session *session;    /* or NULL */
    const struct incidents *happened; /* or NULL */
    struct jsonl_text events;         /* a JSON array, or absent */
};

/* Milliseconds, but where samples follow each other so fast that lateness would give two the same time: then
 * microseconds, of which a double holds a little more than today's need. */
int sample_decimals(int64_t interval_ns);

/* Writes ts, elapsed_s, every metric that is not NAN, and the parts.  The sample's own session, events and gpus, which
 * are for readers, are not used. */
void sample_write(const struct jsonl_sample *sample, const struct sample_parts *parts, struct jsonl_writer *w);

#endif
