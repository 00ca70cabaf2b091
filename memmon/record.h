/* SPDX-License-Identifier: Apache-2.0
 * A sample as a line of JSON. */
#ifndef MEMMON_RECORD_H
#define MEMMON_RECORD_H

#include "session.h"

#include <jsonl.h>

/* A sample that has nothing yet. */
void sample_init(struct jsonl_sample *sample);

/* Writes ts, elapsed_s, every metric that is not NAN, the devices, the session (or NULL), and the events (a
 * JSON array, or absent).  The sample's own session, events and gpus, which are for readers, are not used. */
void sample_write(const struct jsonl_sample *sample, const struct gpus *gpus, const struct session *session,
                  struct jsonl_text events, struct jsonl_writer *w);

#endif
