/* SPDX-License-Identifier: Apache-2.0
 * Events on their way into the samples: bytes of JSON Lines in, JSON arrays out.
 *
 * An event is an object with a string `event`; one without `ts` gets the time at which its line came.  It is
 * kept as it was written.  What is not an event is refused.  Of a line that is damaged, because a writer ended
 * within it and another went on, whole events at its end are kept, and so are events that follow one another
 * without a line end. */
#ifndef MEMMON_EVENTS_H
#define MEMMON_EVENTS_H

#include "event_queue.h"
#include "jsonl.h"

#include <stdbool.h>
#include <stddef.h>

enum { EVENT_LINE_MAX = 64 << 10 }; /* longest line, bytes */

struct events {
    struct jsonl_parser *parser;
    size_t line_len;                   /* of a line that has not ended yet */
    bool line_long;                    /* it is too long: its beginning is gone */
    size_t refused;                    /* lines that were damaged, or no event, so far */
    size_t dropped;                    /* events for which there was no room, so far */
    char last[128];                    /* string: name and model or label of the last event, as they came */
    struct jsonl_error error;          /* of the last line refused */
    struct event_queue queue;          /* what waits for a sample */
    char line[2 + EVENT_LINE_MAX + 2]; /* room for brackets around it */
};

/* NULL: out of memory. */
struct events *events_new(void);
void events_free(struct events *e);

/* Takes n bytes that came at ts (epoch seconds), whole lines or not. */
void events_feed(struct events *e, const char *bytes, size_t n, double ts);

/* Takes an unended last line as a line. */
void events_end(struct events *e, double ts);

#endif
