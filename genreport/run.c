/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include "grow.h"
#include "hardware.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double run_parts[RUN_METRICS] = {
#define RUN_METRIC_PARTS(name, parts) parts,
    RUN_METRICS_LIST(RUN_METRIC_PARTS)
#undef RUN_METRIC_PARTS
};

static const enum jsonl_metric run_sources[RUN_METRICS] = {
#define RUN_METRIC_SOURCE(name, parts) JSONL_METRIC_##name,
    RUN_METRICS_LIST(RUN_METRIC_SOURCE)
#undef RUN_METRIC_SOURCE
};

static const char *const run_changes[RUN_USE] = {
    [RUN_UNLOAD] = "model_unload",
    [RUN_LOAD_START] = "model_load_start",
    [RUN_LOAD] = "model_load",
};

bool run_init(struct run *run)
{
    *run = (struct run){
        .ram_total_gb = NAN, .gpu_memory_gb = NAN, .psi_some_max = NAN, .psi_full_max = NAN, .last_ts = NAN};
    return jsonl_intern_init(&run->names);
}

void run_free(struct run *run)
{
    jsonl_intern_free(&run->names);
    free(run->tests);
    free(run->samples);
    free(run->events);
    free(run->kills);
    free(run->sessions);
    *run = (struct run){0};
}

#define RUN_RESERVE(run, what, more) GROW((run)->what, (run)->what##_len + (more), (run)->what##_room)

int64_t run_time_us(double ts)
{
    return jsonl_time_us(fmin(fmax(ts, 0), 253402300799.0));
}

/* An empty text says as little as none. */
static bool run_name(struct run *run, struct jsonl_text text, uint32_t *number)
{
    if (text.n == 0)
        text.s = NULL;
    return jsonl_intern_add(&run->names, text, number);
}

/* A number it is, whether it can be or not. */
static bool tells_number(const struct jsonl_value *root, const char *name)
{
    const struct jsonl_value *v = jsonl_get(root, name);

    return v && v->type == JSONL_NUMBER;
}

static enum run_result run_add_test(struct run *run, const struct jsonl_value *root, struct jsonl_error *err)
{
    struct jsonl_test in;
    struct run_test t = {0};
    char words[HARDWARE_SIZE];

    if (!jsonl_test_read(root, &in, err))
        return RUN_REFUSED;
    const struct {
        uint32_t *number;
        struct jsonl_text text;
    } names[] = {
        {&t.id, in.id},
        {&t.model, in.model},
        {&t.modality, in.modality},
        {&t.skip_reason, in.skip_reason},
        {&t.version, in.suite_version},
        {&t.schema, in.schema_version},
        {&t.hardware, hardware_of_test(words, &in)},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!run_name(run, names[i].text, names[i].number))
            return RUN_NO_MEMORY;
    if (!RUN_RESERVE(run, tests, 1))
        return RUN_NO_MEMORY;
    t.outcome = (uint8_t)in.outcome;
    t.quality = (uint8_t)in.quality;
    t.has_health = in.has_health;
    t.start = in.start;
    t.end = in.end;
    t.duration = in.duration;
    t.duration_refused = isnan(t.duration) && tells_number(root, "duration");
    t.size_gb = in.size_gb;
    t.peak_ram_gb = in.peak_ram_gb;
    t.tokens_per_s = in.tokens_per_sec;
    t.prompt_tokens = in.prompt_tokens;
    t.completion_tokens = in.completion_tokens;
    t.inference_s = in.inference_s;
    t.load_s = in.load_s;
    t.ttft_s = in.ttft_s;
    t.cleanup_s = in.cleanup_s;
    t.swap_mb = in.swap_mb;
    t.ram_free_gb = in.ram_free_gb;
    t.zombies = in.zombies;
    run->tests[run->tests_len++] = t;
    run->ram_total_gb = number_max(run->ram_total_gb, in.ram_total_gb);
    run->last_ts = number_max(run->last_ts, t.end);
    return RUN_OK;
}

static enum run_result run_take_kill(struct run *run, const struct jsonl_event *in)
{
    double count = isnan(in->count) ? 1 : floor(in->count);

    if (count < 1)
        return RUN_OK;
    if (!RUN_RESERVE(run, kills, 1))
        return RUN_NO_MEMORY;
    run->kills[run->kills_len++] = (struct run_kill){in->ts, count};
    return RUN_OK;
}

/* Takes kills and what names a model; other events are counted only. */
static enum run_result run_take_event(struct run *run, const struct jsonl_event *in, struct jsonl_error *err)
{
    struct run_event e = {.ts = in->ts, .change = RUN_USE};

    if (!jsonl_time_usable(in->ts)) { /* a log line's */
        jsonl_error_set(err, "'ts' is not a time between the years 1970 and 9999");
        return RUN_REFUSED;
    }
    run->last_ts = number_max(run->last_ts, in->ts);
    for (uint32_t i = 0; i < sizeof run_changes / sizeof *run_changes; i++)
        if (jsonl_text_is(in->name, run_changes[i]))
            e.change = i;
    if (jsonl_text_is(in->name, "oom_kill"))
        return run_take_kill(run, in);
    if (e.change == RUN_USE && in->model.n == 0)
        return RUN_OK;
    if (!run_name(run, in->model, &e.model) || !RUN_RESERVE(run, events, 1))
        return RUN_NO_MEMORY;
    run->events[run->events_len++] = e;
    return RUN_OK;
}

static enum run_result run_add_event(struct run *run, const struct jsonl_value *root, struct jsonl_error *err)
{
    struct jsonl_event in;

    if (!jsonl_event_read(root, &in, err))
        return RUN_REFUSED;
    return run_take_event(run, &in, err);
}

static enum run_result run_add_log(struct run *run, struct jsonl_rules *rules, const struct jsonl_value *root,
                                   struct jsonl_error *err)
{
    struct jsonl_event in;

    if (rules && jsonl_rules_apply(rules, root, &in))
        return run_take_event(run, &in, err);
    in = (struct jsonl_event){
        .ts = jsonl_time(jsonl_get(root, "ts")),
        .count = NAN,
        .model = jsonl_model_id(jsonl_text(jsonl_get(root, "model"))),
    };
    return in.model.n > 0 ? run_take_event(run, &in, err) : RUN_OK;
}

static int32_t run_in_parts(double value, double parts)
{
    double scaled = round(value * parts);

    return scaled >= 0 && scaled <= INT32_MAX ? (int32_t)scaled : RUN_ABSENT;
}

static enum run_result run_add_session(struct run *run, const struct jsonl_value *session)
{
    char words[HARDWARE_SIZE];
    uint32_t number;
    double ram_gb = jsonl_number(jsonl_get(session, "ram_total_gb"));

    run->ram_total_gb = number_max(run->ram_total_gb, jsonl_amount(ram_gb));
    if (!run_name(run, hardware_of_session(words, session), &number))
        return RUN_NO_MEMORY;
    if (number == 0 || (run->sessions_len > 0 && run->sessions[run->sessions_len - 1] == number))
        return RUN_OK;
    if (!RUN_RESERVE(run, sessions, 1))
        return RUN_NO_MEMORY;
    run->sessions[run->sessions_len++] = number;
    return RUN_OK;
}

/* Events that ride in a sample; one that is no event does not spoil the sample. */
static enum run_result run_take_events(struct run *run, const struct jsonl_value *events)
{
    if (!events || events->type != JSONL_ARRAY)
        return RUN_OK;
    const struct jsonl_value *v = events + 1;
    for (uint32_t i = 0; i < events->len; i++, v += v->span) {
        struct jsonl_event event;

        if (jsonl_event_read(v, &event, NULL) && run_take_event(run, &event, NULL) == RUN_NO_MEMORY)
            return RUN_NO_MEMORY;
    }
    return RUN_OK;
}

static enum run_result run_add_sample(struct run *run, const struct jsonl_value *root, struct jsonl_error *err)
{
    struct jsonl_sample in;
    struct run_sample s;
    enum run_result result = RUN_OK;

    if (!jsonl_sample_read(root, &in, err))
        return RUN_REFUSED;
    if (!RUN_RESERVE(run, samples, 1))
        return RUN_NO_MEMORY;
    s.ts = in.ts;
    for (size_t i = 0; i < RUN_METRICS; i++)
        s.metric[i] = run_in_parts(in.metric[run_sources[i]], run_parts[i]);
    run->samples[run->samples_len++] = s;
    run->last_ts = number_max(run->last_ts, in.ts);
    run->ram_total_gb = number_max(run->ram_total_gb, in.metric[JSONL_METRIC_ram_total_gb]);
    run->gpu_memory_gb = number_max(run->gpu_memory_gb, in.metric[JSONL_METRIC_gpu_mem_total_gb]);
    run->psi_some_max = number_max(run->psi_some_max, in.metric[JSONL_METRIC_psi_some]);
    run->psi_full_max = number_max(run->psi_full_max, in.metric[JSONL_METRIC_psi_full]);
    if (in.session)
        result = run_add_session(run, in.session);
    return result == RUN_OK ? run_take_events(run, in.events) : result;
}

enum run_result run_add(struct run *run, struct jsonl_rules *rules, const struct jsonl_value *root,
                        enum jsonl_kind kind, struct jsonl_error *err)
{
    enum run_result result = RUN_OK;

    if (kind == JSONL_KIND_TEST)
        result = run_add_test(run, root, err);
    else if (kind == JSONL_KIND_SAMPLE)
        result = run_add_sample(run, root, err);
    else if (kind == JSONL_KIND_EVENT)
        result = run_add_event(run, root, err);
    else if (kind == JSONL_KIND_LOG)
        result = run_add_log(run, rules, root, err);
    if (result == RUN_OK)
        run->kinds[kind]++;
    return result;
}

/* The other run's names in ours: names[number there] = number here. */
static uint32_t *run_translate(struct run *run, const struct run *other)
{
    uint32_t *numbers = calloc(other->names.len, sizeof *numbers);

    for (size_t i = 0; numbers && i < other->names.len; i++) {
        if (!jsonl_intern_add(&run->names, other->names.texts[i], &numbers[i])) {
            free(numbers);
            return NULL;
        }
    }
    return numbers;
}

bool run_merge(struct run *run, const struct run *other)
{
    uint32_t *numbers = run_translate(run, other);

    if (!numbers || !RUN_RESERVE(run, tests, other->tests_len) || !RUN_RESERVE(run, samples, other->samples_len) ||
        !RUN_RESERVE(run, events, other->events_len) || !RUN_RESERVE(run, kills, other->kills_len) ||
        !RUN_RESERVE(run, sessions, other->sessions_len)) {
        free(numbers);
        return false;
    }
    for (size_t i = 0; i < other->tests_len; i++) {
        struct run_test t = other->tests[i];
        uint32_t *const names[] = {&t.id, &t.model, &t.modality, &t.skip_reason, &t.version, &t.schema, &t.hardware};

        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            *names[k] = numbers[*names[k]];
        run->tests[run->tests_len++] = t;
    }
    for (size_t i = 0; i < other->events_len; i++) {
        struct run_event e = other->events[i];

        e.model = numbers[e.model];
        run->events[run->events_len++] = e;
    }
    for (size_t i = 0; i < other->sessions_len; i++)
        run->sessions[run->sessions_len++] = numbers[other->sessions[i]];
    if (other->kills_len > 0)
        memcpy(run->kills + run->kills_len, other->kills, other->kills_len * sizeof *other->kills);
    run->kills_len += other->kills_len;
    if (other->samples_len > 0)
        memcpy(run->samples + run->samples_len, other->samples, other->samples_len * sizeof *other->samples);
    run->samples_len += other->samples_len;
    for (size_t i = 0; i < JSONL_KINDS; i++)
        run->kinds[i] += other->kinds[i];
    run->ram_total_gb = number_max(run->ram_total_gb, other->ram_total_gb);
    run->gpu_memory_gb = number_max(run->gpu_memory_gb, other->gpu_memory_gb);
    run->psi_some_max = number_max(run->psi_some_max, other->psi_some_max);
    run->psi_full_max = number_max(run->psi_full_max, other->psi_full_max);
    run->last_ts = number_max(run->last_ts, other->last_ts);
    free(numbers);
    return true;
}

double *run_first_uses(const struct run *run)
{
    double *first = malloc(run->names.len * sizeof *first);

    for (size_t i = 0; first && i < run->names.len; i++)
        first[i] = NAN;
    for (size_t i = 0; first && i < run->tests_len; i++) {
        const struct run_test *t = &run->tests[i];

        if (t->outcome != JSONL_SKIPPED && t->model)
            first[t->model] = number_min(first[t->model], t->start);
    }
    return first;
}
