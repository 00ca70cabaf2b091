/* SPDX-License-Identifier: Apache-2.0
 * A test record as a struct.  One table says which member goes where; a new member is a new row. */
#include "record.h"

#include "no_memory.h"

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

enum take { TAKE_TEXT, TAKE_MODEL, TAKE_NUMBER, TAKE_SECONDS, TAKE_TIME, TAKE_FLAGS, TAKE_PRESENCE };

enum { TEST_TIMESTAMP = 1 }; /* its row in the table */

#define RAW(field)   offsetof(struct raw, field)
#define FIELD(field) offsetof(struct raw, test.field)

/* X(path, how it is taken, offset in struct raw). */
#define TEST_TABLE(X)                                                               \
    X("schema_version", TAKE_TEXT, FIELD(schema_version))                           \
    X("timestamp", TAKE_TIME, RAW(timestamp))                                       \
    X("mlx_knife_version", TAKE_TEXT, FIELD(suite_version))                         \
    X("test", TAKE_TEXT, FIELD(id))                                                 \
    X("outcome", TAKE_TEXT, RAW(outcome))                                           \
    X("duration", TAKE_NUMBER, FIELD(duration))                                     \
    X("test_start_ts", TAKE_SECONDS, RAW(start_ts))                                 \
    X("test_end_ts", TAKE_SECONDS, RAW(end_ts))                                     \
    X("model.id", TAKE_MODEL, FIELD(model))                                         \
    X("model.size_gb", TAKE_NUMBER, FIELD(size_gb))                                 \
    X("model.family", TAKE_TEXT, FIELD(family))                                     \
    X("model.variant", TAKE_TEXT, FIELD(variant))                                   \
    X("model.framework", TAKE_TEXT, FIELD(framework))                               \
    X("model.quantization", TAKE_TEXT, FIELD(quantization))                         \
    X("performance.tokens_per_sec", TAKE_NUMBER, FIELD(tokens_per_sec))             \
    X("performance.prompt_tokens", TAKE_NUMBER, FIELD(prompt_tokens))               \
    X("performance.completion_tokens", TAKE_NUMBER, FIELD(completion_tokens))       \
    X("performance.duration_s", TAKE_NUMBER, FIELD(inference_s))                    \
    X("performance.model_load_time_s", TAKE_NUMBER, FIELD(load_s))                  \
    X("performance.time_to_first_token_s", TAKE_NUMBER, FIELD(ttft_s))              \
    X("performance.cleanup_time_s", TAKE_NUMBER, FIELD(cleanup_s))                  \
    X("performance.peak_ram_gb", TAKE_NUMBER, FIELD(peak_ram_gb))                   \
    X("performance.stable_ram_gb", TAKE_NUMBER, FIELD(stable_ram_gb))               \
    X("performance.ram_peak_mb", TAKE_NUMBER, RAW(ram_peak_mb))                     \
    X("metadata.inference_modality", TAKE_TEXT, FIELD(modality))                    \
    X("metadata.skip_reason", TAKE_TEXT, FIELD(skip_reason))                        \
    X("system_health.swap_used_mb", TAKE_NUMBER, FIELD(swap_mb))                    \
    X("system_health.swap_gb", TAKE_NUMBER, RAW(swap_gb))                           \
    X("system_health.ram_free_gb", TAKE_NUMBER, FIELD(ram_free_gb))                 \
    X("system_health.zombie_processes", TAKE_NUMBER, FIELD(zombies))                \
    X("system_health.zombies_detected", TAKE_NUMBER, RAW(zombies_detected))         \
    X("system_health.quality_flags", TAKE_FLAGS, FIELD(quality))                    \
    X("system.platform", TAKE_TEXT, FIELD(platform))                                \
    X("system.platform_version", TAKE_TEXT, FIELD(platform_version))                \
    X("system.python_version", TAKE_TEXT, FIELD(python_version))                    \
    X("system.hardware", TAKE_TEXT, FIELD(hardware))                                \
    X("system.ram_total_gb", TAKE_NUMBER, FIELD(ram_total_gb))                      \
    X("system.hardware_profile.model", TAKE_TEXT, FIELD(hw_model))                  \
    X("system.hardware_profile.model_identifier", TAKE_TEXT, RAW(model_identifier)) \
    X("system.hardware_profile.chip", TAKE_TEXT, FIELD(chip))                       \
    X("system.hardware_profile.cores_physical", TAKE_NUMBER, FIELD(cores_physical)) \
    X("system.hardware_profile.cores_logical", TAKE_NUMBER, FIELD(cores_logical))   \
    X("system.hardware_profile.gpu_cores", TAKE_NUMBER, FIELD(gpu_cores))           \
    X("system_health", TAKE_PRESENCE, FIELD(has_health))

const char *const test_paths[] = {
#define PATH(path, take, to) path,
    TEST_TABLE(PATH)
#undef PATH
};
_Static_assert(sizeof test_paths / sizeof test_paths[0] == TEST_MEMBERS, "TEST_MEMBERS is the table's length");

static const struct {
    enum take take;
    size_t to;
} members[TEST_MEMBERS] = {
#define MEMBER(path, take, to) {take, to},
    TEST_TABLE(MEMBER)
#undef MEMBER
};

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

static void text_take(void *to, struct jsonl_text text)
{
    memcpy(to, &text, sizeof text);
}

static void number_take(void *to, double number)
{
    memcpy(to, &number, sizeof number);
}

static double usable(double ts)
{
    return jsonl_time_usable(ts) ? ts : (double)NAN;
}

/* Takes each member to its place; v is NULL where there is none. */
static void member_take(enum take take, void *to, const struct jsonl_value *v)
{
    bool present = v && v->type == JSONL_OBJECT;
    unsigned flags = 0;
    switch (take) {
    case TAKE_TEXT:
        text_take(to, jsonl_text(v));
        break;
    case TAKE_MODEL:
        text_take(to, jsonl_model_id(jsonl_text(v)));
        break;
    case TAKE_NUMBER:
        number_take(to, jsonl_amount(record_number(v)));
        break;
    case TAKE_SECONDS:
        number_take(to, usable(record_number(v)));
        break;
    case TAKE_TIME:
        number_take(to, usable(jsonl_time(v)));
        break;
    case TAKE_FLAGS:
        flags = v ? flags_read(v) : 0;
        memcpy(to, &flags, sizeof flags);
        break;
    case TAKE_PRESENCE:
        memcpy(to, &present, sizeof present);
        break;
    }
}

/* [test_start_ts, test_end_ts] if both are there, else [timestamp - duration, timestamp]. */
static void when_it_ran(struct raw *raw)
{
    if (raw->start_ts <= raw->end_ts) { /* so neither is absent */
        raw->test.start = raw->start_ts;
        raw->test.end = raw->end_ts;
    } else {
        raw->test.end = raw->timestamp;
        raw->test.start = usable(raw->timestamp - (raw->test.duration > 0 ? raw->test.duration : 0));
    }
}

static bool is_there(const struct jsonl_value *v)
{
    return v && v->type != JSONL_NULL;
}

bool jsonl_test_read(const struct jsonl_value *root, struct jsonl_test *out, struct jsonl_error *err)
{
    const struct record_tables *tables = record_tables();
    const struct jsonl_value *values[TEST_MEMBERS];
    struct raw raw = {.timestamp = NAN};
    if (!tables)
        return error_no_memory(err);
    jsonl_paths_find(tables->test, root, values);
    for (size_t i = 0; i < TEST_MEMBERS; i++)
        member_take(members[i].take, (char *)&raw + members[i].to, values[i]);
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
    if (isnan(out->end) && is_there(values[TEST_TIMESTAMP])) {
        jsonl_error_set(err, "the test's 'timestamp' " RECORD_NO_TIME);
        return false;
    }
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
