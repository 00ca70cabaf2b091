/* SPDX-License-Identifier: Apache-2.0
 * All by mach_absolute_time, the clock that mach_wait_until waits on; like Linux' monotonic clock it stands still while
 * the computer sleeps. */
#include "clock.h"
#include "mach.h"

#include <mach/mach.h>
#include <mach/mach_time.h>
#include <pthread.h>
#include <time.h>

/* A sleep is made of naps no longer than this, so that a thread asked to stop does so soon even if its wake-up signal
 * is lost just before it goes to sleep. */
static const int64_t nap_ns = 250000000;

/* The C library keeps it after the first call. */
static struct mach_timebase timebase(void)
{
    mach_timebase_info_data_t info;
    if (mach_timebase_info(&info) != KERN_SUCCESS || !info.numer || !info.denom)
        return (struct mach_timebase){1, 1};
    return (struct mach_timebase){info.numer, info.denom};
}

static int64_t clock_read(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

int64_t clock_monotonic(void)
{
    return mach_ns(timebase(), mach_absolute_time());
}

int64_t clock_wall(void)
{
    return clock_read(CLOCK_REALTIME);
}

int64_t clock_thread(void)
{
    return clock_read(CLOCK_THREAD_CPUTIME_ID);
}

/* The kernel may put off a timer to join it with others, by how much goes by the thread's latency tier.  Tier 0 is the
 * most exact one; unlike a thread of real time it takes nothing away from the command. */
void clock_exact(void)
{
    thread_latency_qos_policy_data_t policy = {.thread_latency_qos_tier = LATENCY_QOS_TIER_0};
    (void)thread_policy_set(pthread_mach_thread_np(pthread_self()), THREAD_LATENCY_QOS_POLICY, (thread_policy_t)&policy,
                            THREAD_LATENCY_QOS_POLICY_COUNT);
}

void clock_sleep_until(int64_t t_ns)
{
    int64_t now = clock_monotonic();
    if (t_ns <= now)
        return;
    int64_t wake = t_ns - now < nap_ns ? t_ns : now + nap_ns;
    (void)mach_wait_until(mach_ticks(timebase(), wake) + 1); /* they are rounded down, and it must not wake too early */
}
