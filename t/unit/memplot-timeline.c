/* SPDX-License-Identifier: Apache-2.0 */
#include "../../memplot/timeline.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TEXT(literal) ((struct jsonl_text){literal, sizeof literal - 1})

enum { RAM_FREE = 0 }; /* first of series_table */

static struct jsonl_sample sample_at(double ts, double elapsed, double ram)
{
    struct jsonl_sample s = {.ts = ts, .elapsed_s = elapsed, .gpu_active = -1};
    for (size_t i = 0; i < JSONL_METRICS; i++)
        s.metric[i] = NAN;
    s.metric[JSONL_METRIC_ram_free_gb] = ram;
    return s;
}

static void add_sample(struct timeline *t, double ts, double elapsed, double ram)
{
    struct jsonl_sample s = sample_at(ts, elapsed, ram);
    ck_assert(timeline_add_sample(t, &s));
}

static void add_test(struct timeline *t, double start, double end, struct jsonl_text id, struct jsonl_text model)
{
    struct jsonl_test test = {.id = id,
                              .model = model,
                              .start = start,
                              .end = end,
                              .duration = NAN,
                              .outcome = JSONL_PASSED,
                              .tokens_per_sec = NAN,
                              .ttft_s = NAN};
    ck_assert(timeline_add_test(t, &test));
}

static void add_event(struct timeline *t, double ts, struct jsonl_text name, struct jsonl_text model)
{
    ck_assert(timeline_add_event(t, &(struct jsonl_event){.ts = ts, .name = name, .model = model}));
}

static const struct jsonl_text none = {NULL, 0};

static const char *name_of(const struct timeline *t, int32_t name)
{
    return name == NAME_NONE ? "(none)" : names_text(&t->names, name).s;
}

START_TEST(puts_samples_in_order_with_their_values)
    {
        struct timeline t;
        timeline_init(&t);
        add_sample(&t, 30, 2, 3);
        add_sample(&t, 10, 0, 1);
        add_sample(&t, 20, 1, NAN);
        ck_assert(timeline_finish(&t));
        const double ts[] = {10, 20, 30};
        ck_assert(!memcmp(t.ts, ts, sizeof ts));
        ck_assert_double_eq(t.column[RAM_FREE][0], 1);
        ck_assert(isnan(t.column[RAM_FREE][1]));
        ck_assert_double_eq(t.column[RAM_FREE][2], 3);
        ck_assert_double_eq(t.start, 10);
        ck_assert_double_eq(t.end, 30);
        timeline_free(&t);
    }
END_TEST

START_TEST(keeps_no_column_that_no_sample_has)
    {
        struct timeline t;
        timeline_init(&t);
        add_sample(&t, 1, 0, 5);
        ck_assert(timeline_finish(&t));
        for (size_t i = 0; i < series_len; i++)
            ck_assert_int_eq(t.column[i] != NULL, i == RAM_FREE);
        timeline_free(&t);
    }
END_TEST

START_TEST(a_series_that_begins_late_was_missing_before)
    {
        struct timeline t;
        timeline_init(&t);
        for (int i = 0; i < 3000; i++)
            add_sample(&t, i, i, i < 2000 ? NAN : 7);
        ck_assert(timeline_finish(&t));
        ck_assert(isnan(t.column[RAM_FREE][0]) && isnan(t.column[RAM_FREE][1999]));
        ck_assert_double_eq(t.column[RAM_FREE][2000], 7);
        timeline_free(&t);
    }
END_TEST

START_TEST(absurd_values_and_times_are_not_kept)
    {
        struct timeline t;
        timeline_init(&t);
        struct jsonl_sample s = sample_at(-1, 0, 5);
        ck_assert(!timeline_add_sample(&t, &s));
        s = sample_at(1e300, 0, 5);
        ck_assert(!timeline_add_sample(&t, &s));
        s = sample_at(NAN, 0, 5);
        ck_assert(!timeline_add_sample(&t, &s));
        add_sample(&t, 1, 0, 1e300);
        add_sample(&t, 2, 1, -INFINITY);
        add_sample(&t, 3, 2, -5);
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.samples, 3);
        ck_assert(isnan(t.column[RAM_FREE][0]) && isnan(t.column[RAM_FREE][1]));
        ck_assert_double_eq(t.column[RAM_FREE][2], -5);
        timeline_free(&t);
    }
END_TEST

START_TEST(a_sample_that_came_twice_is_kept_once)
    {
        struct timeline t;
        timeline_init(&t);
        for (int twice = 0; twice < 2; twice++)
            for (int i = 0; i < 10; i++)
                add_sample(&t, i, i, i);
        add_sample(&t, 9, 9, 4); /* another value: another sample */
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.samples, 11);
        ck_assert_uint_eq(t.duplicates, 10);
        timeline_free(&t);
    }
END_TEST

START_TEST(the_step_is_the_median)
    {
        struct timeline t;
        timeline_init(&t);
        const double ts[] = {0, 0.25, 0.5, 10, 10.25, 10.5, 10.75};
        for (size_t i = 0; i < 7; i++)
            add_sample(&t, ts[i], ts[i], 1);
        ck_assert(timeline_finish(&t));
        ck_assert_double_eq(t.step, 0.25);
        ck_assert_double_eq(t.gap, 1);
        timeline_free(&t);
        timeline_init(&t);
        add_sample(&t, 1, 0, 1);
        ck_assert(timeline_finish(&t));
        ck_assert(isnan(t.step) && isnan(t.gap));
        timeline_free(&t);
    }
END_TEST

START_TEST(lines_out_of_order_are_one_recording)
    {
        struct timeline t;
        timeline_init(&t);
        for (int i = 100; i-- > 0;) {
            struct jsonl_sample s = sample_at(1000 + i + i * 0.0001, i, 5);
            struct jsonl_value session = {0};
            s.session = i == 0 ? &session : NULL;
            ck_assert(timeline_add_sample(&t, &s));
        }
        add_sample(&t, 1100.5, 100, 5);
        add_sample(&t, 2000, 0, 5); /* back by one clock only: another recording */
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.recordings, 2);
        ck_assert_uint_eq(t.overlaps, 0);
        ck_assert_uint_eq(t.brks, 1);
        ck_assert_double_eq(t.brk[0], 2000);
        timeline_free(&t);
    }
END_TEST

START_TEST(a_session_that_comes_again_begins_no_recording)
    {
        struct timeline t;
        timeline_init(&t);
        for (int i = 0; i < 6; i++) { /* the second with its GPUs; then one of a single sample, and another */
            struct jsonl_sample s = sample_at(1000 + i, i < 4 ? i : 0, 5);
            struct jsonl_value session = {0};
            s.session = i == 0 || i == 2 || i > 3 ? &session : NULL;
            ck_assert(timeline_add_sample(&t, &s));
        }
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.recordings, 3);
        timeline_free(&t);
    }
END_TEST

START_TEST(recordings_that_begin_almost_at_once_are_told_apart_by_their_sessions)
    {
        struct timeline t;
        timeline_init(&t);
        for (int line = 0; line < 12; line++) { /* three of four samples each, 10 ms apart, in any order */
            int i = line * 5 % 12, part = i / 4, k = i % 4;
            struct jsonl_sample s = sample_at(1000 + part * 0.01 + k * 0.002, k * 0.002, 5);
            struct jsonl_value session = {0};
            s.session = k == 0 ? &session : NULL;
            ck_assert(timeline_add_sample(&t, &s));
        }
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.recordings, 3);
        ck_assert_uint_eq(t.overlaps, 0);
        ck_assert_uint_eq(t.brks, 2);
        timeline_free(&t);
    }
END_TEST

START_TEST(a_recording_whose_clock_is_set_is_one)
    {
        static const double sets[] = {-2, -3600, 3600};
        for (size_t k = 0; k < sizeof sets / sizeof sets[0]; k++) {
            struct timeline t;
            timeline_init(&t);
            for (int line = 0; line < 60; line++) {
                int i = line * 7 % 60;
                add_sample(&t, 10000 + i + (i < 30 ? 0 : sets[k]), i, 5);
            }
            ck_assert(timeline_finish(&t));
            ck_assert_uint_eq(t.recordings, 1);
            ck_assert_uint_eq(t.overlaps, 0);
            ck_assert_uint_eq(t.brks, 0);
            timeline_free(&t);
        }
    }
END_TEST

START_TEST(recordings_break_where_they_do_not_overlap)
    {
        struct timeline t;
        timeline_init(&t);
        for (int i = 0; i < 5; i++)
            add_sample(&t, 100 + i, i, 1);
        for (int i = 0; i < 5; i++)
            add_sample(&t, 200 + i, i, 1); /* elapsed_s begins anew */
        for (int i = 0; i < 5; i++)
            add_sample(&t, 202.5 + i, i, 1);
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.brks, 1);
        ck_assert_double_eq(t.brk[0], 200);
        ck_assert_uint_eq(t.overlaps, 1);
        timeline_free(&t);
    }
END_TEST

START_TEST(tests_are_in_order_and_end_after_they_start)
    {
        struct timeline t;
        timeline_init(&t);
        add_test(&t, 20, 30, TEXT("a/b.py::C::test_two[p-1]"), none);
        add_test(&t, 10, 15, TEXT("test_one"), TEXT("m"));
        add_test(&t, NAN, 12, TEXT("test_without_start"), none);
        struct jsonl_test untimed = {.id = TEXT("x"), .start = NAN, .end = NAN};
        ck_assert(!timeline_add_test(&t, &untimed));
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.tests, 3);
        ck_assert_str_eq(name_of(&t, t.test[0].id), "test_one");
        ck_assert_double_eq(t.test[1].start, 12);
        ck_assert_double_eq(t.test[1].end, 12);
        ck_assert_str_eq(name_of(&t, t.test[2].label), "test_two[p-1]");
        ck_assert_double_eq(t.end, 30);
        timeline_free(&t);
    }
END_TEST

static void region_is(const struct timeline *t, size_t i, double start, double ready, double end, const char *model)
{
    ck_assert_uint_lt(i, t->regions);
    ck_assert_double_eq(t->region[i].start, start);
    ck_assert_double_eq(t->region[i].ready, ready);
    ck_assert_double_eq(t->region[i].end, end);
    ck_assert_str_eq(name_of(t, t->region[i].model), model);
}

START_TEST(a_model_is_in_ram_from_load_to_unload)
    {
        struct timeline t;
        timeline_init(&t);
        add_test(&t, 0, 100, TEXT("t"), none);
        add_event(&t, 50, TEXT("model_unload"), TEXT("a")); /* in any order */
        add_event(&t, 10, TEXT("model_load_start"), TEXT("a"));
        add_event(&t, 20, TEXT("model_load"), TEXT("a"));
        add_event(&t, 30, TEXT("model_load"), TEXT("b"));  /* beside a, which says itself when it goes */
        add_event(&t, 5, TEXT("model_unload"), TEXT("c")); /* was there before */
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.regions, 3);
        region_is(&t, 0, 0, 0, 5, "c");
        region_is(&t, 1, 10, 20, 50, "a");
        region_is(&t, 2, 30, 30, 100, "b");
        timeline_free(&t);
    }
END_TEST

START_TEST(a_switch_ends_the_model_before)
    {
        struct timeline t;
        timeline_init(&t);
        add_test(&t, 0, 100, TEXT("t"), none);
        add_event(&t, 10, TEXT("model_load"), TEXT("a"));
        add_event(&t, 20, TEXT("model_load"), TEXT("b"));
        add_event(&t, 30, TEXT("model_load"), TEXT("a"));
        add_event(&t, 40, TEXT("model_load_start"), TEXT("c")); /* never gets ready */
        ck_assert(timeline_finish(&t));
        ck_assert_uint_eq(t.regions, 4);
        region_is(&t, 0, 10, 10, 20, "a");
        region_is(&t, 1, 20, 20, 30, "b");
        region_is(&t, 2, 30, 30, 40, "a");
        region_is(&t, 3, 40, 100, 100, "c");
        timeline_free(&t);
    }
END_TEST

/* Of events of one time: a model that is there goes before it comes, one that is not comes first. */
START_TEST(of_one_moment_a_model_goes_or_comes_first)
    {
        for (int there = 0; there < 2; there++)
            for (int order = 0; order < 2; order++) {
                struct timeline t;
                timeline_init(&t);
                add_sample(&t, 0, 0, 1);
                add_sample(&t, 100, 100, 1);
                add_event(&t, 50, order ? TEXT("model_load") : TEXT("model_unload"), TEXT("a"));
                add_event(&t, 50, order ? TEXT("model_unload") : TEXT("model_load"), TEXT("a"));
                add_event(&t, 80, TEXT("model_unload"), TEXT("a"));
                if (there)
                    add_event(&t, 20, TEXT("model_load"), TEXT("a"));
                ck_assert(timeline_finish(&t));
                ck_assert_uint_eq(t.regions, there ? 2 : 1);
                ck_assert_double_eq(t.region[0].start, there ? 20 : 50);
                ck_assert_double_eq(t.region[0].end, 50);
                ck_assert(!there || (t.region[1].start == 50 && t.region[1].end == 80));
                timeline_free(&t);
            }
    }
END_TEST

START_TEST(a_server_test_gets_the_model_that_it_used)
    {
        struct timeline t;
        timeline_init(&t);
        add_event(&t, 10, TEXT("model_load"), TEXT("a"));
        add_event(&t, 60, TEXT("model_unload"), TEXT("a"));
        ck_assert(timeline_add_use(&t, 25, TEXT("a")));
        add_test(&t, 20, 30, TEXT("t.py::test_request"), none);             /* a log line names it */
        add_test(&t, 40, 50, TEXT("t.py::TestServer::test_chat"), none);    /* says server, and a is there */
        add_test(&t, 40, 50, TEXT("t.py::test_tokenizer"), none);           /* neither */
        add_test(&t, 70, 80, TEXT("t.py::TestServer::test_stopped"), none); /* a has gone */
        add_test(&t, 5, 15, TEXT("t.py::test_own"), TEXT("b"));
        ck_assert(timeline_finish(&t));
        const char *want[] = {"b", "a", "a", "(none)", "(none)"};
        for (size_t i = 0; i < t.tests; i++) {
            ck_assert_str_eq(name_of(&t, t.test[i].model), want[i]);
            ck_assert_int_eq(t.test[i].inferred, want[i][0] == 'a');
        }
        timeline_free(&t);
    }
END_TEST

START_TEST(swap_is_drawn_only_if_there_was_some)
    {
        size_t swap = 0;
        while (series_table[swap].metric != JSONL_METRIC_swap_used_mb)
            swap++;
        for (int used = 0; used < 2; used++) {
            struct timeline t;
            timeline_init(&t);
            struct jsonl_sample s = sample_at(1, 0, 5);
            s.metric[JSONL_METRIC_swap_used_mb] = used;
            ck_assert(timeline_add_sample(&t, &s));
            ck_assert(timeline_finish(&t));
            ck_assert_int_eq(t.drawn[swap], used);
            timeline_free(&t);
        }
    }
END_TEST

START_TEST(names_are_kept_once)
    {
        struct names names = {0};
        char text[16];
        for (int round = 0; round < 2; round++)
            for (int i = 0; i < 10000; i++) {
                int n = snprintf(text, sizeof text, "name %d", i);
                ck_assert_int_eq(names_add(&names, (struct jsonl_text){text, (size_t)n}), i);
            }
        ck_assert_int_eq(names_add(&names, none), NAME_NONE);
        ck_assert_int_eq(names_add(&names, TEXT("")), 10000);
        ck_assert_int_eq(names_add(&names, (struct jsonl_text){"name 1\0", 7}), 10001);
        ck_assert_uint_eq(names_len(&names), 10002);
        names_free(&names);
    }
END_TEST

UNIT_MAIN("memplot-timeline", puts_samples_in_order_with_their_values, keeps_no_column_that_no_sample_has,
          a_series_that_begins_late_was_missing_before, absurd_values_and_times_are_not_kept,
          a_sample_that_came_twice_is_kept_once, the_step_is_the_median, lines_out_of_order_are_one_recording,
          a_session_that_comes_again_begins_no_recording,
          recordings_that_begin_almost_at_once_are_told_apart_by_their_sessions, a_recording_whose_clock_is_set_is_one,
          recordings_break_where_they_do_not_overlap, tests_are_in_order_and_end_after_they_start,
          a_model_is_in_ram_from_load_to_unload, a_switch_ends_the_model_before,
          of_one_moment_a_model_goes_or_comes_first, a_server_test_gets_the_model_that_it_used,
          swap_is_drawn_only_if_there_was_some, names_are_kept_once)
