/* SPDX-License-Identifier: Apache-2.0 */
#include "worker.h"

#include "clock.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>

enum { WAKE = SIGURG }; /* ignored by default, so that a stray one does no harm */

static void on_wake(int signo)
{
    (void)signo; /* having been called is all: the sleep or write it came into returns */
}

static void *worker_main(void *arg)
{
    struct worker *w = arg;
    sigset_t wake;
    sigemptyset(&wake);
    sigaddset(&wake, WAKE);
    pthread_sigmask(SIG_UNBLOCK, &wake, NULL);
    w->run(w->arg);
    atomic_store(&w->done, true);
    return NULL;
}

int worker_start(struct worker *w, void (*run)(void *arg), void *arg)
{
    struct sigaction action = {.sa_handler = on_wake}; /* without SA_RESTART */
    sigset_t all, before;
    sigemptyset(&action.sa_mask);
    if (sigaction(WAKE, &action, NULL) < 0)
        return errno;
    w->run = run;
    w->arg = arg;
    atomic_store(&w->stop, false);
    atomic_store(&w->done, false);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&w->thread, NULL, worker_main, w);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    w->started = error == 0;
    return error;
}

/* A wake-up that comes just before the thread goes to sleep is lost: so it comes again. */
bool worker_stop(struct worker *w, int64_t patience_ns, atomic_bool *hurry)
{
    if (!w->started)
        return true;
    int64_t began = clock_monotonic();
    atomic_store(&w->stop, true);
    for (int64_t pause = 50000; !atomic_load(&w->done); pause += pause < 5000000 ? pause : 0) {
        bool late = clock_monotonic() - began > patience_ns;
        if (late && !hurry) {
            pthread_detach(w->thread);
            w->started = false;
            return false;
        }
        if (late)
            atomic_store(hurry, true);
        pthread_kill(w->thread, WAKE);
        clock_sleep_until(clock_monotonic() + pause);
    }
    pthread_join(w->thread, NULL);
    w->started = false;
    return true;
}

bool worker_sleep(struct worker *w, int64_t t_ns)
{
    while (!atomic_load(&w->stop) && clock_monotonic() < t_ns)
        clock_sleep_until(t_ns);
    return !atomic_load(&w->stop);
}
