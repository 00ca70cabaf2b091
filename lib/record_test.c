/* SPDX-License-Identifier: Apache-2.0
 * A test record as a struct.  One table says which member goes where; a new member is a new row. */
#include "record.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const char *const jsonl_outcome_names[JSONL_OUTCOMES] = {
    [JSONL_PASSED] = "passed",
    [JSONL_FAILED] = "failed",
    [JSONL_SKIPPED] = "skipped",
};

/* What of a record is not a field of struct jsonl_test but decides some of them. */
struct raw {
    struct jsonl_test test;
    struct jsonl_text outcome;
    double timestamp; /* the end, epoch seconds */
    double start_ts, end_ts;
    double ram_peak_mb, swap_gb, zombies_detected; /* older names */
    struct jsonl_text model_identifier;
};

enum take { TAKE_TEXT, TAKE_NUMBER, TAKE_TIME, TAKE_FLAGS, TAKE_OBJECT };

struct member {
    const char *name;
    enum take take;
    size_t to; /* offset in struct raw; for TAKE_OBJECT the enum test_object */
};

#define RAW(field)   offsetof(struct raw, field)
#define FIELD(field) offsetof(struct raw, test.field)
enum { MEMBERS_MAX = 16 };

static const struct member members[TEST_OBJECTS][MEMBERS_MAX] = {
    [TEST_ROOT] = {{"schema_version", TAKE_TEXT, FIELD(schema_version)},
                   {"timestamp", TAKE_TIME, RAW(timestamp)},
                   {"mlx_knife_version", TAKE_TEXT, FIELD(suite_version)},
                   {"test", TAKE_TEXT, FIELD(id)},
                   {"outcome", TAKE_TEXT, RAW(outcome)},
                   {"duration", TAKE_NUMBER, FIELD(duration)},
                   {"test_start_ts", TAKE_NUMBER, RAW(start_ts)},
                   {"test_end_ts", TAKE_NUMBER, RAW(end_ts)},
                   {"model", TAKE_OBJECT, TEST_MODEL},
                   {"performance", TAKE_OBJECT, TEST_PERFORMANCE},
                   {"metadata", TAKE_OBJECT, TEST_METADATA},
                   {"system_health", TAKE_OBJECT, TEST_HEALTH},
                   {"system", TAKE_OBJECT, TEST_SYSTEM}},
    [TEST_MODEL] = {{"id", TAKE_TEXT, FIELD(model)},
                    {"size_gb", TAKE_NUMBER, FIELD(size_gb)},
                    {"family", TAKE_TEXT, FIELD(family)},
                    {"variant", TAKE_TEXT, FIELD(variant)},
                    {"framework", TAKE_TEXT, FIELD(framework)},
                    {"quantization", TAKE_TEXT, FIELD(quantization)}},
    [TEST_PERFORMANCE] = {{"tokens_per_sec", TAKE_NUMBER, FIELD(tokens_per_sec)},
                          {"prompt_tokens", TAKE_NUMBER, FIELD(prompt_tokens)},
                          {"completion_tokens", TAKE_NUMBER, FIELD(completion_tokens)},
                          {"duration_s", TAKE_NUMBER, FIELD(inference_s)},
                          {"model_load_time_s", TAKE_NUMBER, FIELD(load_s)},
                          {"time_to_first_token_s", TAKE_NUMBER, FIELD(ttft_s)},
                          {"cleanup_time_s", TAKE_NUMBER, FIELD(cleanup_s)},
                          {"peak_ram_gb", TAKE_NUMBER, FIELD(peak_ram_gb)},
                          {"stable_ram_gb", TAKE_NUMBER, FIELD(stable_ram_gb)},
                          {"ram_peak_mb", TAKE_NUMBER, RAW(ram_peak_mb)}},
    [TEST_METADATA] = {{"inference_modality", TAKE_TEXT, FIELD(modality)},
                       {"skip_reason", TAKE_TEXT, FIELD(skip_reason)}},
    [TEST_HEALTH] = {{"swap_used_mb", TAKE_NUMBER, FIELD(swap_mb)},
                     {"swap_gb", TAKE_NUMBER, RAW(swap_gb)},
                     {"ram_free_gb", TAKE_NUMBER, FIELD(ram_free_gb)},
                     {"zombie_processes", TAKE_NUMBER, FIELD(zombies)},
                     {"zombies_detected", TAKE_NUMBER, RAW(zombies_detected)},
                     {"quality_flags", TAKE_FLAGS, FIELD(quality)}},
    [TEST_SYSTEM] = {{"platform", TAKE_TEXT, FIELD(platform)},
                     {"platform_version", TAKE_TEXT, FIELD(platform_version)},
                     {"python_version", TAKE_TEXT, FIELD(python_version)},
                     {"hardware", TAKE_TEXT, FIELD(hardware)},
                     {"ram_total_gb", TAKE_NUMBER, FIELD(ram_total_gb)},
                     {"hardware_profile", TAKE_OBJECT, TEST_HARDWARE}},
    [TEST_HARDWARE] = {{"model", TAKE_TEXT, FIELD(hw_model)},
                       {"model_identifier", TAKE_TEXT, RAW(model_identifier)},
                       {"chip", TAKE_TEXT, FIELD(chip)},
                       {"cores_physical", TAKE_NUMBER, FIELD(cores_physical)},
                       {"cores_logical", TAKE_NUMBER, FIELD(cores_logical)},
                       {"gpu_cores", TAKE_NUMBER, FIELD(gpu_cores)}},
};

bool records_test_keys(struct jsonl_records *r)
{
    for (size_t object = 0; object < TEST_OBJECTS; object++) {
        const char *names[MEMBERS_MAX];
        size_t n = 0;
        for (; n < MEMBERS_MAX && members[object][n].name; n++)
            names[n] = members[object][n].name;
        r->test_keys[object] = jsonl_keys_new(names, n);
        if (!r->test_keys[object])
            return false;
    }
    return true;
}

static unsigned flags_read(const struct jsonl_value *array)
{
    static const struct {
        const char *name;
        unsigned flag;
    } flags[] = {{"clean", JSONL_CLEAN},
                 {"degraded_swap", JSONL_DEGRADED_SWAP},
                 {"degraded_zombies", JSONL_DEGRADED_ZOMBIES},
                 {"degraded_memory", JSONL_DEGRADED_MEMORY}};
    unsigned set = 0;
    if (array->type != JSONL_ARRAY)
        return 0;
    for (const struct jsonl_value *v = array + 1; v < array + array->span; v += v->span)
        for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
            if (jsonl_text_is(jsonl_text(v), flags[i].name))
                set |= flags[i].flag;
    return set;
}

static void object_read(struct jsonl_records *r, enum test_object object, const struct jsonl_value *v, struct raw *out)
{
    if (v->type != JSONL_OBJECT)
        return;
    out->test.has_health |= object == TEST_HEALTH;
    size_t position = 0;
    for (const struct jsonl_value *key = v + 1; key < v + v->span; key += 1 + key[1].span) {
        int found = jsonl_keys_find(r->test_keys[object], position++, key);
        if (found < 0)
            continue;
        const struct member *m = &members[object][found];
        void *to = (char *)out + m->to;
        struct jsonl_text text;
        double number;
        unsigned flags;
        switch (m->take) {
        case TAKE_TEXT:
            text = jsonl_text(key + 1);
            memcpy(to, &text, sizeof text);
            break;
        case TAKE_NUMBER:
        case TAKE_TIME:
            number = m->take == TAKE_TIME ? jsonl_time(key + 1) : jsonl_number(key + 1);
            memcpy(to, &number, sizeof number);
            break;
        case TAKE_FLAGS:
            flags = flags_read(key + 1);
            memcpy(to, &flags, sizeof flags);
            break;
        case TAKE_OBJECT: /* one level a table row, so the depth is bounded */
            object_read(r, (enum test_object)m->to, key + 1, out);
            break;
        }
    }
}

/* All numbers absent. */
static void raw_clear(struct raw *out)
{
    *out = (struct raw){.timestamp = NAN};
    out->start_ts = out->end_ts = out->ram_peak_mb = out->swap_gb = out->zombies_detected = NAN;
    for (size_t object = 0; object < TEST_OBJECTS; object++) {
        for (const struct member *m = members[object]; m < members[object] + MEMBERS_MAX && m->name; m++) {
            double absent = NAN;
            if (m->take == TAKE_NUMBER)
                memcpy((char *)out + m->to, &absent, sizeof absent);
        }
    }
}

/* [test_start_ts, test_end_ts] if both are there, else [timestamp - duration, timestamp]. */
static void when_it_ran(struct raw *raw)
{
    if (isfinite(raw->start_ts) && isfinite(raw->end_ts) && raw->start_ts <= raw->end_ts) {
        raw->test.start = raw->start_ts;
        raw->test.end = raw->end_ts;
    } else {
        raw->test.end = raw->timestamp;
        raw->test.start = raw->timestamp - (isfinite(raw->test.duration) ? raw->test.duration : 0);
    }
}

bool jsonl_test_read(struct jsonl_records *r, const struct jsonl_value *root, struct jsonl_test *out,
                     struct jsonl_error *err)
{
    struct raw raw;
    raw_clear(&raw);
    object_read(r, TEST_ROOT, root, &raw);
    when_it_ran(&raw);
    if (isnan(raw.test.peak_ram_gb))
        raw.test.peak_ram_gb = raw.ram_peak_mb / 1000;
    if (isnan(raw.test.swap_mb))
        raw.test.swap_mb = raw.swap_gb * 1000;
    if (isnan(raw.test.zombies))
        raw.test.zombies = raw.zombies_detected;
    if (!raw.test.hw_model.s)
        raw.test.hw_model = raw.model_identifier;
    *out = raw.test;
    if (!out->id.s) {
        jsonl_error_set(err, "the test record has no 'test', the test's id");
        return false;
    }
    for (enum jsonl_outcome o = 0; o < JSONL_OUTCOMES; o++) {
        if (jsonl_text_is(raw.outcome, jsonl_outcome_names[o])) {
            out->outcome = o;
            return true;
        }
    }
    jsonl_error_set(err, "the test's 'outcome' is not passed, failed or skipped");
    return false;
}
