/* SPDX-License-Identifier: Apache-2.0 */
#include "clock.h"

#include <sys/prctl.h>
#include <time.h>

static int64_t clock_read(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

int64_t clock_monotonic(void)
{
    return clock_read(CLOCK_MONOTONIC);
}

int64_t clock_wall(void)
{
    return clock_read(CLOCK_REALTIME);
}

int64_t clock_thread(void)
{
    return clock_read(CLOCK_THREAD_CPUTIME_ID);
}

/* The kernel may wake a thread up to its slack late, 50 µs by default, to join wake-ups. */
void clock_exact(void)
{
    (void)prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
}

void clock_sleep_until(int64_t t_ns)
{
    const struct timespec t = {.tv_sec = t_ns / 1000000000, .tv_nsec = t_ns % 1000000000};
    (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}
