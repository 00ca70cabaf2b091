/* SPDX-License-Identifier: Apache-2.0
 * The schedule, windows, quantiles, durations, pressure levels. */
#include "unit.h"

#include "../../memmon/histogram.h"
#include "../../memmon/options.h"
#include "../../memmon/pressure.h"
#include "../../memmon/schedule.h"
#include "../../memmon/window.h"

#include <math.h>

static const int64_t ms = 1000000;

START_TEST(schedule_keeps_to_its_grid)
    {
        struct schedule s = {.start_ns = 7, .interval_ns = 10 * ms};
        for (int64_t k = 0; k < 1000; k++) {
            ck_assert_int_eq(schedule_due(&s), 7 + k * 10 * ms);
            ck_assert_int_eq(schedule_meet(&s, schedule_due(&s) + k * 9000), k * 9000); /* ever later within a tick */
        }
        ck_assert_uint_eq(s.missed, 0);
    }
END_TEST

START_TEST(schedule_counts_what_it_missed_and_does_not_burst)
    {
        struct schedule s = {.interval_ns = 10 * ms};
        ck_assert_int_eq(schedule_meet(&s, 1 * ms), 1 * ms);
        ck_assert_int_eq(schedule_meet(&s, 53 * ms), 3 * ms); /* ticks 1 to 4 are lost, 5 is late */
        ck_assert_uint_eq(s.missed, 4);
        ck_assert_int_eq(schedule_due(&s), 60 * ms);
        ck_assert_int_eq(schedule_meet(&s, 70 * ms), 0); /* exactly on the next */
        ck_assert_uint_eq(s.missed, 5);
    }
END_TEST

START_TEST(schedule_counts_what_was_due_before_its_end)
    {
        struct schedule s = {.interval_ns = 10 * ms};
        (void)schedule_meet(&s, 0);
        schedule_end(&s, 10 * ms); /* tick 1 is no more within */
        ck_assert_uint_eq(s.missed, 0);
        schedule_end(&s, 50 * ms + 1); /* ticks 1 to 5 are */
        ck_assert_uint_eq(s.missed, 5);
        schedule_end(&s, 50 * ms + 1);
        ck_assert_uint_eq(s.missed, 5);
    }
END_TEST

START_TEST(schedule_moves_to_another_grid)
    {
        struct schedule s = {.start_ns = 3, .interval_ns = 10 * ms, .next = 7};
        schedule_move(&s, 100 * ms, 99 * ms);
        ck_assert_int_eq(schedule_due(&s), 100 * ms);
        schedule_move(&s, 4 * ms, 100 * ms);
        ck_assert_int_eq(schedule_due(&s), 104 * ms);
        schedule_move(&s, 0, 100 * ms); /* a tick that is due now has been met */
        ck_assert_int_eq(schedule_due(&s), 110 * ms);
    }
END_TEST
START_TEST(window_finds_the_youngest_that_is_old_enough)
    {
        struct window w;
        window_init(&w, 100 * ms);
        ck_assert_ptr_null(window_before(&w, 0));
        ck_assert_ptr_null(window_oldest(&w));
        for (int64_t t = 0; t <= 95 * ms; t += 5 * ms)
            window_put(&w, &(struct reading){t, {(uint64_t)t}});
        ck_assert_ptr_null(window_before(&w, 99 * ms));
        ck_assert_int_eq(window_before(&w, 100 * ms)->t_ns, 0);
        ck_assert_int_eq(window_before(&w, 112 * ms)->t_ns, 10 * ms);
        ck_assert_uint_eq(window_before(&w, 112 * ms)->v[0], 10 * ms);
        ck_assert_int_eq(window_before(&w, 5000 * ms)->t_ns, 95 * ms);
        ck_assert_int_eq(window_oldest(&w)->t_ns, 0);
    }
END_TEST

START_TEST(window_spans_no_less_however_often_it_is_fed)
    {
        static const int64_t steps[] = {1000, 100 * 1000, 1000 * 1000, 3 * 1000 * 1000, 250 * 1000 * 1000};
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            struct window w;
            window_init(&w, 100 * ms);
            int64_t t = 0;
            for (; t < 1000 * ms; t += steps[i])
                window_put(&w, &(struct reading){.t_ns = t});
            const struct reading *then = window_before(&w, t);
            ck_assert_ptr_nonnull(then);
            int64_t span = t - then->t_ns;
            int64_t most = 100 * ms + 100 * ms / 24 + 2 * steps[i];
            ck_assert_msg(span >= 100 * ms && span <= most, "step %lld: span %lld", (long long)steps[i],
                          (long long)span);
        }
    }
END_TEST

START_TEST(quantiles_are_true_to_a_sixtyfourth)
    {
        static struct histogram h;
        ck_assert(isnan(histogram_quantile(&h, 0.5)));
        for (int64_t ns = 1; ns <= 100000; ns++)
            histogram_add(&h, ns * 10);
        for (int q = 1; q <= 99; q++) {
            double want = q * 10000.0, got = histogram_quantile(&h, q / 100.0);
            ck_assert_msg(fabs(got - want) <= want / 60, "%d: %f", q, got);
        }
    }
END_TEST

START_TEST(quantiles_hold_any_duration)
    {
        static struct histogram h;
        histogram_add(&h, -5);
        histogram_add(&h, 0);
        histogram_add(&h, 63);
        histogram_add(&h, INT64_MAX);
        ck_assert_double_eq(histogram_quantile(&h, 0), 0);
        ck_assert_double_eq(histogram_quantile(&h, 0.5), 0);
        ck_assert_double_eq(histogram_quantile(&h, 0.75), 63);
        ck_assert_double_ge(histogram_quantile(&h, 1), 9e18);
        ck_assert_double_le(histogram_quantile(&h, 1), 9.3e18);
    }
END_TEST

START_TEST(durations_are_plain_decimals)
    {
        int64_t ns;
        static const struct {
            const char *text;
            int64_t ns; /* 0: refused */
        } cases[] = {
            {"1", 1000000},
            {"0200", 200000000},
            {"33.3", 33300000},
            {"1.", 1000000},
            {"1.0004", 1000400},
            {"3600000", 3600000000000},
            {"3600000.1", 0},
            {"0.9", 0},
            {"0", 0},
            {"", 0},
            {".", 0},
            {"-5", 0},
            {"+5", 0},
            {"1e3", 0},
            {"0x10", 0},
            {"inf", 0},
            {"nan", 0},
            {" 5", 0},
            {"5 ", 0},
            {"5ms", 0},
            {"1,5", 0},
            {"99999999999999999999999", 0},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            bool ok = duration_parse(cases[i].text, 1e6, 1, 3600000, &ns);
            ck_assert_msg(ok == (cases[i].ns > 0), "%s", cases[i].text);
            ck_assert_msg(!ok || ns == cases[i].ns, "%s", cases[i].text);
        }
        ck_assert(duration_parse(".25", 1e9, 0, 1e9, &ns));
        ck_assert_int_eq(ns, 250000000);
        ck_assert(!duration_parse("0.0", 1e9, 0, 1e9, &ns));
    }
END_TEST

START_TEST(pressure_of_stalls_by_thresholds)
    {
        const struct jsonl_config config = {.pressure_warn_some = 5, .pressure_critical_full = 7};
        ck_assert_double_eq(pressure_of_stalls(0, 0, &config), 1);
        ck_assert_double_eq(pressure_of_stalls(4.99, 4.99, &config), 1);
        ck_assert_double_eq(pressure_of_stalls(5, 0, &config), 2);
        ck_assert_double_eq(pressure_of_stalls(100, 6.9, &config), 2);
        ck_assert_double_eq(pressure_of_stalls(7, 7, &config), 4);
    }
END_TEST

START_TEST(pressure_of_memory_where_stalls_are_not_counted)
    {
        ck_assert_double_eq(pressure_of_memory(50, 100, NAN), 1);
        ck_assert_double_eq(pressure_of_memory(10, 100, NAN), 2); /* no swap space: none is free */
        ck_assert_double_eq(pressure_of_memory(5, 100, NAN), 4);
        ck_assert_double_eq(pressure_of_memory(5, 100, 50), 1); /* half of the swap space is free */
        ck_assert_double_eq(pressure_of_memory(5, 100, 90), 2);
        ck_assert_double_eq(pressure_of_memory(5, 100, 95), 4);
        ck_assert(isnan(pressure_of_memory(NAN, 100, 0)));
        ck_assert(isnan(pressure_of_memory(1, NAN, 0)));
    }
END_TEST

UNIT_MAIN("time", schedule_keeps_to_its_grid, schedule_counts_what_it_missed_and_does_not_burst,
          schedule_counts_what_was_due_before_its_end, schedule_moves_to_another_grid,
          window_finds_the_youngest_that_is_old_enough, window_spans_no_less_however_often_it_is_fed,
          quantiles_are_true_to_a_sixtyfourth, quantiles_hold_any_duration, durations_are_plain_decimals,
          pressure_of_stalls_by_thresholds, pressure_of_memory_where_stalls_are_not_counted)
