/* SPDX-License-Identifier: Apache-2.0
 * Events that wait for a sample to ride in: JSON objects in, JSON arrays of them out, the oldest first.
 *
 * A burst of events waits until later samples have taken all of it, so that none is lost and no line of the
 * recording grows huge; the space in which they wait is bounded. */
#ifndef MEMMON_EVENT_QUEUE_H
#define MEMMON_EVENT_QUEUE_H

#include "jsonl.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    EVENTS_MAX = 256 << 10, /* for all events of one sample, bytes */
    QUEUE_MAX = 16 << 20,   /* for all that wait, bytes */
};

/* Zero-filled, it is empty. */
struct event_queue {
    char *bytes;      /* texts, an LF behind each */
    size_t head, len; /* what waits: from, to */
    size_t cap;
    size_t taken; /* bytes that are in `text` */
    char text[EVENTS_MAX];
};

void event_queue_free(struct event_queue *q);

/* Adds `before` + `after`, an object's text without LF, of less than EVENTS_MAX - 1 bytes.  false: there is no room. */
bool event_queue_add(struct event_queue *q, struct jsonl_text before, struct jsonl_text after);

bool event_queue_empty(const struct event_queue *q);

/* An array of as many as one sample can take, absent if none waits; valid until the next call.  event_queue_shift
 * then takes these away. */
struct jsonl_text event_queue_text(struct event_queue *q);
void event_queue_shift(struct event_queue *q);

#endif
