/* SPDX-License-Identifier: Apache-2.0
 * Clocks, in nanoseconds. */
#ifndef MEMMON_CLOCK_H
#define MEMMON_CLOCK_H

#include <stdint.h>

int64_t clock_monotonic(void); /* since some start; steps of the wall clock do not show */
int64_t clock_wall(void);      /* since 1970-01-01T00:00:00Z */
int64_t clock_thread(void);    /* processor time of the calling thread */

/* Asks for wake-ups of the calling thread that are as exact as the machine can do. */
void clock_exact(void);

/* Sleeps until the monotonic clock shows t_ns, or a signal's handler has run. */
void clock_sleep_until(int64_t t_ns);

#endif
