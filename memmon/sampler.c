/* SPDX-License-Identifier: Apache-2.0 */
#include "sampler.h"

#include "clock.h"
#include "record.h"
#include "status.h"

#include <errno.h>
#include <unistd.h>

static const int64_t patience_ns = 2000000000;

/* As many as can be needed for what waits when a recording ends; a writer that never rests gets no more. */
enum { LAST_SAMPLES = 2 * QUEUE_MAX / EVENTS_MAX };

bool sampler_init(struct sampler *s)
{
    pthread_mutex_init(&s->shown_lock, NULL);
    sample_init(&s->sample);
    sample_init(&s->shown);
    s->writer = jsonl_writer_new(-1);
    return s->writer;
}

/* The line in the writer; false: it could not be made, or not be written. */
static bool sampler_emit(struct sampler *s)
{
    int error = jsonl_writer_error(s->writer);
    struct jsonl_text line = jsonl_writer_text(s->writer);
    if (error && !s->output->error)
        s->output->error = error;
    return output_line(s->output, line.s, line.n);
}

static void sampler_show(struct sampler *s)
{
    if (s->live && pthread_mutex_trylock(&s->shown_lock) == 0) {
        s->shown = s->sample;
        pthread_mutex_unlock(&s->shown_lock);
    }
    if (!s->verbose)
        return;
    jsonl_writer_clear(s->writer);
    status_sample(&s->sample, s->writer);
    jsonl_puts(s->writer, "\n");
    struct jsonl_text line = jsonl_writer_text(s->writer);
    (void)!write(STDERR_FILENO, line.s, line.n); /* nobody is left to tell if this fails */
}

/* The session stands in the first sample, and once more in that from which on other GPUs are known: a driver may take
 * longer to start than the first sample can wait. */
static void sampler_write(struct sampler *s, struct jsonl_text events)
{
    const struct sample_parts parts = {
        .decimals = sample_decimals(s->schedule.interval_ns),
        .gpus = &s->sources->gpus,
        .session = s->summary.samples == 0 || s->sources->gpus_new ? s->session : NULL,
        .happened = &s->sources->incidents,
        .events = events,
    };
    jsonl_writer_clear(s->writer);
    sample_write(&s->sample, &parts, s->writer);
}

/* late_ns as in summary_add.  Events that are just coming in ride with the next sample, so that this never waits; but
 * for the last one, which is on no schedule. */
static bool sampler_sample(struct sampler *s, int64_t now_ns, int64_t late_ns)
{
    s->sample.ts = (double)clock_wall() / 1e9;
    s->sample.elapsed_s = (double)(now_ns - s->schedule.start_ns) / 1e9;
    sources_read(s->sources, now_ns, &s->sample);

    sampler_write(s, intake_take(s->intake, late_ns < 0));
    if (!sampler_emit(s))
        return false;
    s->sources->gpus_new = false;
    s->sources->incidents = (struct incidents){0};
    summary_add(&s->summary, &s->sample, s->sources->gpu_energy_j, late_ns);
    sampler_show(s);
    return true;
}

/* The recording starts now that the thread runs, and not when it was asked for. */
static void sampler_begin(struct sampler *s)
{
    int64_t now = clock_monotonic();
    if (s->end_ns != INT64_MAX)
        s->end_ns += now - s->schedule.start_ns;
    s->schedule.start_ns = now;
    sources_began(s->sources, now);
}

static bool sampler_is_due(struct sampler *s)
{
    return s->summary.samples == 0 || intake_waits(s->intake) || !incidents_empty(&s->sources->incidents);
}

static void sampler_flush(struct sampler *s)
{
    /* No sample yet: the command was quicker than the first tick.  The output keeps the error. */
    bool written = !s->output->error;
    sources_take(s->sources, clock_monotonic(), &s->sample);
    for (int i = 0; written && i < LAST_SAMPLES && sampler_is_due(s); i++)
        written = sampler_sample(s, clock_monotonic(), -1);
}

static void sampler_run(void *arg)
{
    struct sampler *s = arg;
    clock_exact();
    sampler_begin(s);
    bool written = true;
    for (int64_t due; written && (due = schedule_due(&s->schedule)) < s->end_ns;) {
        if (!worker_sleep(&s->worker, due))
            return;
        int64_t now = clock_monotonic();
        if (now >= s->end_ns) /* it was stopped meanwhile, as a process or by a slow reader */
            break;
        int64_t late = schedule_meet(&s->schedule, now);
        written = sampler_sample(s, now, late);
    }
    if (written) {
        schedule_end(&s->schedule, s->end_ns);
        if (!worker_sleep(&s->worker, s->end_ns))
            return;
        sources_stop(s->sources); /* what they have seen last is told, too */
        sampler_flush(s);
    }
    atomic_store(&s->ended_itself, true);
    s->ended(s->ended_arg);
}

int sampler_start(struct sampler *s)
{
    return worker_start(&s->worker, sampler_run, s);
}

bool sampler_ended(const struct sampler *s)
{
    return atomic_load(&s->ended_itself);
}

void sampler_stop(struct sampler *s, int64_t at_ns)
{
    worker_stop(&s->worker, patience_ns, &s->output->hurry);
    if (sampler_ended(s))
        return;
    if (s->schedule.next == 0) /* the sample that sampler_flush makes stands for the first tick */
        s->schedule.next = 1;
    schedule_end(&s->schedule, at_ns < s->end_ns ? at_ns : s->end_ns);
}

static void sampler_finish_run(void *arg)
{
    struct sampler *s = arg;
    if (!sampler_ended(s))
        sampler_flush(s);
    if (s->output->error)
        return;
    jsonl_writer_clear(s->writer);
    summary_write(&s->summary, s->end, s->writer);
    (void)sampler_emit(s);
}

/* In a thread, too, so that a write that nobody reads can be given up. */
void sampler_finish(struct sampler *s, const struct summary_end *end)
{
    s->end = end;
    if (worker_start(&s->worker, sampler_finish_run, s))
        sampler_finish_run(s);
    worker_stop(&s->worker, patience_ns, &s->output->hurry);
}

void sampler_free(struct sampler *s)
{
    jsonl_writer_free(s->writer);
    pthread_mutex_destroy(&s->shown_lock);
}
