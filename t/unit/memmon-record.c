/* SPDX-License-Identifier: Apache-2.0
 * Samples and summaries as JSON. */
#include "unit.h"

#include "../../memmon/record.h"
#include "../../memmon/session.h"
#include "../../memmon/summary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_writer *w;
static struct gpus gpus;
static const struct sample_parts parts = {.decimals = 3, .gpus = &gpus};

static void assert_text(struct jsonl_text text, const char *want)
{
    ck_assert_msg(jsonl_text_is(text, want), "got %.*s", (int)text.n, text.s ? text.s : "");
}

START_TEST(sample_leaves_out_what_is_not_known)
    {
        struct jsonl_sample sample;
        sample_init(&sample);
        sample.ts = 1795405267.5084;
        sample.elapsed_s = 0.2;
        w = jsonl_writer_new(-1);
        sample_write(&sample, &parts, w);
        assert_text(jsonl_writer_text(w), "{\"ts\":1795405267.508,\"elapsed_s\":0.200}\n");

        jsonl_writer_clear(w);
        sample.metric[JSONL_METRIC_ram_free_gb] = 24.6875;
        sample.metric[JSONL_METRIC_zombies] = 0;
        sample.metric[JSONL_METRIC_proc_count] = 3;
        sample.gpu_active = 0;
        struct sample_parts with_events = parts;
        with_events.events = (struct jsonl_text){"[{\"ts\":1,\"event\":\"mark\"}]", 25};
        sample_write(&sample, &with_events, w);
        assert_text(jsonl_writer_text(w),
                    "{\"ts\":1795405267.508,\"elapsed_s\":0.200,\"ram_free_gb\":24.69,\"gpu_active\":false,"
                    "\"proc_count\":3,\"zombies\":0,\"events\":[{\"ts\":1,\"event\":\"mark\"}]}\n");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(every_metric_is_written_under_its_name)
    {
        struct jsonl_sample sample, back;
        struct jsonl_error err;
        sample_init(&sample);
        for (size_t m = 0; m < JSONL_METRICS; m++)
            sample.metric[m] = m == JSONL_METRIC_memory_pressure ? 4 : (double)m + 1; /* of that there are three */
        sample.gpu_active = 1;
        w = jsonl_writer_new(-1);
        sample_write(&sample, &parts, w);
        struct jsonl_text text = jsonl_writer_text(w);
        struct jsonl_parser *parser = jsonl_parser_new();
        const struct jsonl_value *root = jsonl_parse(parser, text.s, text.n, &err);
        ck_assert_ptr_nonnull(root);
        ck_assert_int_eq(jsonl_kind(root), JSONL_KIND_SAMPLE);
        ck_assert(jsonl_sample_read(root, &back, &err));
        for (size_t m = 0; m < JSONL_METRICS; m++)
            ck_assert_double_eq(back.metric[m], sample.metric[m]);
        ck_assert_int_eq(back.gpu_active, 1);
        jsonl_parser_free(parser);
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(microseconds_where_milliseconds_would_be_the_same)
    {
        struct jsonl_sample sample;
        const struct sample_parts fast = {.decimals = sample_decimals(1000000)};
        sample_init(&sample);
        sample.ts = 1795405267.5084;
        sample.elapsed_s = 0.001025;
        w = jsonl_writer_new(-1);
        sample_write(&sample, &fast, w);
        assert_text(jsonl_writer_text(w), "{\"ts\":1795405267.508400,\"elapsed_s\":0.001025}\n");
        jsonl_writer_free(w);
        ck_assert_int_eq(sample_decimals(9999999), 6);
        ck_assert_int_eq(sample_decimals(10000000), 3);
    }
END_TEST

START_TEST(session_has_what_is_known)
    {
        struct session session = {.platform = "Linux",
                                  .cores_logical = 8,
                                  .ram_total_gb = NAN,
                                  .interval_ms = 12.5,
                                  .command = "sh -c 'exit 7'"};
        w = jsonl_writer_new(-1);
        session_write(&session, w);
        assert_text(jsonl_writer_text(w), "{\"platform\":\"Linux\",\"cores_logical\":8,\"interval_ms\":12.5,"
                                          "\"memmon_version\":\"" JSONL_VERSION "\",\"command\":\"sh -c 'exit 7'\"}");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(one_gpu_is_told_by_the_metrics)
    {
        struct jsonl_sample sample;
        const struct session session = {.interval_ms = 200, .gpus = &gpus};
        const struct sample_parts with_session = {.decimals = 3, .gpus = &gpus, .session = &session};
        sample_init(&sample);
        gpus = (struct gpus){.len = 1};
        gpus.gpu[0] = (struct gpu){"H200", 0, 0.6, 140.4, 104.3, 38, NAN};
        gpus_join(&gpus, &sample);
        w = jsonl_writer_new(-1);
        sample_write(&sample, &with_session, w);
        assert_text(
            jsonl_writer_text(w),
            "{\"ts\":0.000,\"elapsed_s\":0.000,\"gpu_active\":false,\"gpu_device_util\":0.0,\"gpu_mem_used_gb\":0.60,"
            "\"gpu_mem_total_gb\":140.40,\"gpu_power_w\":104.3,\"gpu_temp_c\":38.0,\"session\":{"
            "\"gpus\":[{\"name\":\"H200\",\"memory_total_gb\":140.40}],\"interval_ms\":200,"
            "\"memmon_version\":\"" JSONL_VERSION "\"}}\n");
        gpus.len = 0;
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(several_gpus_are_joined_and_told_each)
    {
        struct jsonl_sample sample;
        sample_init(&sample);
        gpus = (struct gpus){.len = 3};
        gpus.gpu[0] = (struct gpu){"a", 20, 1, 10, 100, 50, NAN};
        gpus.gpu[1] = gpu_unknown(); /* lost */
        gpus.gpu[2] = (struct gpu){"b", 70, 2, 20, NAN, 40, NAN};
        gpus_join(&gpus, &sample);
        ck_assert_int_eq(sample.gpu_active, 1);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_device_util], 70);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_mem_used_gb], 3);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_mem_total_gb], 30);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_power_w], 100);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_temp_c], 50);
        w = jsonl_writer_new(-1);
        jsonl_begin_object(w);
        gpus_write(&gpus, w);
        jsonl_end_object(w);
        assert_text(jsonl_writer_text(w),
                    "{\"gpus\":[{\"gpu_active\":true,\"gpu_device_util\":20.0,\"gpu_mem_used_gb\":1.00,\"gpu_mem_total_"
                    "gb\":10.00,"
                    "\"gpu_power_w\":100.0,\"gpu_temp_c\":50.0},{},{\"gpu_active\":true,\"gpu_device_util\":70.0,"
                    "\"gpu_mem_used_gb\":2.00,\"gpu_mem_total_gb\":20.00,\"gpu_temp_c\":40.0}]}");
        jsonl_writer_free(w);

        gpus.gpu[0] = gpus.gpu[2] = gpu_unknown();
        gpus_join(&gpus, &sample);
        ck_assert_int_eq(sample.gpu_active, -1);
        ck_assert(isnan(sample.metric[JSONL_METRIC_gpu_device_util]));
        ck_assert(isnan(sample.metric[JSONL_METRIC_gpu_power_w]));
        gpus.len = 0;
    }
END_TEST

START_TEST(command_is_quoted_for_a_shell)
    {
        static const struct {
            char *argv[4];
            const char *want;
        } cases[] = {
            {{"pytest", "-m", "live_e2e"}, "pytest -m live_e2e"},
            {{"sh", "-c", "exit 7"}, "sh -c 'exit 7'"},
            {{"echo", "", "it's"}, "echo '' 'it'\\''s'"},
            {{"a*", "$b", "~"}, "'a*' '$b' '~'"},
            {{"'"}, "''\\'''"},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            char *command = command_quote(cases[i].argv);
            ck_assert_str_eq(command, cases[i].want);
            free(command);
        }
    }
END_TEST

START_TEST(what_is_not_utf8_is_mended)
    {
        static const char *const bytes[] = {"\xff",     "a\xc3",        "\xe2\x82",         "\xf0\x9f\x98",  "\xc3(",
                                            "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "gr\xc3\xbc\xc3"};
        struct jsonl_parser *parser = jsonl_parser_new();
        struct jsonl_error err = {0};
        for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
            char word[16];
            char *const argv[] = {word, NULL};
            (void)snprintf(word, sizeof word, "%s", bytes[i]);
            char *command = command_quote(argv);
            const struct session session = {.command = command};
            w = jsonl_writer_new(-1);
            session_write(&session, w);
            struct jsonl_text text = jsonl_writer_text(w);
            const struct jsonl_value *root = jsonl_parse(parser, text.s, text.n, &err);
            ck_assert_msg(root != NULL, "%zu: %s", i, err.message);
            struct jsonl_text said = jsonl_text(jsonl_get(jsonl_get(root, "session"), "command"));
            if (!said.s)
                said = jsonl_text(jsonl_get(root, "command"));
            ck_assert(said.s && memmem(said.s, said.n, "\xef\xbf\xbd", 3));
            jsonl_writer_free(w);
            free(command);
        }
        jsonl_parser_free(parser);
    }
END_TEST

static void add(struct summary *s, double elapsed, double ram, double swap, double power, int64_t late)
{
    struct jsonl_sample sample;
    sample_init(&sample);
    sample.elapsed_s = elapsed;
    sample.metric[JSONL_METRIC_ram_free_gb] = ram;
    sample.metric[JSONL_METRIC_swap_used_mb] = swap;
    sample.metric[JSONL_METRIC_gpu_power_w] = power;
    summary_add(s, &sample, NAN, late);
}

START_TEST(summary_has_extremes_means_and_energy)
    {
        static struct summary s;
        add(&s, 0, 10, NAN, 100, 20);
        add(&s, 1, 8, 4, 200, 20);
        add(&s, 3, 12, 6, 100, 20);
        const struct summary_end end = {.duration_s = 3.2,
                                        .interval_ms = 1000,
                                        .missed = 1,
                                        .command = "x",
                                        .exit_code = 7,
                                        .cpu_s = 0.0123,
                                        .proc_peak_gb = NAN,
                                        .cgroup_peak_gb = NAN,
                                        .end_us = 1795405268508000};
        w = jsonl_writer_new(-1);
        summary_write(&s, &end, w);
        assert_text(
            jsonl_writer_text(w),
            "{\"summary\":{\"duration_s\":3.200,\"samples\":3,\"missed\":1,\"interval_ms\":1000,\"late_p50_ms\":0.000,"
            "\"late_p99_ms\":0.000,\"ram_free_min_gb\":8.00,\"ram_free_max_gb\":12.00,\"ram_free_avg_gb\":10.00,"
            "\"swap_max_mb\":6.0,\"swap_avg_mb\":5.0,\"gpu_energy_j\":450.0,\"exit_code\":7,\"command\":\"x\","
            "\"timestamp\":\"2026-11-23T03:41:08.508Z\",\"memmon_cpu_s\":0.012}}\n");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(a_peak_is_what_was_seen_or_what_was_there_between)
    {
        static const struct {
            double seen, told;
            const char *want;
        } cases[] = {{2, 3, "3.000"}, {2, 1, "2.000"}, {2, NAN, "2.000"}, {NAN, 3, "3.000"}, {NAN, NAN, NULL}};
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            static struct summary s;
            struct jsonl_sample sample;
            const struct summary_end end = {.proc_peak_gb = cases[i].told, .cgroup_peak_gb = cases[i].told};
            s = (struct summary){0};
            sample_init(&sample);
            sample.metric[JSONL_METRIC_proc_rss_gb] = sample.metric[JSONL_METRIC_cgroup_used_gb] = cases[i].seen;
            summary_add(&s, &sample, NAN, 0);
            w = jsonl_writer_new(-1);
            summary_write(&s, &end, w);
            char want[96] = "\"late_p99_ms\":0.000,\"timestamp\"";
            if (cases[i].want)
                (void)snprintf(want, sizeof want, "\"proc_peak_rss_gb\":%s,\"cgroup_peak_gb\":%s,", cases[i].want,
                               cases[i].want);
            ck_assert_ptr_nonnull(strstr(jsonl_writer_text(w).s, want));
            jsonl_writer_free(w);
        }
    }
END_TEST

START_TEST(no_process_has_had_nothing)
    {
        static const double cases[][2] = {{0, NAN}, {0, 0.0004}, {NAN, 0}};
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            static struct summary s;
            struct jsonl_sample sample;
            const struct summary_end end = {.proc_peak_gb = cases[i][1], .cgroup_peak_gb = NAN};
            s = (struct summary){0};
            sample_init(&sample);
            sample.metric[JSONL_METRIC_proc_rss_gb] = cases[i][0];
            summary_add(&s, &sample, NAN, 0);
            ck_assert(isnan(summary_proc_peak_gb(&s, &end)));
            w = jsonl_writer_new(-1);
            summary_write(&s, &end, w);
            ck_assert_ptr_null(strstr(jsonl_writer_text(w).s, "proc_peak_rss_gb"));
            jsonl_writer_free(w);
        }
    }
END_TEST

START_TEST(summary_of_a_signal_and_of_nothing)
    {
        static struct summary s;
        struct summary_end end = {.command = "x",
                                  .exit_code = -1,
                                  .signal = 15,
                                  .interval_ms = 200,
                                  .proc_peak_gb = NAN,
                                  .cgroup_peak_gb = NAN};
        w = jsonl_writer_new(-1);
        summary_write(&s, &end, w);
        assert_text(jsonl_writer_text(w),
                    "{\"summary\":{\"duration_s\":0.000,\"samples\":0,\"missed\":0,\"interval_ms\":200,"
                    "\"signal\":15,\"command\":\"x\",\"timestamp\":\"1970-01-01T00:00:00.000Z\","
                    "\"memmon_cpu_s\":0.000}}\n");
        jsonl_writer_clear(w);
        end.command = NULL;
        summary_write(&s, &end, w);
        ck_assert_ptr_null(strstr(jsonl_writer_text(w).s, "signal"));
        jsonl_writer_free(w);
    }
END_TEST

UNIT_MAIN("record", microseconds_where_milliseconds_would_be_the_same, sample_leaves_out_what_is_not_known,
          every_metric_is_written_under_its_name, session_has_what_is_known, one_gpu_is_told_by_the_metrics,
          several_gpus_are_joined_and_told_each, command_is_quoted_for_a_shell, what_is_not_utf8_is_mended,
          summary_has_extremes_means_and_energy, a_peak_is_what_was_seen_or_what_was_there_between,
          no_process_has_had_nothing, summary_of_a_signal_and_of_nothing)
