/* SPDX-License-Identifier: Apache-2.0
 * Kinds of records, samples, tests, events, and the names that people read. */
#include "jsonl.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct jsonl_parser *parser;
static struct jsonl_error err;

static const struct jsonl_value *parse(const char *line)
{
    if (!parser)
        parser = jsonl_parser_new();
    const struct jsonl_value *v = jsonl_parse(parser, line, strlen(line), &err);
    ck_assert_msg(v != NULL, "%s: %s", line, err.message);
    return v;
}

START_TEST(tells_the_kind_in_the_order_of_the_format)
    {
        static const struct {
            const char *line;
            enum jsonl_kind kind;
        } cases[] = {
            {"{\"summary\":{}}", JSONL_KIND_SUMMARY},
            {"{\"summary\":{},\"outcome\":\"passed\"}", JSONL_KIND_SUMMARY},
            {"{\"summary\":1,\"outcome\":\"passed\"}", JSONL_KIND_TEST},
            {"{\"outcome\":null}", JSONL_KIND_TEST},
            {"{\"schema_version\":\"0.1.0\",\"test\":\"t\"}", JSONL_KIND_TEST},
            {"{\"schema_version\":\"0.1.0\"}", JSONL_KIND_OTHER},
            {"{\"ts\":1,\"elapsed_s\":0,\"event\":\"x\"}", JSONL_KIND_SAMPLE},
            {"{\"ts\":\"1\",\"elapsed_s\":0}", JSONL_KIND_OTHER},
            {"{\"ts\":\"2026-11-23T00:00:00Z\",\"event\":\"mark\"}", JSONL_KIND_EVENT},
            {"{\"ts\":1,\"event\":\"x\",\"level\":\"INFO\",\"msg\":\"m\"}", JSONL_KIND_EVENT},
            {"{\"ts\":1,\"event\":5,\"level\":\"INFO\",\"msg\":\"m\"}", JSONL_KIND_LOG},
            {"{\"ts\":1,\"level\":\"INFO\",\"msg\":\"m\"}", JSONL_KIND_LOG},
            {"{}", JSONL_KIND_OTHER},
            {"[]", JSONL_KIND_OTHER},
            {"1", JSONL_KIND_OTHER},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            ck_assert_msg(jsonl_kind(parse(cases[i].line)) == cases[i].kind, "%s", cases[i].line);
    }
END_TEST

START_TEST(reads_a_sample_and_leaves_absent_what_is_absent)
    {
        struct jsonl_sample s;
        ck_assert(jsonl_sample_read(parse("{\"ts\":5.5,\"elapsed_s\":0.2,\"ram_free_gb\":12.5,\"load_1\":null,"
                                          "\"cpu_user\":\"high\",\"gpu_active\":false,\"events\":[]}"),
                                    &s, &err));
        ck_assert_double_eq(s.ts, 5.5);
        ck_assert_double_eq(s.metric[JSONL_METRIC_ram_free_gb], 12.5);
        ck_assert(isnan(s.metric[JSONL_METRIC_load_1]));
        ck_assert(isnan(s.metric[JSONL_METRIC_cpu_user]));
        ck_assert(isnan(s.metric[JSONL_METRIC_swap_used_mb]));
        ck_assert_int_eq(s.gpu_active, 0);
        ck_assert_ptr_nonnull(s.events);
        ck_assert_ptr_null(s.session);
        ck_assert(jsonl_sample_read(parse("{\"ts\":5,\"elapsed_s\":1}"), &s, &err));
        ck_assert_int_eq(s.gpu_active, -1);
    }
END_TEST

START_TEST(reads_each_metric_by_its_name)
    {
        for (int m = 0; m < JSONL_METRICS; m++) {
            char line[128];
            struct jsonl_sample s;
            int value = m == JSONL_METRIC_memory_pressure ? 4 : m + 1;
            snprintf(line, sizeof line, "{\"ts\":1,\"elapsed_s\":0,\"%s\":%d}", jsonl_metrics[m].name, value);
            ck_assert(jsonl_sample_read(parse(line), &s, &err));
            ck_assert_double_eq(s.metric[m], value);
        }
    }
END_TEST

START_TEST(reads_a_test)
    {
        struct jsonl_test t;
        static const char line[] =
            "{\"schema_version\":\"0.2.2\",\"timestamp\":\"2026-11-23T01:49:22.5+00:00\",\"mlx_knife_version\":\"2.0."
            "4\","
            "\"test\":\"a.py::t[x]\",\"outcome\":\"failed\",\"duration\":2.5,\"model\":{\"id\":\"m/x\",\"size_gb\":4},"
            "\"performance\":{\"ram_peak_mb\":1500,\"tokens_per_sec\":7},\"metadata\":{\"inference_modality\":\"text\"}"
            ","
            "\"system_health\":{\"swap_gb\":0.5,\"zombies_detected\":2,\"quality_flags\":[\"degraded_swap\",\"clean\","
            "7]},"
            "\"system\":{\"hardware_profile\":{\"model_identifier\":\"Mac14\",\"chip\":\"M2\"}}}";
        ck_assert(jsonl_test_read(parse(line), &t, &err));
        ck_assert_int_eq(t.outcome, JSONL_FAILED);
        ck_assert_double_eq(t.end, 1795398562.5);
        ck_assert_double_eq(t.start, 1795398560.0);
        ck_assert(jsonl_text_is(t.model, "m/x") && jsonl_text_is(t.modality, "text") && jsonl_text_is(t.chip, "M2"));
        ck_assert(jsonl_text_is(t.hw_model, "Mac14"));
        ck_assert_double_eq(t.size_gb, 4);
        ck_assert_double_eq(t.peak_ram_gb, 1.5);
        ck_assert_double_eq(t.swap_mb, 500);
        ck_assert_double_eq(t.zombies, 2);
        ck_assert_uint_eq(t.quality, JSONL_DEGRADED_SWAP | JSONL_CLEAN);
        ck_assert(t.has_health);
        ck_assert(isnan(t.load_s));
    }
END_TEST

START_TEST(knows_when_a_test_ran)
    {
        struct jsonl_test t;
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":\"1970-01-01T00:01:40Z\","
                                        "\"duration\":7,\"test_start_ts\":10,\"test_end_ts\":12}"),
                                  &t, &err));
        ck_assert(t.start <= 10 && t.start >= 10 && t.end <= 12 && t.end >= 12);
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":\"1970-01-01T00:01:40Z\","
                                        "\"duration\":7,\"test_start_ts\":10}"),
                                  &t, &err));
        ck_assert_double_eq(t.start, 93);
        ck_assert_double_eq(t.end, 100);
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\"}"), &t, &err));
        ck_assert(isnan(t.start) && isnan(t.end) && isnan(t.duration) && !t.has_health);
    }
END_TEST

START_TEST(takes_a_number_beyond_the_doubles_for_absent)
    {
        struct jsonl_sample s;
        struct jsonl_test t;
        ck_assert(
            jsonl_sample_read(parse("{\"ts\":1,\"elapsed_s\":1e999,\"load_1\":-1e999,\"proc_cpu\":1e11}"), &s, &err));
        ck_assert(isnan(s.elapsed_s) && isnan(s.metric[JSONL_METRIC_load_1]));
        ck_assert_double_eq(s.metric[JSONL_METRIC_proc_cpu], 1e11);
        ck_assert(!jsonl_sample_read(parse("{\"ts\":1e999,\"elapsed_s\":0}"), &s, &err));
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":100,\"duration\":1e999,"
                                        "\"performance\":{\"tokens_per_sec\":1e999}}"),
                                  &t, &err));
        ck_assert(isnan(t.duration) && isnan(t.tokens_per_sec));
        ck_assert_double_eq(t.start, 100);
        ck_assert_double_eq(t.end, 100);
    }
END_TEST

START_TEST(takes_what_cannot_be_for_absent)
    {
        struct jsonl_sample s;
        struct jsonl_test t;
        struct jsonl_event e;
        ck_assert(
            jsonl_sample_read(parse("{\"ts\":1,\"elapsed_s\":0,\"ram_free_gb\":-3,\"cpu_user\":4000,\"cpu_sys\":100,"
                                    "\"proc_cpu\":800,\"gpu_temp_c\":-5,\"load_1\":1e12,\"memory_pressure\":3}"),
                              &s, &err));
        ck_assert(isnan(s.metric[JSONL_METRIC_memory_pressure]));
        ck_assert(isnan(s.metric[JSONL_METRIC_ram_free_gb]) && isnan(s.metric[JSONL_METRIC_cpu_user]));
        ck_assert(isnan(s.metric[JSONL_METRIC_load_1]));
        ck_assert_double_eq(s.metric[JSONL_METRIC_cpu_sys], 100);
        ck_assert_double_eq(s.metric[JSONL_METRIC_proc_cpu], 800);
        ck_assert_double_eq(s.metric[JSONL_METRIC_gpu_temp_c], -5);
        ck_assert(jsonl_sample_read(parse("{\"ts\":253402300799.5,\"elapsed_s\":0}"), &s, &err));
        ck_assert(!jsonl_sample_read(parse("{\"ts\":253402300800,\"elapsed_s\":0}"), &s, &err));
        ck_assert(!jsonl_sample_read(parse("{\"ts\":-5,\"elapsed_s\":0}"), &s, &err));
        ck_assert_str_eq(err.message, "the sample's 'ts' is not a time between the years 1970 and 9999");
        ck_assert(!jsonl_event_read(parse("{\"ts\":\"1969-12-31\",\"event\":\"mark\"}"), &e, &err));
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"duration\":-1,\"test_start_ts\":-5,"
                                        "\"test_end_ts\":1,\"timestamp\":null}"),
                                  &t, &err));
        ck_assert(isnan(t.duration) && isnan(t.start) && isnan(t.end));
        ck_assert(!jsonl_test_read(
            parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":\"2026-13-23T01:49:36Z\"}"), &t, &err));
        ck_assert_str_eq(err.message, "the test's 'timestamp' is not a time between the years 1970 and 9999");
    }
END_TEST

START_TEST(a_slash_at_the_end_makes_no_other_model)
    {
        struct jsonl_test t;
        struct jsonl_event e;
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"model\":{\"id\":\"/w/qwen//\"}}"), &t,
                                  &err));
        ck_assert(jsonl_text_is(t.model, "/w/qwen"));
        ck_assert(jsonl_event_read(parse("{\"ts\":1,\"event\":\"model_load\",\"model\":\"/w/qwen/\"}"), &e, &err));
        ck_assert(jsonl_text_is(e.model, "/w/qwen"));
    }
END_TEST

START_TEST(a_test_does_not_end_before_it_starts)
    {
        struct jsonl_test t;
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":100,\"duration\":-7}"),
                                  &t, &err));
        ck_assert(t.start <= t.end);
        ck_assert(jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"passed\",\"timestamp\":100,\"duration\":7,"
                                        "\"test_start_ts\":12,\"test_end_ts\":10}"),
                                  &t, &err));
        ck_assert_double_eq(t.start, 93);
        ck_assert_double_eq(t.end, 100);
    }
END_TEST

START_TEST(records_that_are_no_objects_are_of_no_use)
    {
        static const char *const lines[] = {"[1,2]", "[]", "1", "\"ts\"", "null"};
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
            struct jsonl_sample s;
            struct jsonl_test t;
            struct jsonl_event e;
            ck_assert(!jsonl_sample_read(parse(lines[i]), &s, &err));
            ck_assert(!jsonl_test_read(parse(lines[i]), &t, &err));
            ck_assert(!jsonl_event_read(parse(lines[i]), &e, &err));
        }
    }
END_TEST

START_TEST(refuses_records_that_are_of_no_use)
    {
        struct jsonl_test t;
        struct jsonl_event e;
        ck_assert(!jsonl_test_read(parse("{\"outcome\":\"passed\"}"), &t, &err));
        ck_assert_str_eq(err.message, "the test record has no 'test', the test's id");
        ck_assert(!jsonl_test_read(parse("{\"test\":\"t\",\"outcome\":\"ok\"}"), &t, &err));
        ck_assert_str_eq(err.message, "the test's 'outcome' is not passed, failed or skipped");
        ck_assert(!jsonl_event_read(parse("{\"event\":\"x\",\"ts\":\"soon\"}"), &e, &err));
        ck_assert(!jsonl_event_read(parse("{\"ts\":1}"), &e, &err));
        ck_assert(jsonl_event_read(parse("{\"event\":\"mark\",\"ts\":1,\"label\":\"here\"}"), &e, &err));
        ck_assert(jsonl_text_is(e.label, "here") && !e.model.s);
    }
END_TEST

static bool named(struct jsonl_text t, const char *want)
{
    return jsonl_text_is(t, want);
}

START_TEST(shortens_names)
    {
        char prefix[] = "mlx-community/";
        char *prefixes[] = {prefix};
        struct jsonl_config config = {.strip_model_prefix = prefixes, .strip_model_prefix_len = 1};
#define TEXT(s) ((struct jsonl_text){s, sizeof s - 1})
        ck_assert(named(jsonl_test_name(TEXT("a/b.py::TestX::test_y[p::q-1]")), "test_y"));
        ck_assert(named(jsonl_test_name(TEXT("b.py::test_z")), "test_z"));
        ck_assert(named(jsonl_test_name(TEXT("plain")), "plain"));
        ck_assert(named(jsonl_test_name(TEXT("[x]")), "[x]"));
        ck_assert(named(jsonl_test_name(TEXT("t[a] b")), "t[a] b"));
        ck_assert(named(jsonl_model_name(&config, TEXT("mlx-community/Phi-4")), "Phi-4"));
        ck_assert(named(jsonl_model_name(&config, TEXT("mlx-community/")), "mlx-community/"));
        ck_assert(named(jsonl_model_name(&config, TEXT("org/Phi-4")), "Phi-4"));
        ck_assert(named(jsonl_model_name(&config, TEXT("a/b/c")), "a/b/c"));
        ck_assert(named(jsonl_model_name(&config, TEXT("org/")), "org/"));
        ck_assert(named(jsonl_model_name(&config, TEXT("Phi-4")), "Phi-4"));
        ck_assert(named(jsonl_model_name(&config, TEXT("/home/x/models/Phi-4/")), "Phi-4"));
        ck_assert(named(jsonl_model_name(&config, TEXT("./Phi-4")), "Phi-4"));
        ck_assert(named(jsonl_model_name(&config, TEXT("~/w/Phi")), "Phi"));
        ck_assert(named(jsonl_model_name(&config, TEXT("$HOME_OF/Vibe-8bit")), "Vibe-8bit"));
        ck_assert(named(jsonl_model_name(&config, TEXT("/")), "/"));
#undef TEXT
    }
END_TEST

UNIT_MAIN("record", tells_the_kind_in_the_order_of_the_format, reads_a_sample_and_leaves_absent_what_is_absent,
          reads_each_metric_by_its_name, reads_a_test, knows_when_a_test_ran,
          takes_a_number_beyond_the_doubles_for_absent, takes_what_cannot_be_for_absent,
          a_slash_at_the_end_makes_no_other_model, a_test_does_not_end_before_it_starts,
          records_that_are_no_objects_are_of_no_use, refuses_records_that_are_of_no_use, shortens_names)
