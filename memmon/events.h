/* SPDX-License-Identifier: Apache-2.0
 * Events on their way into the next sample: bytes of JSON Lines in, a JSON array out.
 *
 * An event is an object with a string `event`; one without `ts` gets the time at which its line came.  It is
 * kept as it was written.  What is not an event is refused; space is bounded, and what does not fit dropped. */
#ifndef MEMMON_EVENTS_H
#define MEMMON_EVENTS_H

#include <jsonl.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    EVENT_LINE_MAX = 64 << 10, /* longest line, bytes */
    EVENTS_MAX = 256 << 10,    /* for all events of one sample, bytes */
};

struct events {
    struct jsonl_parser *parser;
    size_t line_len;          /* of a line that has not ended yet */
    bool line_long;           /* it is too long, and passed over */
    size_t refused;           /* lines, so far */
    size_t dropped;           /* events, so far */
    struct jsonl_error error; /* of the last line refused */
    size_t len;               /* of `text`; 0: no events */
    char line[2 + EVENT_LINE_MAX + 2];
    char text[EVENTS_MAX]; /* "[{…},{…}", still open */
};

/* NULL: out of memory. */
struct events *events_new(void);
void events_free(struct events *e);

/* Takes n bytes that came at ts (epoch seconds), whole lines or not. */
void events_feed(struct events *e, const char *bytes, size_t n, double ts);

/* Takes an unended last line as a line. */
void events_end(struct events *e, double ts);

/* The array of what has come, absent if that is nothing; valid until the next call.  events_clear then
 * empties it. */
struct jsonl_text events_text(struct events *e);
void events_clear(struct events *e);

#endif
