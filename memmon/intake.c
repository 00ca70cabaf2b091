/* SPDX-License-Identifier: Apache-2.0 */
#include "intake.h"

#include "clock.h"
#include "no_memory.h"

#include <stdlib.h>

enum { FIFO_BLOCKS = 16, BLOCK = 64 << 10 }; /* the most that a FIFO can hold */

bool intake_open(struct intake *in, const char *path, struct jsonl_error *err)
{
    *in = (struct intake){.fifo = {.fd = -1, .hold_fd = -1}};
    pthread_mutex_init(&in->lock, NULL);
    if (!path)
        return true;
    if (!fifo_open(&in->fifo, path, err))
        return false;
    in->events = events_new();
    if (in->events && setenv("MEMMON_EVENTS", in->fifo.path, 1) == 0)
        return true;
    return error_no_memory(err); /* the one way in which setenv can fail, too */
}

int intake_fd(const struct intake *in)
{
    return in->fifo.fd;
}

/* Of lines refused the first is told at once, and how many there were at the end. */
static void tell_refusals(struct intake *in)
{
    const struct events *e = in->events;
    if (e->refused && !in->refused)
        jsonl_warn_at(in->fifo.path, 0, 0, "refused a line: %s", e->error.message);
    if (e->dropped && !in->dropped)
        jsonl_warn_at(in->fifo.path, 0, 0, "more events than samples can hold: some are lost");
    in->refused = e->refused > 0;
    in->dropped = e->dropped > 0;
}

/* false: there is nothing. */
static bool intake_block(struct intake *in, bool keep)
{
    static char bytes[BLOCK];
    size_t n = fifo_read(&in->fifo, bytes, sizeof bytes);
    if (n && keep) {
        double now = (double)clock_wall() / 1e9;
        pthread_mutex_lock(&in->lock);
        events_feed(in->events, bytes, n, now);
        pthread_mutex_unlock(&in->lock);
        tell_refusals(in);
    }
    return n;
}

void intake_read(struct intake *in, bool keep)
{
    if (in->events)
        (void)intake_block(in, keep);
}

void intake_finish(struct intake *in)
{
    if (!in->events)
        return;
    for (int i = 0; i < FIFO_BLOCKS && intake_block(in, true); i++)
        ;
    pthread_mutex_lock(&in->lock);
    events_end(in->events, (double)clock_wall() / 1e9);
    pthread_mutex_unlock(&in->lock);
    tell_refusals(in);
}

/* The text is the taker's own; only what waits behind it is shared. */
struct jsonl_text intake_take(struct intake *in, bool wait)
{
    struct jsonl_text text = {0};
    if (!in->events || (wait ? pthread_mutex_lock : pthread_mutex_trylock)(&in->lock) != 0)
        return text;
    text = event_queue_text(&in->events->queue);
    event_queue_shift(&in->events->queue);
    pthread_mutex_unlock(&in->lock);
    return text;
}

bool intake_waits(struct intake *in)
{
    if (!in->events)
        return false;
    pthread_mutex_lock(&in->lock);
    bool waits = !event_queue_empty(&in->events->queue);
    pthread_mutex_unlock(&in->lock);
    return waits;
}

const char *intake_last(const struct intake *in)
{
    return in->events ? in->events->last : "";
}

void intake_close(struct intake *in)
{
    if (in->events && in->events->refused > 1)
        jsonl_warn_at(in->fifo.path, 0, 0, "refused %zu lines in all", in->events->refused);
    if (in->events && in->events->dropped > 1)
        jsonl_warn_at(in->fifo.path, 0, 0, "%zu events are lost", in->events->dropped);
    fifo_close(&in->fifo);
    events_free(in->events);
    in->events = NULL;
    pthread_mutex_destroy(&in->lock);
}
