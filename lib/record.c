/* SPDX-License-Identifier: Apache-2.0
 * The kinds of records, and samples and events as structs. */
#include "record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct jsonl_metric_info jsonl_metrics[JSONL_METRICS] = {
#define METRIC_INFO(name, decimals, unit) {#name, unit, decimals},
    JSONL_SAMPLE_METRICS(METRIC_INFO)
#undef METRIC_INFO
};

const char *jsonl_kind_name(enum jsonl_kind kind)
{
    static const char *const names[JSONL_KINDS] = {
        [JSONL_KIND_SUMMARY] = "summary", [JSONL_KIND_TEST] = "test", [JSONL_KIND_SAMPLE] = "sample",
        [JSONL_KIND_EVENT] = "event",     [JSONL_KIND_LOG] = "log",   [JSONL_KIND_OTHER] = "other",
    };
    return names[kind];
}

/* The members that tell the kind. */
enum mark {
    MARK_SUMMARY,
    MARK_OUTCOME,
    MARK_SCHEMA_VERSION,
    MARK_TEST,
    MARK_TS,
    MARK_ELAPSED,
    MARK_EVENT,
    MARK_LEVEL,
    MARK_MSG,
    MARKS
};

/* Every key of every record comes by here, so most are told apart by their length alone. */
static enum mark mark_find(const struct jsonl_value *key)
{
    static const struct {
        const char *name;
        uint32_t len;
    } names[MARKS] = {
#define MARK(name) {name, sizeof name - 1}
        [MARK_SUMMARY] = MARK("summary"),
        [MARK_OUTCOME] = MARK("outcome"),
        [MARK_SCHEMA_VERSION] = MARK("schema_version"),
        [MARK_TEST] = MARK("test"),
        [MARK_TS] = MARK("ts"),
        [MARK_ELAPSED] = MARK("elapsed_s"),
        [MARK_EVENT] = MARK("event"),
        [MARK_LEVEL] = MARK("level"),
        [MARK_MSG] = MARK("msg"),
#undef MARK
    };
    for (enum mark m = 0; m < MARKS; m++)
        if (names[m].len == key->len && memcmp(names[m].name, key->u.str, key->len) == 0)
            return m;
    return MARKS;
}

enum jsonl_kind jsonl_kind(const struct jsonl_value *root)
{
    const struct jsonl_value *at[MARKS + 1] = {NULL};
    if (!root || root->type != JSONL_OBJECT)
        return JSONL_KIND_OTHER;
    for (const struct jsonl_value *key = root + 1; key < root + root->span; key += 1 + key[1].span)
        at[mark_find(key)] = key + 1;
    if (at[MARK_SUMMARY] && at[MARK_SUMMARY]->type == JSONL_OBJECT)
        return JSONL_KIND_SUMMARY;
    if (at[MARK_OUTCOME] || (at[MARK_SCHEMA_VERSION] && at[MARK_TEST]))
        return JSONL_KIND_TEST;
    if (at[MARK_TS] && at[MARK_TS]->type == JSONL_NUMBER && at[MARK_ELAPSED] && at[MARK_ELAPSED]->type == JSONL_NUMBER)
        return JSONL_KIND_SAMPLE;
    if (at[MARK_TS] && at[MARK_EVENT] && at[MARK_EVENT]->type == JSONL_STRING)
        return JSONL_KIND_EVENT;
    if (at[MARK_TS] && at[MARK_LEVEL] && at[MARK_MSG])
        return JSONL_KIND_LOG;
    return JSONL_KIND_OTHER;
}

struct jsonl_records *jsonl_records_new(void)
{
    static const char *const sample_names[] = {
#define METRIC_NAME(name, decimals, unit) #name,
        JSONL_SAMPLE_METRICS(METRIC_NAME)
#undef METRIC_NAME
            [SAMPLE_TS] = "ts",
        [SAMPLE_ELAPSED] = "elapsed_s",
        [SAMPLE_GPU_ACTIVE] = "gpu_active",
        [SAMPLE_GPUS] = "gpus",
        [SAMPLE_SESSION] = "session",
        [SAMPLE_EVENTS] = "events",
    };
    struct jsonl_records *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->sample_keys = jsonl_keys_new(sample_names, SAMPLE_MEMBERS);
    if (!r->sample_keys || !records_test_keys(r)) {
        jsonl_records_free(r);
        return NULL;
    }
    return r;
}

void jsonl_records_free(struct jsonl_records *r)
{
    if (!r)
        return;
    jsonl_keys_free(r->sample_keys);
    for (size_t i = 0; i < TEST_OBJECTS; i++)
        jsonl_keys_free(r->test_keys[i]);
    free(r);
}

static void sample_member(struct jsonl_sample *out, int member, const struct jsonl_value *v)
{
    if (member < JSONL_METRICS) {
        out->metric[member] = jsonl_number(v);
        return;
    }
    switch (member) {
    case SAMPLE_TS:
        out->ts = jsonl_number(v);
        break;
    case SAMPLE_ELAPSED:
        out->elapsed_s = jsonl_number(v);
        break;
    case SAMPLE_GPU_ACTIVE:
        out->gpu_active = v->type == JSONL_TRUE ? 1 : v->type == JSONL_FALSE ? 0 : -1;
        break;
    case SAMPLE_GPUS:
        out->gpus = v->type == JSONL_ARRAY ? v : NULL;
        break;
    case SAMPLE_SESSION:
        out->session = v->type == JSONL_OBJECT ? v : NULL;
        break;
    case SAMPLE_EVENTS:
        out->events = v->type == JSONL_ARRAY ? v : NULL;
        break;
    }
}

bool jsonl_sample_read(struct jsonl_records *r, const struct jsonl_value *root, struct jsonl_sample *out,
                       struct jsonl_error *err)
{
    *out = (struct jsonl_sample){.ts = NAN, .elapsed_s = NAN, .gpu_active = -1};
    for (size_t i = 0; i < JSONL_METRICS; i++)
        out->metric[i] = NAN;
    size_t position = 0;
    for (const struct jsonl_value *key = root + 1; key < root + root->span; key += 1 + key[1].span) {
        int member = jsonl_keys_find(r->sample_keys, position++, key);
        if (member >= 0)
            sample_member(out, member, key + 1);
    }
    if (isfinite(out->ts))
        return true;
    jsonl_error_set(err, "the sample's 'ts' is not a number of seconds");
    return false;
}

bool jsonl_event_read(const struct jsonl_value *root, struct jsonl_event *out, struct jsonl_error *err)
{
    *out = (struct jsonl_event){
        .ts = jsonl_time(jsonl_get(root, "ts")),
        .name = jsonl_text(jsonl_get(root, "event")),
        .model = jsonl_text(jsonl_get(root, "model")),
        .label = jsonl_text(jsonl_get(root, "label")),
    };
    if (!out->name.s)
        jsonl_error_set(err, "the event has no 'event' name");
    else if (!isfinite(out->ts))
        jsonl_error_set(err, "the event's 'ts' is neither a number of seconds nor an RFC 3339 time");
    else
        return true;
    return false;
}
