/* SPDX-License-Identifier: Apache-2.0 */
#include "sources.h"

#include "clock.h"

#include <math.h>

/* Long enough for a thread that only waits for its turn on a busy machine: its last reading tells how the command
 * ended. Short enough where a driver hangs. */
static const int64_t stop_patience_ns = 1000000000;

static bool source_is_thread(const struct source *source)
{
    return source->probe->place == PROBE_THREAD;
}

static bool source_open(struct source *source, const struct sources *s)
{
    struct jsonl_error err = {0};
    source->state = source->probe->open(&s->env, &err);
    if (err.message[0] && s->note)
        s->note(source->probe, &err);
    return source->state;
}

void sources_open(struct sources *s, const struct probe *const *table, const struct probe_env *env,
                  void (*note)(const struct probe *probe, const struct jsonl_error *what))
{
    s->env = *env;
    s->note = note;
    s->patience_ns = stop_patience_ns;
    s->len = 0;
    s->gpus.len = 0;
    s->gpus_new = false;
    s->gpu_energy_j = s->cgroup_peak_gb = s->proc_peak_gb = NAN;
    s->incidents = (struct incidents){0};
    for (; *table && s->len < SOURCES_MAX; table++) {
        struct source *source = &s->source[s->len];
        source->probe = *table;
        source->read_ns = INT64_MIN;
        source->poller.worker.started = source->lost = false;
        if (source_is_thread(source) || source_open(source, s))
            s->len++;
    }
}

int sources_start(struct sources *s, const struct schedule *recording)
{
    int error = 0;
    s->interval_ns = recording->interval_ns;
    for (size_t i = 0; i < s->len && !error; i++)
        if (source_is_thread(&s->source[i]))
            error = poller_start(&s->source[i].poller, s->source[i].probe, &s->env, recording, s->note);
    return error;
}

void sources_began(struct sources *s, int64_t start_ns)
{
    for (size_t i = 0; i < s->len; i++)
        if (source_is_thread(&s->source[i]))
            poller_began(&s->source[i].poller, start_ns);
}

void sources_settle(const struct sources *s, int64_t patience_ns)
{
    int64_t end = clock_monotonic() + patience_ns;
    for (size_t i = 0; i < s->len; i++)
        while (source_is_thread(&s->source[i]) && !atomic_load(&s->source[i].poller.settled) && clock_monotonic() < end)
            clock_sleep_until(clock_monotonic() + 200000);
}

/* Ticks come a little early or late against each other: 1/8 of a period is not worth waiting a tick for. */
static bool source_due(const struct source *source, int64_t now_ns)
{
    int64_t period = source->probe->period_ns;
    return source->read_ns == INT64_MIN || now_ns - source->read_ns >= period - period / 8;
}

/* Takes what the source's thread has; true: devices, too. */
static bool source_take(struct sources *s, struct source *source, struct jsonl_sample *sample)
{
    struct poller_gift gift;
    poller_take(&source->poller, sample, &gift);
    if (!gift.fresh)
        return false;
    incidents_move(&s->incidents, &gift.incidents);
    if (!isnan(gift.cgroup_peak_gb))
        s->cgroup_peak_gb = gift.cgroup_peak_gb;
    if (!isnan(gift.proc_peak_gb))
        s->proc_peak_gb = gift.proc_peak_gb;
    return source->probe->gpus;
}

static void sources_join_gpus(struct sources *s, struct jsonl_sample *sample)
{
    size_t before = s->gpus.len;
    s->gpus.len = 0;
    for (size_t i = 0; i < s->len; i++)
        if (source_is_thread(&s->source[i]) && s->source[i].probe->gpus)
            gpus_add(&s->gpus, &s->source[i].poller.has_gpus);
    if (s->gpus.len)
        gpus_join(&s->gpus, sample);
    s->gpu_energy_j = gpus_energy(&s->gpus);
    s->gpus_new |= s->gpus.len != before;
}

/* Is there anything in the sample that a source's age is about?  Zombies are counted so seldom that theirs says
 * nothing. */
static bool source_shows(const struct source *source, const struct jsonl_sample *sample)
{
    uint64_t metrics = source->probe->metrics & ~PROBE_METRIC(zombies);
    for (size_t m = 0; m < JSONL_METRICS; m++)
        if ((metrics >> m & 1) && m != JSONL_METRIC_gpu_age_ms && m != JSONL_METRIC_proc_age_ms &&
            !isnan(sample->metric[m]))
            return true;
    return source->poller.has_gpus.len > 0;
}

/* Of several sources the oldest counts.  What is as fresh as samples are needs no word. */
static void source_age(const struct source *source, int64_t now_ns, int64_t interval_ns, struct jsonl_sample *sample)
{
    static const enum jsonl_metric ages[] = {JSONL_METRIC_gpu_age_ms, JSONL_METRIC_proc_age_ms};
    int64_t age = now_ns - source->poller.taken_ns;
    if (!source->poller.taken || age <= interval_ns || !source_shows(source, sample))
        return;
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++)
        if (source->probe->metrics >> ages[i] & 1)
            sample->metric[ages[i]] = fmax(sample->metric[ages[i]], (double)age / 1e6);
}

void sources_take(struct sources *s, int64_t now_ns, struct jsonl_sample *sample)
{
    bool gpus = false;
    sample->metric[JSONL_METRIC_gpu_age_ms] = sample->metric[JSONL_METRIC_proc_age_ms] = NAN;
    for (size_t i = 0; i < s->len; i++)
        if (source_is_thread(&s->source[i])) {
            gpus |= source_take(s, &s->source[i], sample);
            source_age(&s->source[i], now_ns, s->interval_ns, sample);
        }
    if (gpus)
        sources_join_gpus(s, sample);
}

void sources_read(struct sources *s, int64_t now_ns, struct jsonl_sample *sample)
{
    for (size_t i = 0; i < s->len; i++) {
        struct source *source = &s->source[i];
        if (!source_is_thread(source) && source_due(source, now_ns)) {
            source->probe->read(source->state, now_ns, sample);
            source->read_ns = now_ns;
        }
    }
    sources_take(s, now_ns, sample);
}

void sources_stop(struct sources *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (source_is_thread(&s->source[i]) && !poller_stop(&s->source[i].poller, s->patience_ns))
            s->source[i].lost = true;
}

bool sources_close(struct sources *s)
{
    bool all = true;
    for (size_t i = 0; i < s->len; i++) {
        struct source *source = &s->source[i];
        all &= !source->lost;
        if (!source_is_thread(source))
            source->probe->close(source->state);
        else if (!source->lost)
            poller_free(&source->poller);
    }
    s->len = 0;
    return all;
}
