/* SPDX-License-Identifier: Apache-2.0 */
#include "poller.h"

#include "clock.h"
#include "record.h"

#include <string.h>

static const int64_t ahead_ns = 20000000; /* readings that take less are fresh when the tick comes */
static const int64_t patience_ns = 2000000000;
enum { REST = 20 }; /* times as long as it worked: 1/20 is 5 % */

static void copy_metrics(uint64_t metrics, struct jsonl_sample *to, const struct jsonl_sample *from)
{
    for (size_t m = 0; m < JSONL_METRICS; m++)
        if (metrics >> m & 1)
            to->metric[m] = from->metric[m];
    if (metrics & PROBE_METRIC(gpu_device_util))
        to->gpu_active = from->gpu_active;
}

static void copy_gpus(struct gpus *to, const struct gpus *from)
{
    to->len = from->len;
    memcpy(to->gpu, from->gpu, from->len * sizeof from->gpu[0]);
}

static void poller_read(struct poller *p)
{
    int64_t now = clock_monotonic();
    p->probe->read(p->state, now, &p->fresh);
    pthread_mutex_lock(&p->lock);
    copy_metrics(p->probe->metrics, &p->latest, &p->fresh);
    if (p->probe->gpus)
        copy_gpus(&p->gpus, p->probe->gpus(p->state));
    p->read_ns = now;
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

static void poller_run(void *arg)
{
    struct poller *p = arg;
    for (int64_t rested = 0;;) {
        int64_t due = schedule_due(&p->schedule);
        if (!worker_sleep(&p->worker, due > rested ? due : rested))
            return;
        (void)schedule_meet(&p->schedule, clock_monotonic());
        int64_t before = clock_thread();
        poller_read(p);
        rested = clock_monotonic() + REST * (clock_thread() - before);
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

void poller_take(struct poller *p, int64_t now_ns, struct jsonl_sample *sample, struct gpus *gpus)
{
    if (pthread_mutex_trylock(&p->lock) != 0)
        return;
    copy_metrics(p->probe->metrics, sample, &p->latest);
    if (p->probe->gpus)
        copy_gpus(gpus, &p->gpus);
    int64_t age = now_ns - p->read_ns;
    pthread_mutex_unlock(&p->lock);
    if (p->probe->metrics & PROBE_METRIC(gpu_age_ms))
        sample->metric[JSONL_METRIC_gpu_age_ms] = age > 0 ? (double)age / 1e6 : 0;
}

bool poller_stop(struct poller *p)
{
    return worker_stop(&p->worker, patience_ns, NULL);
}

void poller_free(struct poller *p)
{
    pthread_mutex_destroy(&p->lock);
}
