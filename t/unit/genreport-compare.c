/* SPDX-License-Identifier: Apache-2.0
 * What the comparison pairs, from lines in memory; what it makes of the pairs is in t/compare.t and t/power.t. */
#include "../../genreport/compare.h"
#include "../../genreport/panel.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_config config;

static void setup_once(void)
{
    if (config.compare_min_pairs == 0)
        ck_assert(jsonl_config_load(&config, NULL, NULL, NULL));
}

/* A test of a model (NULL: none) that ended at `end` (NAN: unknown). */
static void add(struct run *run, const char *id, const char *model, const char *outcome, double duration, double end)
{
    struct jsonl_parser *parser = jsonl_parser_new();
    struct jsonl_writer *w = jsonl_writer_new(-1);
    struct jsonl_error err;

    jsonl_begin_object(w);
    jsonl_key(w, "test");
    jsonl_cstring(w, id);
    jsonl_key(w, "outcome");
    jsonl_cstring(w, outcome);
    jsonl_key(w, "duration");
    jsonl_real(w, duration, JSONL_SHORTEST);
    if (!isnan(end)) {
        jsonl_key(w, "test_start_ts");
        jsonl_real(w, end - duration, JSONL_SHORTEST);
        jsonl_key(w, "test_end_ts");
        jsonl_real(w, end, JSONL_SHORTEST);
    }
    if (model) {
        jsonl_key(w, "model");
        jsonl_begin_object(w);
        jsonl_key(w, "id");
        jsonl_cstring(w, model);
        jsonl_end_object(w);
    }
    jsonl_end_object(w);
    struct jsonl_text line = jsonl_writer_text(w);
    const struct jsonl_value *root = jsonl_parse(parser, line.s, line.n, &err);
    ck_assert_msg(root != NULL, "%s", err.message);
    ck_assert_int_eq(run_add(run, NULL, root, jsonl_kind(root), &err), RUN_OK);
    jsonl_writer_free(w);
    jsonl_parser_free(parser);
}

/* A baseline and a run, and what comes of comparing them; `finished` frees all. */
struct pair {
    struct baseline old;
    struct run run;
    struct report report;
};

static void begin(struct pair *p)
{
    setup_once();
    memset(p, 0, sizeof *p);
    p->old.file = "old.jsonl";
    ck_assert(run_init(&p->old.run) && run_init(&p->run));
}

static const struct comparison *compare(struct pair *p)
{
    ck_assert(report_make(&p->report, &p->run, &config, NULL, 0, NAN));
    ck_assert(report_compare(&p->report, &p->run, &p->old, 1));
    return &p->report.comparison;
}

static void finished(struct pair *p)
{
    report_free(&p->report);
    run_free(&p->run);
    run_free(&p->old.run);
}

START_TEST(pairs_what_passed_on_both_sides)
    {
        struct pair p;

        begin(&p);
        add(&p.old.run, "t::both", "m", "passed", 1, NAN);
        add(&p.run, "t::both", "m", "passed", 2, NAN);
        add(&p.old.run, "t::broke", "m", "passed", 1, NAN);
        add(&p.run, "t::broke", NULL, "failed", 1, NAN); /* too early to name its model */
        add(&p.old.run, "t::other_model", "a", "passed", 1, NAN);
        add(&p.run, "t::other_model", "b", "passed", 1, NAN);
        add(&p.old.run, "t::gone", NULL, "passed", 1, NAN);
        add(&p.run, "t::come", NULL, "passed", 1, NAN);
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->pairs, 1);
        ck_assert_uint_eq(c->tests_all, 4);
        ck_assert_uint_eq(c->outcomes.len, 1);
        ck_assert(jsonl_text_is(c->outcomes.list[0].model, "m"));
        ck_assert_int_eq(c->outcomes.list[0].old, JSONL_PASSED);
        ck_assert_int_eq(c->outcomes.list[0].new_, JSONL_FAILED);
        ck_assert_uint_eq(c->added.len, 2);
        ck_assert_uint_eq(c->removed.len, 2);
        ck_assert(jsonl_text_is(c->added.list[0].id, "t::come"));
        ck_assert(jsonl_text_is(c->removed.list[1].model, "a"));
        ck_assert_uint_eq(c->models_len, 1);
        ck_assert_double_eq_tol(c->models[0].old, 1, 1e-12);
        ck_assert_double_eq_tol(c->models[0].new_, 2, 1e-12);
        ck_assert_double_eq_tol(c->models[0].effect, 1, 1e-12); /* one model: the run's effect is in it */
        ck_assert_int_eq(c->models[0].verdict, COMPARE_NOT_JUDGED);
        ck_assert_int_eq(c->models[0].reason, COMPARE_FEW_PAIRS);
        finished(&p);
    }
END_TEST

START_TEST(a_models_first_test_is_a_metric_of_its_own)
    {
        struct pair p;

        begin(&p);
        add(&p.old.run, "t::a", "m", "passed", 10, 110); /* cold */
        add(&p.old.run, "t::b", "m", "passed", 1, 120);
        add(&p.old.run, "t::c", "m", "passed", 1, 130);
        add(&p.run, "t::a", "m", "passed", 5, 1010); /* cold, too */
        add(&p.run, "t::b", "m", "passed", 1, 1020);
        add(&p.run, "t::c", "m", "passed", 4, 1030);
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->models_len, 2);
        ck_assert_int_eq(c->models[0].metric, COMPARE_DURATION);
        ck_assert_uint_eq(c->models[0].pairs, 2);
        ck_assert_double_eq_tol(c->models[0].new_, 2, 1e-12);
        ck_assert_int_eq(c->models[1].metric, COMPARE_COLD);
        ck_assert_uint_eq(c->models[1].pairs, 1);
        ck_assert_double_eq_tol(c->models[1].old, 10, 1e-9);
        /* The table of models takes both. */
        ck_assert_uint_eq(p.report.models[0].pairs, 3);
        ck_assert_double_eq_tol(p.report.models[0].old_s, 12, 1e-9);
        ck_assert_double_eq_tol(p.report.models[0].pairs_s, 10, 1e-9);
        finished(&p);
    }
END_TEST

START_TEST(what_was_cold_once_and_warm_then_is_no_pair)
    {
        struct pair p;

        begin(&p);
        add(&p.old.run, "t::a", "m", "passed", 10, 110);
        add(&p.old.run, "t::b", "m", "passed", 1, 120);
        add(&p.run, "t::b", "m", "passed", 8, 1010);
        add(&p.run, "t::a", "m", "passed", 1, 1020);
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->pairs, 2);
        ck_assert_uint_eq(c->models_len, 0);
        ck_assert(isnan(p.report.models[0].old_s));
        finished(&p);
    }
END_TEST

START_TEST(a_record_that_is_there_twice_counts_once)
    {
        struct pair p;

        begin(&p);
        for (int k = 0; k < 8; k++) {
            add(&p.old.run, "t::a", "m", "passed", 2, 100);
            add(&p.run, "t::a", "m", "passed", 4, 200 + (k % 2));
        }
        const struct comparison *c = compare(&p);
        /* Else there would be eight values on each side, and a verdict. */
        for (size_t i = 0; i < c->models_len; i++)
            ck_assert_int_eq(c->models[i].verdict, COMPARE_NOT_JUDGED);
        finished(&p);
    }
END_TEST

START_TEST(repeats_are_judged_by_ranks)
    {
        struct pair p;

        begin(&p);
        for (int k = 0; k < 8; k++) {
            add(&p.old.run, "t::a", "m", "passed", 2 + 0.01 * k, NAN);
            add(&p.run, "t::a", "m", "passed", 3 + 0.01 * k, NAN);
        }
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->models_len, 1);
        ck_assert_int_eq(c->models[0].basis, COMPARE_BY_REPEATS);
        ck_assert_int_eq(c->models[0].verdict, COMPARE_REGRESSED);
        ck_assert_uint_eq(c->models[0].pairs, 8);
        ck_assert_double_eq_tol(c->models[0].p, 2.0 / 12870, 1e-12); /* 2 / (16 over 8) */
        finished(&p);
    }
END_TEST

START_TEST(tests_without_a_model_are_compared_from_a_hundredth_of_a_second_on)
    {
        struct pair p;

        begin(&p);
        add(&p.old.run, "t::quick[1]", NULL, "passed", 0.0002, NAN);
        add(&p.run, "t::quick[1]", NULL, "passed", 0.0004, NAN);
        add(&p.old.run, "t::slow[1]", NULL, "passed", 0.02, NAN);
        add(&p.run, "t::slow[1]", NULL, "passed", 0.02, NAN);
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->pairs, 2);
        ck_assert_uint_eq(c->models_len, 0);
        ck_assert_uint_eq(c->tests_len, 1);
        ck_assert(jsonl_text_is(c->tests[0].name, "slow"));
        ck_assert(jsonl_text_is(c->tests[0].id, "t::slow"));
        finished(&p);
    }
END_TEST

START_TEST(tests_of_one_name_keep_their_whole_ids)
    {
        struct pair p;

        begin(&p);
        add(&p.old.run, "a.py::test_x", NULL, "passed", 1, NAN);
        add(&p.run, "a.py::test_x", NULL, "passed", 1, NAN);
        add(&p.old.run, "b.py::test_x", NULL, "passed", 1, NAN);
        add(&p.run, "b.py::test_x", NULL, "passed", 1, NAN);
        const struct comparison *c = compare(&p);
        ck_assert_uint_eq(c->tests_len, 2);
        ck_assert(jsonl_text_is(c->tests[0].name, "a.py::test_x"));
        ck_assert(jsonl_text_is(c->tests[1].name, "b.py::test_x"));
        finished(&p);
    }
END_TEST

START_TEST(recordings_are_named_like_their_tests)
    {
        static const struct {
            const char *file, *memory;
        } names[] = {
            {"benchmark.jsonl", "memory.jsonl"},
            {"runs/2026-01-01-benchmark.jsonl", "runs/2026-01-01-memory.jsonl"},
            {"benchmark/benchmark-benchmark.jsonl", "benchmark/benchmark-memory.jsonl"},
            {"benchmark/tests.jsonl", NULL},
            {"", NULL},
        };

        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            bool memory;
            char *name = baseline_memory_name(names[i].file, &memory);

            ck_assert(memory);
            ck_assert_pstr_eq(name, names[i].memory);
            free(name);
        }
    }
END_TEST

START_TEST(parameters_are_not_in_a_tests_base)
    {
        struct jsonl_text id = {"a.py::test_x[1-[2]]", 19}, odd = {"[x]", 3};

        ck_assert(jsonl_text_is(panel_test_base(id), "a.py::test_x"));
        ck_assert(jsonl_text_is(panel_test_base(odd), "[x]"));
        ck_assert(panel_test_base((struct jsonl_text){0}).s == NULL);
    }
END_TEST

UNIT_MAIN("genreport-compare", pairs_what_passed_on_both_sides, a_models_first_test_is_a_metric_of_its_own,
          what_was_cold_once_and_warm_then_is_no_pair, a_record_that_is_there_twice_counts_once,
          repeats_are_judged_by_ranks, tests_without_a_model_are_compared_from_a_hundredth_of_a_second_on,
          tests_of_one_name_keep_their_whole_ids, recordings_are_named_like_their_tests,
          parameters_are_not_in_a_tests_base)
