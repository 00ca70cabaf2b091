/* SPDX-License-Identifier: Apache-2.0
 * Events on their way from the FIFO to the samples: read by one thread, taken by another, which never has to wait. */
#ifndef MEMMON_INTAKE_H
#define MEMMON_INTAKE_H

#include "events.h"
#include "fifo.h"
#include "jsonl.h"

#include <pthread.h>
#include <stdbool.h>

struct intake {
    struct fifo fifo;
    struct events *events; /* NULL: there is no FIFO, and the calls do nothing */
    pthread_mutex_t lock;  /* of the queue in it */
    bool refused, dropped; /* that lines or events were, has been said */
};

/* Makes the FIFO and exports its path as MEMMON_EVENTS; path NULL: there is none.  false with *err set;
 * intake_close is due in both cases. */
bool intake_open(struct intake *in, const char *path, struct jsonl_error *err);

/* Readable when there is something to read; -1: never. */
int intake_fd(const struct intake *in);

/* Reads what the FIFO holds, but no more than 64 KiB: a writer that never rests must not keep the reader from all else.
 * Without `keep` it is dropped, so that no writer has to wait when nothing is recorded any more.  Says what is wrong
 * with it, the first time. */
void intake_read(struct intake *in, bool keep);

/* Reads all that is left, and an unended last line. */
void intake_finish(struct intake *in);

/* Of another thread: what one sample can take, an array, absent if there is nothing; valid until the next call. Without
 * `wait` there is nothing either while events are just coming in. */
struct jsonl_text intake_take(struct intake *in, bool wait);

/* Of another thread: does any event wait to be taken? */
bool intake_waits(struct intake *in);

/* The last event's name and model or label (string), as they came; "" if there was none. */
const char *intake_last(const struct intake *in);

/* Says how much was refused or dropped, if that was more than once, and frees all. */
void intake_close(struct intake *in);

#endif
