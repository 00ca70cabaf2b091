/* SPDX-License-Identifier: Apache-2.0 */
#include "sources.h"

void sources_open(struct sources *s, const struct probe *const *table, const struct probe_env *env,
                  void (*note)(const struct probe *probe, const struct jsonl_error *what))
{
    s->len = 0;
    s->gpus.len = 0;
    for (; *table && s->len < SOURCES_MAX; table++) {
        struct jsonl_error err = {0};
        struct source *source = &s->source[s->len];
        *source = (struct source){.probe = *table, .read_ns = INT64_MIN};
        source->state = source->probe->open(env, &err);
        if (err.message[0] && note)
            note(source->probe, &err);
        if (!source->state)
            continue;
        if (source->probe->place == PROBE_THREAD)
            poller_init(&source->poller, source->probe, source->state);
        s->len++;
    }
}

int sources_start(struct sources *s, const struct schedule *recording)
{
    int error = 0;
    for (size_t i = 0; i < s->len && !error; i++)
        if (s->source[i].probe->place == PROBE_THREAD)
            error = poller_start(&s->source[i].poller, recording);
    return error;
}

/* Ticks come a little early or late against each other: 1/8 of a period is not worth waiting a tick for. */
static bool source_due(const struct source *source, int64_t now_ns)
{
    int64_t period = source->probe->period_ns;
    return source->read_ns == INT64_MIN || now_ns - source->read_ns >= period - period / 8;
}

void sources_read(struct sources *s, int64_t now_ns, struct jsonl_sample *sample)
{
    for (size_t i = 0; i < s->len; i++) {
        struct source *source = &s->source[i];
        if (source->probe->place == PROBE_THREAD) {
            poller_take(&source->poller, now_ns, sample, &s->gpus);
        } else if (source_due(source, now_ns)) {
            source->probe->read(source->state, now_ns, sample);
            source->read_ns = now_ns;
        }
    }
}

void sources_stop(struct sources *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (s->source[i].probe->place == PROBE_THREAD && !poller_stop(&s->source[i].poller))
            s->source[i].lost = true;
}

void sources_close(struct sources *s)
{
    for (size_t i = 0; i < s->len; i++) {
        if (s->source[i].lost)
            continue;
        if (s->source[i].probe->place == PROBE_THREAD)
            poller_free(&s->source[i].poller);
        s->source[i].probe->close(s->source[i].state);
    }
    s->len = 0;
}
