/* SPDX-License-Identifier: Apache-2.0
 * A thread that works, sleeps until a time, and works again, and can be stopped at any moment: also out of
 * its sleep, or out of a write that nobody reads. */
#ifndef MEMMON_WORKER_H
#define MEMMON_WORKER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct worker {
    pthread_t thread;
    bool started;
    atomic_bool stop; /* the thread looks at it when a sleep or a call is interrupted */
    atomic_bool done; /* it has returned, or is about to */
    void (*run)(void *arg);
    void *arg;
};

/* Runs run(arg) in a thread that no signal reaches but the one that wakes it.  Returns 0 or an errno.
 * Call it after commands have been started: it sets up a handler for SIGURG. */
int worker_start(struct worker *w, void (*run)(void *arg), void *arg);

/* Asks it to stop, wakes it until it does, and joins it.  After patience_ns *hurry is set, which tells it to
 * leave even what it would rather finish; with hurry NULL it is left alone then, and false returned: what it
 * works with must stay.  True if it was not started. */
bool worker_stop(struct worker *w, int64_t patience_ns, atomic_bool *hurry);

/* Sleeps until t_ns (monotonic); false: it is to stop. */
bool worker_sleep(struct worker *w, int64_t t_ns);

#endif
