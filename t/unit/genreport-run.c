/* SPDX-License-Identifier: Apache-2.0
 * The fold and the report, from lines in memory: any order, and any parts merged, give the same report. */
#include "../../genreport/filename.h"
#include "../../genreport/format.h"
#include "../../genreport/report.h"
#include "../../genreport/run.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct jsonl_config config;
static struct jsonl_rules *rules;

static void setup_once(void)
{
    if (rules)
        return;
    ck_assert(jsonl_config_load(&config, NULL, NULL, NULL));
    rules = jsonl_rules_new(&config, NULL);
    ck_assert_ptr_nonnull(rules);
}

static enum run_result add(struct run *run, const char *line)
{
    struct jsonl_parser *parser = jsonl_parser_new();
    struct jsonl_error err;
    const struct jsonl_value *root = jsonl_parse(parser, line, strlen(line), &err);

    ck_assert_msg(root != NULL, "%s: %s", line, err.message);
    enum run_result result = run_add(run, rules, root, jsonl_kind(root), &err);
    jsonl_parser_free(parser);
    return result;
}

/* The report of a run, in memory that lives until the next call. */
static struct jsonl_text rendered(struct run *run, struct report *report)
{
    static struct jsonl_writer *w;

    jsonl_writer_free(w);
    w = jsonl_writer_new(-1);
    ck_assert(report_make(report, run, &config, NULL, 0, NAN));
    markdown_render(w, report);
    return jsonl_writer_text(w);
}

static const char *const lines[] = {
    ("{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test_a[1]\",\"outcome\":\"passed\","
     "\"mlx_knife_version\":\"2.0.10\","
     "\"timestamp\":\"2026-01-02T00:00:10Z\",\"duration\":4,\"model\":{\"id\":\"mlx-community/M\",\"size_gb\":12},"
     "\"metadata\":{\"inference_modality\":\"text\"}}"),
    ("{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test_a[2]\",\"outcome\":\"passed\",\"mlx_knife_version\":\"2.0."
     "9\","
     "\"timestamp\":\"2026-01-02T00:00:20Z\",\"duration\":2,\"model\":{\"id\":\"n\",\"size_gb\":2},"
     "\"metadata\":{\"inference_modality\":\"text\"}}"),
    ("{\"schema_version\":\"0.1.0\",\"test\":\"t.py::test_b\",\"outcome\":\"failed\","
     "\"timestamp\":\"2026-01-02T00:00:30Z\","
     "\"mlx_knife_version\":\"2.0.9\"}"),
    ("{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test_c\",\"outcome\":\"skipped\","
     "\"timestamp\":\"2026-01-02T00:00:31Z\","
     "\"mlx_knife_version\":\"2.0.9\",\"metadata\":{\"skip_reason\":\"Skipped: no disk\"}}"),
    ("{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test_server\",\"outcome\":\"passed\","
     "\"mlx_knife_version\":\"2.0.9\",\"timestamp\":\"2026-01-02T00:00:50Z\",\"duration\":10}"),
    "{\"ts\":1767312006,\"elapsed_s\":0,\"ram_free_gb\":20.5,\"swap_used_mb\":0}",
    "{\"ts\":1767312008,\"elapsed_s\":2,\"ram_free_gb\":18.25,\"swap_used_mb\":50}",
    "{\"ts\":1767312010,\"elapsed_s\":4,\"ram_free_gb\":19,\"swap_used_mb\":250.5}",
    "{\"ts\":1767312041,\"level\":\"INFO\",\"msg\":\"Switched to model: served/model\"}",
};
enum { LINES = sizeof lines / sizeof *lines };

START_TEST(works_out_what_the_lines_say)
    {
        struct run run;
        struct report r;

        setup_once();
        ck_assert(run_init(&run));
        for (size_t i = 0; i < LINES; i++)
            ck_assert_int_eq(add(&run, lines[i]), RUN_OK);
        rendered(&run, &r);
        ck_assert_uint_eq(r.totals.tests, 5);
        ck_assert_uint_eq(r.totals.outcomes[JSONL_PASSED], 3);
        ck_assert_uint_eq(r.totals.outcomes[JSONL_FAILED], 1);
        ck_assert_uint_eq(r.totals.outcomes[JSONL_SKIPPED], 1);
        ck_assert_uint_eq(r.totals.with_model, 2);
        ck_assert_uint_eq(r.totals.timed, 3);
        ck_assert_double_eq(r.totals.duration_s, 16);
        ck_assert_double_eq(r.first_s, 1767312006);
        ck_assert_double_eq(r.last_s, 1767312050);
        /* Versions are numbers, not texts. */
        ck_assert_uint_eq(r.versions.len, 2);
        ck_assert(jsonl_text_is(r.versions.list[0], "2.0.9"));
        /* Models by id, ignoring case; the organisation is gone. */
        ck_assert_uint_eq(r.models_len, 2);
        ck_assert(jsonl_text_is(r.models[0].label, "M"));
        ck_assert_int_eq(r.ram, REPORT_RAM_SAMPLES);
        ck_assert_double_eq(r.models[0].ram_gb.min, 18.25);
        ck_assert_double_eq(r.models[0].ram_gb.max, 20.5);
        ck_assert_uint_eq(r.models[1].ram_gb.n, 0);
        ck_assert_uint_eq(r.sizes[REPORT_MEDIUM].models, 1);
        ck_assert_uint_eq(r.sizes[REPORT_SMALL].models, 1);
        ck_assert_uint_eq(r.tests_len, 1);
        ck_assert_double_eq(r.tests[0].median_s, 3);
        ck_assert(jsonl_text_is(r.tests[0].fastest, "n"));
        ck_assert(jsonl_text_is(r.skips[0].reason, "no disk"));
        ck_assert(jsonl_text_is(r.failures[0].id, "t.py::test_b"));
        ck_assert(r.health.swap_grew);
        ck_assert_double_eq(r.health.swap_climb_mb, 250.5);
        ck_assert_uint_eq(r.servers_len, 1);
        ck_assert(jsonl_text_is(r.servers[0].models.list[0], "model"));
        report_free(&r);
        run_free(&run);
    }
END_TEST

static const char *const served[] = {
    "{\"ts\":100,\"event\":\"model_load\",\"model\":\"o/a\"}",
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::test_chat\",\"outcome\":\"passed\",\"mlx_knife_version\":\"1.0.0\","
    "\"timestamp\":\"1970-01-01T00:01:50Z\",\"duration\":10}",
    /* The model is still there, but nobody asked it. */
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::test_cpu\",\"outcome\":\"passed\",\"mlx_knife_version\":\"1.0.0\","
    "\"timestamp\":\"1970-01-01T00:02:10Z\",\"duration\":10}",
    /* A request is a word on it. */
    "{\"ts\":145,\"level\":\"INFO\",\"msg\":\"request\",\"model\":\"o/a\"}",
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::test_more\",\"outcome\":\"passed\",\"mlx_knife_version\":\"1.0.0\","
    "\"timestamp\":\"1970-01-01T00:02:30Z\",\"duration\":10}",
    /* So is the id. */
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::TestServer::test_z\",\"outcome\":\"passed\",\"mlx_knife_version\":"
    "\"1.0.0\",\"timestamp\":\"1970-01-01T00:02:50Z\",\"duration\":10}",
    "{\"ts\":200,\"event\":\"model_unload\",\"model\":\"o/a\"}",
    /* Its unload is none; and one that was never loaded can be named. */
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::test_stop\",\"outcome\":\"passed\",\"mlx_knife_version\":\"1.0.0\","
    "\"timestamp\":\"1970-01-01T00:03:21Z\",\"duration\":10}",
    "{\"ts\":\"1970-01-01T00:03:58Z\",\"level\":\"INFO\",\"msg\":\"request\",\"model\":\"o/b\"}",
    "{\"schema_version\":\"0.1.0\",\"test\":\"t::test_yet_more\",\"outcome\":\"passed\",\"mlx_knife_version\":\"1.0."
    "0\","
    "\"timestamp\":\"1970-01-01T00:04:00Z\",\"duration\":10}",
};

START_TEST(a_test_is_a_servers_if_the_log_or_its_id_says_so)
    {
        static const struct {
            const char *id, *model;
        } want[] = {
            {"t::test_chat", "a"}, {"t::test_more", "a"}, {"t::test_yet_more", "b"}, {"t::TestServer::test_z", "a"}};
        struct run run;
        struct report r;

        setup_once();
        ck_assert(run_init(&run));
        for (size_t i = 0; i < sizeof served / sizeof *served; i++)
            ck_assert_int_eq(add(&run, served[i]), RUN_OK);
        rendered(&run, &r);
        ck_assert_uint_eq(r.servers_len, sizeof want / sizeof *want);
        for (size_t i = 0; i < r.servers_len; i++) {
            ck_assert(jsonl_text_is(r.servers[i].id, want[i].id));
            ck_assert_uint_eq(r.servers[i].models.len, 1);
            ck_assert(jsonl_text_is(r.servers[i].models.list[0], want[i].model));
        }
        report_free(&r);
        run_free(&run);
    }
END_TEST

/* Every rotation of the lines, cut in two at every place, folded apart and merged in both orders. */
START_TEST(any_order_and_any_parts_give_the_same_report)
    {
        static char want[16384];

        setup_once();
        for (size_t shift = 0; shift < LINES; shift++) {
            for (size_t cut = 0; cut <= LINES; cut++) {
                struct run parts[2];
                struct report r;

                ck_assert(run_init(&parts[0]) && run_init(&parts[1]));
                for (size_t i = 0; i < LINES; i++)
                    add(&parts[i < cut], lines[(i + shift) % LINES]);
                ck_assert(run_merge(&parts[shift % 2], &parts[1 - shift % 2]));
                struct jsonl_text got = rendered(&parts[shift % 2], &r);
                if (!*want)
                    strncpy(want, got.s, sizeof want - 1);
                ck_assert_str_eq(got.s, want);
                ck_assert_uint_eq(parts[shift % 2].kinds[JSONL_KIND_TEST], 5);
                report_free(&r);
                run_free(&parts[0]);
                run_free(&parts[1]);
            }
        }
    }
END_TEST

/* A run with everything in it that a report has numbers for: `i` picks the line. */
enum {
    ROUNDS = 20,
    RICH_TESTS = 24,
    RICH_SAMPLES = 250,
    RICH_EVENTS = 8,
    RICH = RICH_TESTS + RICH_SAMPLES + RICH_EVENTS
};

static const char *rich_line(char *s, size_t room, size_t i, size_t machines)
{
    if (i < RICH_TESTS) {
        bool plain = i % 11 == 10; /* a server's */

        snprintf(
            s, room,
            "{\"schema_version\":\"0.2.2\",\"test\":\"t/a.py::test_%s[%zu]\",\"outcome\":\"%s\",\"mlx_knife_version\":"
            "\"2.1.0\",\"timestamp\":\"2026-01-02T00:00:00Z\",\"duration\":%.2f,\"test_start_ts\":%zu.5,\"test_end_"
            "ts\":"
            "%.2f%s%c%s,\"system\":{\"hardware_profile\":{\"model\":\"Mac%zu\"}}}",
            plain ? "server" : "x", i, i == 9 ? "failed" : "passed", i == 5 ? 1.25 : 8 + 0.1 * (double)(i % 5),
            1000 + 10 * i, 1000.5 + 10 * (double)i + (i == 5 ? 1.25 : 8 + 0.1 * (double)(i % 5)),
            plain ? "" : ",\"model\":{\"size_gb\":8,\"id\":\"o/M", plain ? ' ' : (char)('A' + i % 2),
            plain ? ""
                  : "\"},\"performance\":{\"tokens_per_sec\":25.5,\"completion_tokens\":99,\"model_load_time_s\":1.5,"
                    "\"time_to_first_token_s\":0.3,\"cleanup_time_s\":0.2,\"peak_ram_gb\":8.5},\"metadata\":"
                    "{\"inference_modality\":\"text\"},\"system_health\":{\"swap_used_mb\":3,\"ram_free_gb\":40,"
                    "\"zombie_processes\":1}",
            i * machines / RICH_TESTS);
    } else if (i < RICH_TESTS + RICH_SAMPLES) {
        size_t k = i - RICH_TESTS;
        bool busy = k % 10 >= 2;

        snprintf(s, room,
                 "{\"ts\":%zu,\"elapsed_s\":%zu,\"ram_free_gb\":%.2f,\"swap_used_mb\":%zu,\"zombies\":%d,\"memory_"
                 "pressure\":%d,\"psi_some\":%zu.5,\"psi_full\":%zu,"
                 "\"gpu_device_util\":%zu,\"gpu_renderer_util\":%zu,\"gpu_mem_used_gb\":%.1f,\"gpu_power_w\":%.1f}",
                 1000 + k, k, 60 - 0.02 * (double)k - (busy ? 9 : 0), k, k > 120,
                 k / 9 % 3 == 2 ? 4 : (int)(k / 9 % 3) + 1, k * 11 % 97, k % 41, k * 7 % 100, k * 3 % 100,
                 busy ? 9.1 : 0.6, 80 + (double)(k * 13 % 70) / 3);
    } else {
        size_t k = i - RICH_TESTS - RICH_SAMPLES;

        snprintf(s, room, "{\"ts\":%zu,\"event\":\"model_%sload\",\"model\":\"o/M%c\"}", 1101 + k * 3,
                 k % 2 ? "un" : "", (char)('A' + k / 2 % 2));
    }
    return s;
}

START_TEST(parts_that_are_merged_have_every_number_the_same)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        static char want[65536], line[2048];
        size_t order[RICH];
        uint32_t seed = 5;

        setup_once();
        for (size_t i = 0; i < RICH; i++)
            order[i] = i;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            size_t machines = round < ROUNDS ? 1 : 2;
            struct run parts[3];
            struct report r;

            for (size_t i = 0; i < 3; i++)
                ck_assert(run_init(&parts[i]));
            for (size_t i = RICH; round > 0 && i-- > 1;) {
                size_t k = (seed = seed * 1664525 + 1013904223) % (i + 1), t = order[i];

                order[i] = order[k];
                order[k] = t;
            }
            for (size_t i = 0; i < RICH; i++)
                ck_assert_int_eq(add(&parts[(seed = seed * 1664525 + 1013904223) >> 16 & 1],
                                     rich_line(line, sizeof line, order[i], machines)),
                                 RUN_OK);
            ck_assert(run_merge(&parts[2], &parts[round % 2]) && run_merge(&parts[2], &parts[1 - round % 2]));
            ck_assert(report_make(&r, &parts[2], &config, NULL, 0, NAN));
            /* Of machines that are mixed nothing is said that follows from the order of time. */
            ck_assert(r.leak.found == (machines == 1) && (r.schedule.priced > 10) == (machines == 1));
            ck_assert_uint_eq(r.machines_len, machines == 1 ? 0 : 2);
            ck_assert(r.outliers_len == 1 && r.zombies.max == 1 && r.loads.len == 2 && r.servers_len == 1);
            ck_assert(r.performance[0].net_tests > 5);
            ck_assert(r.pressure.critical && r.pressure.warn_us > 0 && r.pressure.tests_critical > 9);
            ck_assert(r.pressure.psi_some_max == 96.5 && r.pressure.psi_full_max == 40);
            ck_assert(r.performance[1].gpu_j_per_1000_tokens > 0 && r.memory[1].gpu_mem_use_gb.max > 8);
            jsonl_writer_clear(w);
            ck_assert(json_render(w, &r) && csv_render(w, &r) && markdown_render(w, &r));
            struct jsonl_text got = jsonl_writer_text(w);
            ck_assert_uint_lt(got.n, sizeof want);
            if (round % ROUNDS == 0)
                memcpy(want, got.s, got.n + 1);
            ck_assert_str_eq(got.s, want);
            report_free(&r);
            for (size_t i = 0; i < 3; i++)
                run_free(&parts[i]);
        }
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(refuses_records_that_lack_what_makes_them_useful)
    {
        struct run run;

        setup_once();
        ck_assert(run_init(&run));
        ck_assert_int_eq(add(&run, "{\"outcome\":\"exploded\",\"test\":\"x\"}"), RUN_REFUSED);
        ck_assert_int_eq(add(&run, "{\"outcome\":\"passed\"}"), RUN_REFUSED);
        ck_assert_int_eq(add(&run, "{\"ts\":1e18,\"elapsed_s\":0}"), RUN_REFUSED);
        ck_assert_int_eq(add(&run, "{\"ts\":-1e300,\"event\":\"mark\"}"), RUN_REFUSED);
        ck_assert_int_eq(add(&run, "{\"neither\":\"nor\"}"), RUN_OK);
        ck_assert_uint_eq(run.tests_len, 0);
        ck_assert_uint_eq(run.kinds[JSONL_KIND_OTHER], 1);
        run_free(&run);
    }
END_TEST

START_TEST(an_absent_metric_is_not_zero)
    {
        struct run run;

        setup_once();
        ck_assert(run_init(&run));
        ck_assert_int_eq(add(&run, "{\"ts\":1,\"elapsed_s\":0}"), RUN_OK);
        for (size_t i = 0; i < RUN_METRICS; i++)
            ck_assert_int_eq(run.samples[0].metric[i], RUN_ABSENT);
        ck_assert_int_eq(add(&run, "{\"ts\":1,\"elapsed_s\":0,\"zombies\":0,\"swap_used_mb\":1e300}"), RUN_OK);
        ck_assert_int_eq(run.samples[1].metric[RUN_zombies], 0);
        ck_assert_int_eq(run.samples[1].metric[RUN_swap_used_mb], RUN_ABSENT);
        ck_assert_int_eq(add(&run, "{\"ts\":1,\"elapsed_s\":0,\"ram_free_gb\":-1}"), RUN_OK);
        ck_assert_int_eq(run.samples[2].metric[RUN_ram_free_gb], RUN_ABSENT);
        run_free(&run);
    }
END_TEST

START_TEST(names_its_file_without_leaving_the_folder)
    {
        struct jsonl_text versions[] = {{"../../etc/x", 11}, {"2.0.4", 5}};
        struct report r = {.versions = {versions + 1, 1}, .first_s = 1795398548};
        char name[FILENAME_SIZE];

        filename_of_report(name, &r, ".md");
        ck_assert_str_eq(name, "BENCHMARK-v1.2-2.0.4-2026-11-23.md");
        r.versions = (struct report_texts){versions, 2};
        r.first_s = NAN;
        filename_of_report(name, &r, ".md");
        ck_assert_str_eq(name, "BENCHMARK-v1.2-.._.._etc_x-2.0.4-unknown.md");
        r.versions.len = 0;
        filename_of_report(name, &r, ".md");
        ck_assert_str_eq(name, "BENCHMARK-v1.2-unknown-unknown.md");
    }
END_TEST

UNIT_MAIN("genreport-run", works_out_what_the_lines_say, a_test_is_a_servers_if_the_log_or_its_id_says_so,
          any_order_and_any_parts_give_the_same_report, parts_that_are_merged_have_every_number_the_same,
          refuses_records_that_lack_what_makes_them_useful, an_absent_metric_is_not_zero,
          names_its_file_without_leaving_the_folder)
