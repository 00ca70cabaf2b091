/* SPDX-License-Identifier: Apache-2.0 */
#include "../../memplot/axis.h"
#include "../../memplot/devices.h"
#include "../../memplot/spans.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint32_t random_state = 7;
static uint32_t random_next(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

static void lanes_are(double (*times)[2], size_t n, const uint32_t *want, uint32_t lanes)
{
    struct timeline_test test[16] = {0};
    struct timeline t = {.test = test, .tests = n};
    for (size_t i = 0; i < n; i++) {
        test[i].start = times[i][0];
        test[i].end = times[i][1];
    }
    ck_assert(lanes_assign(&t));
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(test[i].lane, want[i]);
    ck_assert_uint_eq(t.lanes, lanes);
}

START_TEST(tests_one_after_another_share_a_lane)
    {
        lanes_are((double[][2]){{0, 1}, {1, 2}, {2, 2}, {2.5, 9}}, 4, (uint32_t[]){0, 0, 0, 0}, 1);
        /* clocks that are cut to milliseconds */
        lanes_are((double[][2]){{0, 1.004}, {1, 2.009}, {2, 3}}, 3, (uint32_t[]){0, 0, 0}, 1);
        lanes_are(NULL, 0, NULL, 0);
    }
END_TEST

START_TEST(tests_at_once_have_lanes_of_their_own)
    {
        lanes_are((double[][2]){{0, 10}, {1, 3}, {2, 5}, {4, 6}, {10, 11}}, 5, (uint32_t[]){0, 1, 2, 1, 0}, 3);
        /* short ones, too */
        lanes_are((double[][2]){{0, 10}, {5, 5.01}, {5.001, 5.011}}, 3, (uint32_t[]){0, 1, 2}, 3);
    }
END_TEST

START_TEST(no_two_tests_of_a_lane_overlap_and_lanes_are_few)
    {
        enum { N = 20000 };
        struct timeline_test *test = calloc(N, sizeof *test);
        struct timeline t = {.test = test, .tests = N};
        double free_at[N] = {0};
        size_t most = 0;
        for (size_t i = 0; i < N; i++) {
            test[i].start = (double)i;
            test[i].end = (double)i + random_next() % 40;
        }
        ck_assert(lanes_assign(&t));
        for (size_t i = 0; i < N; i++) {
            ck_assert_uint_lt(test[i].lane, t.lanes);
            ck_assert_double_le(free_at[test[i].lane], test[i].start + 0.02);
            free_at[test[i].lane] = test[i].end;
            size_t running = 0;
            for (size_t k = i < 40 ? 0 : i - 40; k <= i; k++)
                running += k == i || test[k].end > test[i].start + 0.02;
            most = running > most ? running : most;
        }
        ck_assert_uint_eq(t.lanes, most); /* as many as ever run at once, and no more */
        free(test);
    }
END_TEST

START_TEST(pressure_lasts_to_the_next_sample_but_over_no_gap)
    {
        double ts[] = {0, 1, 2, 3, 4, 20, 21};
        double pressure[] = {1, 2, 2, 4, 1, 4, NAN};
        struct timeline t = {.ts = ts, .samples = 7, .gap = 4};
        for (size_t i = 0; i < series_len; i++)
            if (series_table[i].metric == JSONL_METRIC_memory_pressure)
                t.column[i] = pressure;
        struct spans s = {0};
        ck_assert(spans_pressure(&s, &t));
        const struct span want[] = {{1, 3, 2}, {3, 4, 4}, {20, 21, 4}};
        ck_assert_uint_eq(s.len, 3);
        for (size_t i = 0; i < 3; i++) {
            ck_assert_double_eq(s.span[i].start, want[i].start);
            ck_assert_double_eq(s.span[i].end, want[i].end);
            ck_assert_int_eq(s.span[i].what, want[i].what);
        }
        spans_free(&s);
    }
END_TEST

START_TEST(neighbours_of_a_model_are_one_span)
    {
        struct timeline_test test[] = {
            {.start = 0, .end = 1, .model = 5}, {.start = 1, .end = 1, .model = NAME_NONE, .outcome = JSONL_SKIPPED},
            {.start = 2, .end = 3, .model = 5}, {.start = 3, .end = 4, .model = NAME_NONE},
            {.start = 4, .end = 5, .model = 5}, {.start = 5, .end = 6, .model = 6},
        };
        struct timeline t = {.test = test, .tests = 6};
        struct spans s = {0};
        ck_assert(spans_models(&s, &t));
        ck_assert_uint_eq(s.len, 3);
        ck_assert_double_eq(s.span[0].end, 3);
        ck_assert_int_eq(s.span[2].what, 6);
        spans_free(&s);
    }
END_TEST

START_TEST(without_tests_models_are_where_they_were_in_ram)
    {
        struct timeline_test test = {.start = 0, .end = 1, .model = NAME_NONE};
        struct timeline_region region[] = {{0, 1, 4, 7}, {2, 2, 6, 7}};
        struct timeline t = {.test = &test, .tests = 1, .region = region, .regions = 2};
        struct spans s = {0};
        ck_assert(spans_models(&s, &t));
        ck_assert_uint_eq(s.len, 2);
        ck_assert_double_eq(s.span[0].end, 4);
        ck_assert_int_eq(s.span[1].what, 7);
        spans_free(&s);
        test.model = 5;
        ck_assert(spans_models(&s, &t));
        ck_assert_uint_eq(s.len, 1);
        ck_assert_int_eq(s.span[0].what, 5);
        spans_free(&s);
    }
END_TEST

START_TEST(axes_have_round_steps)
    {
        ck_assert_double_eq(axis_step(100, 5), 20);
        ck_assert_double_eq(axis_step(125.32, 5), 50);
        ck_assert_double_eq_tol(axis_step(0.7, 5), 0.2, 1e-12);
        ck_assert_double_eq(axis_time_step(219, 14), 20);
        ck_assert_double_eq(axis_time_step(86400, 14), 7200);
        ck_assert_double_eq(axis_time_step(7 * 86400, 14), 43200);
        ck_assert_double_eq(axis_time_step(400.0 * 86400, 14), 50 * 86400);
        for (double span = 1e-6; span < 1e12; span *= 1.7) {
            ck_assert_double_le(span / axis_step(span, 7), 7.0001);
            ck_assert_double_le(span / axis_time_step(span, 7), 7.0001);
        }
    }
END_TEST

static void label_is(double ts, double step, const char *want)
{
    char buf[AXIS_LABEL_SIZE];
    ck_assert_str_eq(axis_time_label(buf, ts, step), want);
}

START_TEST(ticks_say_what_changes)
    {
        label_is(1795398560, 20, "01:49:20");
        label_is(1795398540, 60, "01:49");
        label_is(1795392000, 3600, "11-23");
        label_is(1795398543.5, 0.5, "01:49:03.5");
        label_is(1795392000, 86400, "11-23");
        label_is(1795392000, 200.0 * 86400, "2026-11-23");
    }
END_TEST

static void span_is(double seconds, const char *want)
{
    char buf[AXIS_LABEL_SIZE];
    ck_assert_str_eq(axis_span(buf, seconds), want);
}

START_TEST(spans_are_said_in_two_units)
    {
        span_is(0.000824, "0.824 ms");
        span_is(0.25, "0.25 s");
        span_is(12.5, "12.5 s");
        span_is(59.9, "1 min");
        span_is(60, "1 min");
        span_is(219.2, "3 min 39 s");
        span_is(3599.7, "1 h");
        span_is(7500, "2 h 5 min");
        span_is(86400 * 3.0 + 4 * 3600, "3 d 4 h");
    }
END_TEST

static const struct jsonl_value *gpus_of(struct jsonl_parser *p, const char *text)
{
    struct jsonl_error err;
    const struct jsonl_value *v = jsonl_parse(p, text, strlen(text), &err);
    ck_assert_ptr_nonnull(v);
    return v;
}

START_TEST(devices_have_columns_and_a_mean)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        struct timeline t;
        double ts[] = {1, 2, 3}, out[3];
        timeline_init(&t);
        /* out of order, once twice, and one of them silent at times */
        ck_assert(devices_add(&t, 3, gpus_of(p, "[{\"gpu_device_util\":30},{}]")));
        ck_assert(devices_add(&t, 1, gpus_of(p, "[{\"gpu_device_util\":10},{\"gpu_device_util\":50}]")));
        ck_assert(devices_add(&t, 1, gpus_of(p, "[{\"gpu_device_util\":10},{\"gpu_device_util\":50}]")));
        ck_assert(devices_add(&t, 2, gpus_of(p, "[7,{\"gpu_device_util\":\"x\",\"gpu_power_w\":1e300}]")));
        devices_finish(&t);
        t.ts = ts;
        t.samples = 3;
        ck_assert_uint_eq(t.devices, 2);
        ck_assert(devices_column(&t, 0, JSONL_METRIC_gpu_device_util, out));
        ck_assert(out[0] == 10 && isnan(out[1]) && out[2] == 30);
        ck_assert(devices_mean(&t, JSONL_METRIC_gpu_device_util, out));
        ck_assert(out[0] == 30 && isnan(out[1]) && out[2] == 30);
        ck_assert(!devices_column(&t, 1, JSONL_METRIC_gpu_power_w, out));
        ck_assert(!devices_mean(&t, JSONL_METRIC_zombies, out));
        t.ts = NULL;
        timeline_free(&t);
        jsonl_parser_free(p);
    }
END_TEST

START_TEST(one_device_is_none)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        struct timeline t;
        timeline_init(&t);
        ck_assert(devices_add(&t, 1, gpus_of(p, "[{\"gpu_device_util\":10}]")));
        devices_finish(&t);
        ck_assert_uint_eq(t.devices, 0);
        timeline_free(&t);
        jsonl_parser_free(p);
    }
END_TEST

UNIT_MAIN("memplot-spans", tests_one_after_another_share_a_lane, tests_at_once_have_lanes_of_their_own,
          no_two_tests_of_a_lane_overlap_and_lanes_are_few, pressure_lasts_to_the_next_sample_but_over_no_gap,
          neighbours_of_a_model_are_one_span, without_tests_models_are_where_they_were_in_ram, axes_have_round_steps,
          ticks_say_what_changes, spans_are_said_in_two_units, devices_have_columns_and_a_mean, one_device_is_none)
