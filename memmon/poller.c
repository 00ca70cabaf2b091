/* SPDX-License-Identifier: Apache-2.0 */
#include "poller.h"

#include "clock.h"
#include "record.h"

#include <math.h>
#include <string.h>

static const int64_t ahead_ns = 20000000; /* readings that take less are fresh when the tick comes */
enum { REST = 20 };                       /* times as long as it worked: 1/20 is 5 % */

/* Ages are not the probe's to tell. */
static const uint64_t ages = PROBE_METRIC(gpu_age_ms) | PROBE_METRIC(proc_age_ms);

static void copy_metrics(uint64_t metrics, struct jsonl_sample *to, const struct jsonl_sample *from)
{
    for (size_t m = 0; m < JSONL_METRICS; m++)
        if ((metrics & ~ages) >> m & 1)
            to->metric[m] = from->metric[m];
    if (metrics & PROBE_METRIC(gpu_device_util))
        to->gpu_active = from->gpu_active;
}

static void copy_gpus(struct gpus *to, const struct gpus *from)
{
    to->len = 0;
    gpus_add(to, from);
}

static void poller_read(struct poller *p, bool last)
{
    struct probe_news news = {.cgroup_peak_gb = NAN, .proc_peak_gb = NAN, .last = last};
    int64_t now = clock_monotonic();
    p->probe->read(p->state, now, &p->fresh);
    if (p->probe->news)
        p->probe->news(p->state, &news);
    if (!incidents_empty(&news.incidents))
        news.incidents.ts = (double)clock_wall() / 1e9;

    pthread_mutex_lock(&p->lock);
    copy_metrics(p->probe->metrics, &p->latest, &p->fresh);
    if (p->probe->gpus)
        copy_gpus(&p->gpus, p->probe->gpus(p->state));
    incidents_move(&p->incidents, &news.incidents);
    p->cgroup_peak_gb = news.cgroup_peak_gb;
    p->proc_peak_gb = news.proc_peak_gb;
    p->read_ns = now;
    p->round++;
    pthread_mutex_unlock(&p->lock);

    if (news.trouble.message[0] && p->note)
        p->note(p->probe, &news.trouble);
}

static bool poller_open(struct poller *p)
{
    struct jsonl_error err = {0};
    p->state = p->probe->open(p->env, &err);
    if (err.message[0] && p->note)
        p->note(p->probe, &err);
    return p->state;
}

/* How long after a tick the readings of this period begin: a little ahead of the next. */
static int64_t poller_lead(int64_t period_ns)
{
    return period_ns - (ahead_ns < period_ns / 4 ? ahead_ns : period_ns / 4);
}

/* The probe's pace, as a whole number of intervals, so that it stays ahead of the ticks. */
static int64_t poller_period(const struct poller *p)
{
    int64_t interval = p->recording.interval_ns;
    int64_t pace = p->state && p->probe->pace ? p->probe->pace(p->state) : p->probe->period_ns;
    int64_t ticks = pace / interval + (pace % interval != 0);
    return (ticks > 1 ? ticks : 1) * interval;
}

/* Has the schedule follow the recording's beginning and the probe's pace. */
static void poller_align(struct poller *p)
{
    int64_t began = atomic_load(&p->began_ns), period = poller_period(p);
    int64_t start = (began ? began : p->recording.start_ns) + poller_lead(period);
    if (start == p->schedule.start_ns && period == p->schedule.interval_ns)
        return;
    p->schedule.interval_ns = period;
    schedule_move(&p->schedule, start, clock_monotonic());
}

static void poller_run(void *arg)
{
    struct poller *p = arg;
    bool open = poller_open(p);
    if (open)
        poller_read(p, false);
    atomic_store(&p->settled, true);
    if (!open)
        return;
    for (int64_t rested = 0;;) {
        poller_align(p);
        int64_t due = schedule_due(&p->schedule);
        if (!worker_sleep(&p->worker, due > rested ? due : rested))
            break;
        (void)schedule_meet(&p->schedule, clock_monotonic());
        int64_t before = clock_thread();
        poller_read(p, false);
        rested = clock_monotonic() + REST * (clock_thread() - before);
    }
    if (p->probe->news) /* what happened at the very end is the most interesting of all */
        poller_read(p, true);
    p->probe->close(p->state);
}

int poller_start(struct poller *p, const struct probe *probe, const struct probe_env *env,
                 const struct schedule *recording, void (*note)(const struct probe *, const struct jsonl_error *))
{
    *p = (struct poller){.probe = probe, .env = env, .note = note, .cgroup_peak_gb = NAN, .proc_peak_gb = NAN};
    p->recording = *recording;
    poller_align(p);
    sample_init(&p->latest);
    sample_init(&p->fresh);
    int error = pthread_mutex_init(&p->lock, NULL);
    return error ? error : worker_start(&p->worker, poller_run, p);
}

void poller_began(struct poller *p, int64_t start_ns)
{
    atomic_store(&p->began_ns, start_ns);
}

void poller_take(struct poller *p, struct jsonl_sample *sample, struct poller_gift *gift)
{
    *gift = (struct poller_gift){.cgroup_peak_gb = NAN, .proc_peak_gb = NAN};
    if (pthread_mutex_trylock(&p->lock) != 0)
        return;
    gift->fresh = p->round != p->taken;
    if (gift->fresh) {
        copy_metrics(p->probe->metrics, sample, &p->latest);
        if (p->probe->gpus)
            copy_gpus(&p->has_gpus, &p->gpus);
        incidents_move(&gift->incidents, &p->incidents);
        gift->cgroup_peak_gb = p->cgroup_peak_gb;
        gift->proc_peak_gb = p->proc_peak_gb;
        p->taken = p->round;
        p->taken_ns = p->read_ns;
    }
    pthread_mutex_unlock(&p->lock);
}

bool poller_stop(struct poller *p, int64_t patience_ns)
{
    return worker_stop(&p->worker, patience_ns, NULL);
}

void poller_free(struct poller *p)
{
    pthread_mutex_destroy(&p->lock);
}
