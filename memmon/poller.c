/* SPDX-License-Identifier: Apache-2.0 */
#include "poller.h"

#include "clock.h"
#include "record.h"

#include <time.h>

static const int64_t ahead_ns = 20000000; /* readings that take less are fresh when the tick comes */
enum { REST = 20 };                       /* times as long as it worked: 1/20 is 5 % */

static void copy_metrics(uint64_t metrics, struct jsonl_sample *to, const struct jsonl_sample *from)
{
    for (size_t m = 0; m < JSONL_METRICS; m++)
        if (metrics >> m & 1)
            to->metric[m] = from->metric[m];
    if (metrics & PROBE_METRIC(gpu_device_util))
        to->gpu_active = from->gpu_active;
}

static void poller_read(struct poller *p)
{
    p->probe->read(p->state, clock_monotonic(), &p->fresh);
    pthread_mutex_lock(&p->lock);
    copy_metrics(p->probe->metrics, &p->latest, &p->fresh);
    pthread_mutex_unlock(&p->lock);
}

void poller_init(struct poller *p, const struct probe *probe, void *state)
{
    *p = (struct poller){.probe = probe, .state = state};
    pthread_mutex_init(&p->lock, NULL);
    sample_init(&p->latest);
    sample_init(&p->fresh);
    poller_read(p);
}

static int64_t thread_cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void poller_run(void *arg)
{
    struct poller *p = arg;
    for (int64_t rested = 0;;) {
        int64_t due = schedule_due(&p->schedule);
        if (!worker_sleep(&p->worker, due > rested ? due : rested))
            return;
        (void)schedule_meet(&p->schedule, clock_monotonic());
        int64_t before = thread_cpu_ns();
        poller_read(p);
        rested = clock_monotonic() + REST * (thread_cpu_ns() - before);
    }
}

int poller_start(struct poller *p, const struct schedule *recording)
{
    int64_t ticks = (p->probe->period_ns + recording->interval_ns - 1) / recording->interval_ns;
    int64_t period = (ticks > 1 ? ticks : 1) * recording->interval_ns;
    p->schedule = (struct schedule){
        .start_ns = recording->start_ns + period - (ahead_ns < period / 4 ? ahead_ns : period / 4),
        .interval_ns = period,
    };
    poller_read(p);
    return worker_start(&p->worker, poller_run, p);
}

void poller_take(struct poller *p, struct jsonl_sample *sample)
{
    if (pthread_mutex_trylock(&p->lock) != 0)
        return;
    copy_metrics(p->probe->metrics, sample, &p->latest);
    pthread_mutex_unlock(&p->lock);
}

void poller_stop(struct poller *p)
{
    worker_stop(&p->worker, 0, NULL);
}

void poller_free(struct poller *p)
{
    pthread_mutex_destroy(&p->lock);
}
