/* SPDX-License-Identifier: Apache-2.0
 * Samples by stretches of time, and what a server had in RAM. */
#include "../../genreport/residency.h"
#include "../../genreport/windows.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct run_sample sample(double ts, double ram_gb)
{
    struct run_sample s = {.ts = ts};

    for (size_t i = 0; i < RUN_METRICS; i++)
        s.metric[i] = RUN_ABSENT;
    if (!isnan(ram_gb))
        s.metric[RUN_ram_free_gb] = (int32_t)lround(ram_gb * run_parts[RUN_ram_free_gb]);
    return s;
}

START_TEST(samples_are_sorted_and_their_interval_is_the_median)
    {
        struct run_sample s[] = {sample(3, 1), sample(1, 1), sample(2, 1), sample(10, 1)};
        struct jsonl_arena arena = {0};
        struct windows w;

        ck_assert(windows_build(&w, &arena, s, 4));
        ck_assert_double_eq(w.samples[0].ts, 1);
        ck_assert_double_eq(w.samples[3].ts, 10);
        ck_assert_double_eq(w.interval_s, 1);
        jsonl_arena_free(&arena);
    }
END_TEST

START_TEST(a_window_takes_both_its_ends)
    {
        struct run_sample s[] = {sample(1, 4), sample(2, 3), sample(3, 2), sample(4, 1)};
        struct jsonl_arena arena = {0};
        struct windows w;

        ck_assert(windows_build(&w, &arena, s, 4));
        struct span span = windows_span(&w, 2, 3);
        ck_assert_uint_eq(span.from, 1);
        ck_assert_uint_eq(span.to, 3);
        struct number_range r = windows_range(&w, span, RUN_ram_free_gb);
        ck_assert_double_eq(r.min, 2);
        ck_assert_double_eq(r.max, 3);
        ck_assert_double_eq(r.mean, 2.5);
        ck_assert_uint_eq(r.n, 2);
        jsonl_arena_free(&arena);
    }
END_TEST

START_TEST(a_short_window_takes_the_nearest_sample)
    {
        struct run_sample s[] = {sample(1, 1), sample(2, 2), sample(3, 3)};
        struct jsonl_arena arena = {0};
        struct windows w;

        ck_assert(windows_build(&w, &arena, s, 3));
        struct span near_before = windows_span(&w, 1.1, 1.2), near_after = windows_span(&w, 1.8, 1.9);
        ck_assert_uint_eq(near_before.from, 0);
        ck_assert_uint_eq(near_before.to, 1);
        ck_assert_uint_eq(near_after.from, 1);
        ck_assert_uint_eq(near_after.to, 2);
        struct span before = windows_span(&w, 0.2, 0.3), far = windows_span(&w, 5, 5.1);
        ck_assert_uint_eq(before.to - before.from, 1);
        ck_assert_uint_eq(far.to - far.from, 0);
        jsonl_arena_free(&arena);
    }
END_TEST

START_TEST(a_gap_in_the_recording_stays_a_gap)
    {
        struct run_sample s[] = {sample(1, 1), sample(2, 2), sample(3, 3), sample(100, 4)};
        struct jsonl_arena arena = {0};
        struct windows w;

        ck_assert(windows_build(&w, &arena, s, 4));
        struct span span = windows_span(&w, 40, 60);
        ck_assert_uint_eq(span.from, span.to);
        span = windows_span(&w, NAN, 60);
        ck_assert_uint_eq(span.from, span.to);
        span = windows_span(&w, 3, 1);
        ck_assert_uint_eq(span.from, span.to);
        jsonl_arena_free(&arena);
    }
END_TEST

START_TEST(nothing_is_known_without_samples)
    {
        struct jsonl_arena arena = {0};
        struct windows w;
        double from, to;

        ck_assert(windows_build(&w, &arena, NULL, 0));
        ck_assert(isnan(w.interval_s));
        struct span span = windows_span(&w, 0, 10);
        ck_assert_uint_eq(windows_range(&w, span, RUN_ram_free_gb).n, 0);
        ck_assert(isnan(windows_climb(&w, RUN_swap_used_mb, &from, &to)));
        jsonl_arena_free(&arena);
    }
END_TEST

START_TEST(blocks_say_the_same_as_every_sample)
    {
        enum { N = 5000 };
        struct run_sample *s = calloc(N, sizeof *s);
        struct jsonl_arena arena = {0};
        struct windows w;
        uint32_t seed = 1;

        for (int i = 0; i < N; i++) {
            seed = seed * 1664525 + 1013904223;
            s[i] = sample(i, seed % 7 == 0 ? NAN : (double)(seed >> 8 & 0xFFFF) / 100);
        }
        ck_assert(windows_build(&w, &arena, s, N));
        for (int round = 0; round < 2000; round++) {
            seed = seed * 1664525 + 1013904223;
            size_t a = seed >> 4 & 0x1FFF;
            seed = seed * 1664525 + 1013904223;
            size_t b = seed >> 4 & 0x1FFF;
            struct span span = {a < N ? a : N, b < N ? b : N};
            struct number_range r = windows_range(&w, span, RUN_ram_free_gb);
            int64_t sum = 0;
            int32_t min = INT32_MAX, max = INT32_MIN;
            size_t n = 0;

            for (size_t i = span.from; i < span.to; i++) {
                int32_t v = s[i].metric[RUN_ram_free_gb];

                if (v == RUN_ABSENT)
                    continue;
                sum += v;
                min = v < min ? v : min;
                max = v > max ? v : max;
                n++;
            }
            ck_assert_uint_eq(r.n, n);
            if (n == 0)
                continue;
            ck_assert_double_eq(r.min, min / run_parts[RUN_ram_free_gb]);
            ck_assert_double_eq(r.max, max / run_parts[RUN_ram_free_gb]);
            ck_assert_double_eq(r.mean, (double)sum / run_parts[RUN_ram_free_gb] / (double)n);
        }
        jsonl_arena_free(&arena);
        free(s);
    }
END_TEST

static const struct jsonl_text names[] = {{0}, {"a", 1}, {"b", 1}};

START_TEST(a_load_ends_the_stay_before_it)
    {
        struct run_event e[] = {{30, 2, RUN_LOAD}, {10, 1, RUN_LOAD_START}, {12, 1, RUN_LOAD}};
        struct stay stays[3];
        size_t n;

        ck_assert(residency_stays(e, 3, names, 50, stays, &n));
        ck_assert_uint_eq(n, 2);
        ck_assert_uint_eq(stays[0].model, 1);
        ck_assert_double_eq(stays[0].from, 10);
        ck_assert_double_eq(stays[0].to, 30);
        ck_assert_uint_eq(stays[1].model, 2);
        ck_assert_double_eq(stays[1].to, 50);
    }
END_TEST

START_TEST(an_unload_ends_its_own_model_only)
    {
        struct run_event e[] = {{10, 1, RUN_LOAD}, {15, 2, RUN_UNLOAD}, {20, 1, RUN_UNLOAD}, {25, 0, RUN_UNLOAD}};
        struct stay stays[4];
        size_t n;

        ck_assert(residency_stays(e, 4, names, 50, stays, &n));
        ck_assert_uint_eq(n, 1);
        ck_assert_double_eq(stays[0].from, 10);
        ck_assert_double_eq(stays[0].to, 20);
    }
END_TEST

START_TEST(models_may_be_in_ram_at_once)
    {
        /* b is loaded while a stays; c has no unload, and ends with b's second load. */
        struct run_event e[] = {{10, 1, RUN_LOAD_START}, {11, 1, RUN_LOAD},   {20, 2, RUN_LOAD}, {30, 2, RUN_UNLOAD},
                                {40, 1, RUN_UNLOAD},     {50, 3, RUN_LOAD},   {60, 2, RUN_LOAD}, {65, 3, RUN_USE},
                                {70, 0, RUN_UNLOAD},     {80, 3, RUN_UNLOAD}, {90, 1, RUN_LOAD}, {95, 1, RUN_LOAD}};
        static const struct jsonl_text three[] = {{0}, {"a", 1}, {"b", 1}, {"c", 1}};
        static const struct stay want[] = {
            {10, 40, 0, 1}, {20, 30, 0, 2}, {50, 70, 0, 3}, {60, 70, 0, 2}, {90, 99, 0, 1}};
        enum { N = sizeof e / sizeof *e, WANT = sizeof want / sizeof *want };
        struct stay stays[N];
        struct share shares[RESIDENCY_SHARES];
        size_t n;
        bool more;

        ck_assert(residency_stays(e, N, three, 99, stays, &n));
        ck_assert_uint_eq(n, WANT);
        for (size_t i = 0; i < WANT; i++) {
            ck_assert_uint_eq(stays[i].model, want[i].model);
            ck_assert_double_eq(stays[i].from, want[i].from);
            ck_assert_double_eq(stays[i].to, want[i].to);
        }
        ck_assert_uint_eq(residency_shares(stays, n, 19, 29, shares, &more), 2);
        ck_assert_uint_eq(shares[0].model, 1);
        ck_assert_double_eq(shares[0].seconds, 10);
        ck_assert_uint_eq(shares[1].model, 2);
        ck_assert_double_eq(shares[1].seconds, 9);
        ck_assert_uint_eq(residency_shares(stays, n, 31, 39, shares, &more), 1);
    }
END_TEST

/* One model that stays throughout, and a hundred thousand short ones. */
START_TEST(the_tree_of_stays_says_what_all_of_them_do)
    {
        enum { N = 100001 };
        struct stay *stays = calloc(N, sizeof *stays);
        struct share shares[RESIDENCY_SHARES];
        bool more;

        stays[0] = (struct stay){.from = 0, .to = N, .model = 1};
        for (uint32_t i = 1; i < N; i++)
            stays[i] = (struct stay){.from = i, .to = i + 0.5, .model = i + 1};
        residency_index(stays, N);
        for (uint32_t i = 1; i < N; i++) {
            ck_assert_uint_eq(residency_shares(stays, N, i, i + 0.9, shares, &more), 2);
            ck_assert_uint_eq(shares[0].model, 1);
            ck_assert_uint_eq(shares[1].model, i + 1);
            ck_assert(!more);
        }
        ck_assert_uint_eq(residency_shares(stays, N, 5, 5000, shares, &more), 1);
        ck_assert(more);
        free(stays);
    }
END_TEST

START_TEST(a_test_has_the_models_that_were_there_for_a_twentieth_of_it)
    {
        struct stay stays[] = {{0, 10.2, 0, 1}, {10.2, 13, 0, 2}, {13, 20, 0, 1}};
        struct share shares[RESIDENCY_SHARES];
        bool more;

        residency_index(stays, 3);
        ck_assert_uint_eq(residency_shares(stays, 3, 10, 20, shares, &more), 2);
        ck_assert(!more);
        ck_assert_uint_eq(shares[0].model, 1);
        ck_assert_double_eq_tol(shares[0].seconds, 7.2, 1e-9);
        ck_assert_uint_eq(shares[1].model, 2);
        ck_assert_uint_eq(residency_shares(stays, 3, 10, 13, shares, &more), 2);
        ck_assert_uint_eq(shares[0].model, 2);
        ck_assert_uint_eq(residency_shares(stays, 3, 9.9, 10.3, shares, &more), 2);
        ck_assert_uint_eq(residency_shares(stays, 3, 10.15, 13, shares, &more), 1);
        ck_assert_uint_eq(residency_shares(stays, 3, 25, 30, shares, &more), 0);
        ck_assert_uint_eq(residency_shares(stays, 3, NAN, 30, shares, &more), 0);
    }
END_TEST

UNIT_MAIN("genreport-windows", samples_are_sorted_and_their_interval_is_the_median, a_window_takes_both_its_ends,
          a_short_window_takes_the_nearest_sample, a_gap_in_the_recording_stays_a_gap, nothing_is_known_without_samples,
          blocks_say_the_same_as_every_sample, a_load_ends_the_stay_before_it, an_unload_ends_its_own_model_only,
          models_may_be_in_ram_at_once, the_tree_of_stays_says_what_all_of_them_do,
          a_test_has_the_models_that_were_there_for_a_twentieth_of_it)
