/* SPDX-License-Identifier: Apache-2.0
 * macOS' raw values, made into numbers.
 *
 * None was recorded by us.  Those of whole machines are what public repositories show of theirs: vm_stat(1) of an M3
 * Max with 128 GB and of one with 16 GB, ioreg(8) of an M4; how the kernel comes to them is in its source. */
#include "unit.h"

#include "../../memmon/mach.h"
#include "../../memmon/proctree.h"
#include "../../memmon/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct mach_timebase apple_silicon = {125, 3}, intel = {1, 1};

static double metric(const struct jsonl_sample *sample, enum jsonl_metric m)
{
    return sample->metric[m];
}

/* ---- Time ---- */

START_TEST(ticks_are_nanoseconds_by_the_timebase)
    {
        ck_assert_int_eq(mach_ns(apple_silicon, 24000000), 1000000000);
        ck_assert_int_eq(mach_ns(apple_silicon, 1), 41);
        ck_assert_int_eq(mach_ns(apple_silicon, 0), 0);
        ck_assert_int_eq(mach_ns(intel, 123456789), 123456789);
        ck_assert_uint_eq(mach_ticks(apple_silicon, 1000000000), 24000000);
        ck_assert_uint_eq(mach_ticks(intel, 7), 7);
    }
END_TEST

/* After 20 years the product has 57 bits more than the ticks alone: it must not come around. */
START_TEST(ticks_of_years_do_not_overflow)
    {
        int64_t years_ns = INT64_C(20) * 365 * 86400 * 1000000000;
        uint64_t ticks = mach_ticks(apple_silicon, years_ns);
        ck_assert_uint_eq(ticks, (uint64_t)years_ns / 1000 * 24);
        ck_assert_int_eq(mach_ns(apple_silicon, ticks), years_ns);
        ck_assert_int_eq(mach_ns(apple_silicon, UINT64_MAX), INT64_MAX);
        ck_assert_int_eq(mach_ns(intel, UINT64_MAX), INT64_MAX);
        ck_assert_uint_eq(mach_ticks((struct mach_timebase){1, 3}, INT64_MAX), UINT64_MAX);
        ck_assert_uint_eq(mach_ticks((struct mach_timebase){UINT32_MAX, UINT32_MAX}, INT64_MAX), INT64_MAX);
    }
END_TEST

START_TEST(ticks_there_and_back_lose_less_than_a_tick)
    {
        for (int64_t ns = 0; ns < INT64_C(1) << 60; ns = ns * 3 + 1) {
            int64_t back = mach_ns(apple_silicon, mach_ticks(apple_silicon, ns));
            ck_assert_int_le(back, ns);
            ck_assert_int_le(ns - back, 42);
        }
    }
END_TEST

/* ---- Memory ---- */

/* vm_stat's lines of a moment when 24 GiB were held by one process; of 2 021 473 anonymous pages the sysctl had counted
 * 2 020 480, as some wait in queues of a processor.  "Pages free" is less the speculative ones, as the sysctl is. */
static const struct mach_pages m3_max = {
    .free = 5252707, .speculative = 9669, .file_backed = 731731, .purgeable = 15631, .inactive = 1365372};
static const double m3_max_active = 1378163, m3_max_anonymous = 2021473, m3_max_bytes = 137438953472;

START_TEST(file_backed_pages_hold_the_speculative_ones)
    {
        ck_assert_double_eq(m3_max.file_backed + m3_max_anonymous,
                            m3_max_active + m3_max.inactive + m3_max.speculative);
    }
END_TEST

START_TEST(memory_of_16_KiB_pages)
    {
        struct jsonl_sample sample;
        const struct mach_swap swap = {.total = 0, .used = 0};
        sample_init(&sample);
        mach_memory_put(&m3_max, 16384, m3_max_bytes, &swap, &sample);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_free_gb), 98.305130496, 1e-9);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_used_gb), 39.133822976, 1e-9);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_total_gb), 137.438953472, 1e-9);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_percent), 28.4736, 1e-4);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_swap_used_mb), 0); /* known: it has made no swap file yet */
        ck_assert(isnan(metric(&sample, JSONL_METRIC_swap_percent)));
    }
END_TEST

/* Nothing that is held is in it: what is left of the RAM holds every anonymous page that has an owner. */
START_TEST(memory_that_is_held_is_not_available)
    {
        double available = mach_pages_available(&m3_max), all = m3_max_bytes / 16384;
        ck_assert_double_ge(all - available, m3_max_anonymous - m3_max.purgeable);
        double by_inactive = m3_max.free + m3_max.speculative + m3_max.inactive;
        ck_assert_double_lt(all - by_inactive, m3_max_anonymous - m3_max.purgeable); /* as that formula has it */
    }
END_TEST

START_TEST(memory_of_a_machine_that_swaps)
    {
        const struct mach_pages pages = {
            .free = 4518, .speculative = 3014, .file_backed = 141843, .purgeable = 630, .inactive = 191193};
        const struct mach_swap swap = {.total = 10737418240, .used = 10116317184}; /* 10240 and 9647.67 MiB */
        struct jsonl_sample sample;
        sample_init(&sample);
        mach_memory_put(&pages, 16384, 17179869184, &swap, &sample);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_free_gb), 2.408300544, 1e-9);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_ram_percent), 85.9819, 1e-4);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_swap_used_mb), 10116.317184, 1e-9);
        ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_swap_percent), 94.2156, 1e-4);
    }
END_TEST

/* A kernel without one of the names: free_count and inactive_count of vm_statistics64. */
START_TEST(memory_by_the_other_formula)
    {
        struct mach_pages pages = mach_pages_unknown();
        ck_assert(isnan(mach_pages_available(&pages)));
        pages.free = m3_max.free;
        pages.speculative = m3_max.speculative;
        ck_assert(isnan(mach_pages_available(&pages)));
        pages.inactive = m3_max.inactive;
        ck_assert_double_eq(mach_pages_available(&pages), 5252707 + 9669 + 1365372);
        pages.file_backed = m3_max.file_backed; /* still not all of the first formula */
        ck_assert_double_eq(mach_pages_available(&pages), 5252707 + 9669 + 1365372);
        pages.purgeable = m3_max.purgeable;
        ck_assert_double_eq(mach_pages_available(&pages), 5252707 + 731731 + 15631);
    }
END_TEST

START_TEST(memory_that_is_not_known_is_absent)
    {
        static const enum jsonl_metric ram[] = {JSONL_METRIC_ram_free_gb, JSONL_METRIC_ram_used_gb,
                                                JSONL_METRIC_ram_percent};
        const struct mach_pages unknown = mach_pages_unknown();
        struct jsonl_sample sample = {0};
        mach_memory_put(&unknown, 16384, 17179869184, &(struct mach_swap){NAN, NAN}, &sample);
        for (size_t i = 0; i < sizeof ram / sizeof ram[0]; i++)
            ck_assert(isnan(metric(&sample, ram[i])));
        ck_assert_double_gt(metric(&sample, JSONL_METRIC_ram_total_gb), 17);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_swap_used_mb)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_swap_percent)));

        mach_memory_put(&m3_max, NAN, 137438953472, &(struct mach_swap){1, 1}, &sample);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_ram_free_gb)));
        mach_memory_put(&m3_max, 16384, NAN, &(struct mach_swap){1, 1}, &sample);
        ck_assert_double_gt(metric(&sample, JSONL_METRIC_ram_free_gb), 98);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_ram_used_gb)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_ram_percent)));
    }
END_TEST

START_TEST(pressure_is_one_of_three_levels)
    {
        static const double none[] = {0, 3, 5, 8, -1, 4294967295.0};
        ck_assert_double_eq(mach_pressure_level(1), 1);
        ck_assert_double_eq(mach_pressure_level(2), 2);
        ck_assert_double_eq(mach_pressure_level(4), 4);
        for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
            ck_assert_msg(isnan(mach_pressure_level(none[i])), "%g", none[i]);
        ck_assert(isnan(mach_pressure_level(NAN)));
    }
END_TEST

/* ---- Processors ---- */

START_TEST(load_is_fixed_point)
    {
        ck_assert_double_eq(mach_load(2048, 2048), 1);
        ck_assert_double_eq_tol(mach_load(4833, 2048), 2.36, 0.001);
        ck_assert_double_eq(mach_load(0, 2048), 0);
        ck_assert(isnan(mach_load(2048, 0)));
    }
END_TEST

static struct reading read_ticks(struct mach_cpu *c, const uint32_t (*ticks)[MACH_STATES], size_t n)
{
    mach_cpu_add(c, ticks, n);
    return mach_cpu_reading(c, 0);
}

static void check_shares(const struct reading *now, const struct reading *then, double user, double sys, double idle)
{
    struct jsonl_sample sample;
    sample_init(&sample);
    mach_cpu_put(now, then, &sample);
    ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_cpu_user), user, 1e-9);
    ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_cpu_sys), sys, 1e-9);
    ck_assert_double_eq_tol(metric(&sample, JSONL_METRIC_cpu_idle), idle, 1e-9);
}

START_TEST(cpu_is_shared_over_all_processors)
    {
        static const uint32_t first[][MACH_STATES] = {{100, 50, 1000, 0}, {200, 60, 2000, 10}};
        static const uint32_t second[][MACH_STATES] = {{130, 60, 1000, 0}, {200, 60, 2030, 30}}; /* + 40 and + 50 */
        struct mach_cpu cpu = {0};
        const struct reading then = read_ticks(&cpu, first, 2), now = read_ticks(&cpu, second, 2);
        ck_assert_uint_eq(then.v[0] + then.v[1] + then.v[2] + then.v[3], 0); /* there was nothing to compare with */
        check_shares(&now, &then, 100 * 50 / 90.0, 100 * 10 / 90.0, 100 * 30 / 90.0);
    }
END_TEST

START_TEST(cpu_counters_come_around)
    {
        static const uint32_t first[][MACH_STATES] = {{UINT32_MAX - 4, 10, UINT32_MAX, 0}};
        static const uint32_t second[][MACH_STATES] = {{15, 20, 69, 0}}; /* + 20, 10, 70 */
        struct mach_cpu cpu = {0};
        const struct reading then = read_ticks(&cpu, first, 1), now = read_ticks(&cpu, second, 1);
        check_shares(&now, &then, 20, 10, 70);
    }
END_TEST

START_TEST(cpu_counter_that_steps_back_stands_still)
    {
        static const uint32_t first[][MACH_STATES] = {{100, 10, 5000, 0}};
        static const uint32_t back[][MACH_STATES] = {{110, 20, 4999, 0}};
        static const uint32_t on[][MACH_STATES] = {{110, 20, 5020, 0}};
        struct mach_cpu cpu = {0};
        const struct reading a = read_ticks(&cpu, first, 1), b = read_ticks(&cpu, back, 1), c = read_ticks(&cpu, on, 1);
        check_shares(&b, &a, 50, 50, 0);
        check_shares(&c, &a, 25, 25, 50); /* the step is not counted again on the way up */
    }
END_TEST

START_TEST(cpu_that_come_or_go_are_a_new_beginning)
    {
        static const uint32_t two[][MACH_STATES] = {{100, 10, 5000, 0}, {90000, 1, 1, 1}};
        static const uint32_t one[][MACH_STATES] = {{110, 20, 5080, 0}};
        static const uint32_t next[][MACH_STATES] = {{120, 20, 5090, 0}};
        struct mach_cpu cpu = {0};
        const struct reading a = read_ticks(&cpu, two, 2), b = read_ticks(&cpu, one, 1), c = read_ticks(&cpu, next, 1);
        ck_assert_uint_eq(a.v[3], b.v[3]);
        check_shares(&c, &b, 50, 0, 50);
    }
END_TEST

START_TEST(cpu_without_ticks_is_not_known)
    {
        static const uint32_t same[][MACH_STATES] = {{100, 10, 5000, 0}};
        struct mach_cpu cpu = {0};
        struct jsonl_sample sample = {0};
        const struct reading a = read_ticks(&cpu, same, 1), b = read_ticks(&cpu, same, 1);
        mach_cpu_put(&b, &a, &sample);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_cpu_user)));
        sample = (struct jsonl_sample){0};
        mach_cpu_put(&b, NULL, &sample);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_cpu_user)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_cpu_sys)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_cpu_idle)));
    }
END_TEST

START_TEST(cpu_more_than_there_is_room_for)
    {
        size_t n = MACH_CPUS_MAX + 3;
        uint32_t(*ticks)[MACH_STATES] = calloc(n, sizeof *ticks);
        ck_assert_ptr_nonnull(ticks);
        struct mach_cpu cpu = {0};
        const struct reading then = read_ticks(&cpu, (const uint32_t(*)[MACH_STATES])ticks, n);
        for (size_t i = 0; i < n; i++)
            ticks[i][MACH_USER] = ticks[i][MACH_IDLE] = 1;
        const struct reading now = read_ticks(&cpu, (const uint32_t(*)[MACH_STATES])ticks, n);
        ck_assert_uint_eq(now.v[3], 2 * MACH_CPUS_MAX);
        check_shares(&now, &then, 50, 0, 50);
        free(ticks);
    }
END_TEST

/* ---- Graphics processor ---- */

/* PerformanceStatistics of an M4. */
START_TEST(gpu_has_its_own_metrics)
    {
        const struct mach_gpu m4 = {.device = 17, .renderer = 15, .tiler = 15, .memory = 430571520};
        struct jsonl_sample sample;
        sample_init(&sample);
        mach_gpu_put(&m4, &sample);
        ck_assert_int_eq(sample.gpu_active, 1);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_device_util), 17);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_renderer_util), 15);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_tiler_util), 15);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_mem_used_gb), 0.43057152);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_gpu_mem_total_gb)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_gpu_power_w)));
    }
END_TEST

/* As a driver of another maker has not all of the keys. */
START_TEST(gpu_keys_that_lack_are_absent_and_not_0)
    {
        struct jsonl_sample sample = {0};
        mach_gpu_put(&(struct mach_gpu){.device = NAN, .renderer = 3, .tiler = NAN, .memory = NAN}, &sample);
        ck_assert_int_eq(sample.gpu_active, -1);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_gpu_device_util)));
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_renderer_util), 3);
        ck_assert(isnan(metric(&sample, JSONL_METRIC_gpu_tiler_util)));
        ck_assert(isnan(metric(&sample, JSONL_METRIC_gpu_mem_used_gb)));
        mach_gpu_put(&(struct mach_gpu){.device = 0, .renderer = 0, .tiler = 0, .memory = 0}, &sample);
        ck_assert_int_eq(sample.gpu_active, 0);
        ck_assert_double_eq(metric(&sample, JSONL_METRIC_gpu_device_util), 0);
    }
END_TEST

START_TEST(gpu_name_tells_its_cores)
    {
        char name[GPU_NAME], small[8];
        mach_gpu_name("Apple M4", 10, name, sizeof name);
        ck_assert_str_eq(name, "Apple M4, 10 cores");
        mach_gpu_name("GPU", 0, name, sizeof name);
        ck_assert_str_eq(name, "GPU");
        mach_gpu_name("Apple M4", 10, small, sizeof small);
        ck_assert_str_eq(small, "Apple M");
    }
END_TEST

/* ---- Processes ---- */

START_TEST(process_times_are_nanoseconds)
    {
        const struct mach_process process = {.pid = 501,
                                             .ppid = 1,
                                             .status = 2,
                                             .user = 24000000,
                                             .system = 12000000,
                                             .child_user = 48000000,
                                             .child_system = 24000000,
                                             .footprint = UINT64_C(19327352832)};
        struct proc p = mach_proc(&process, apple_silicon);
        ck_assert_int_eq(p.pid, 501);
        ck_assert_int_eq(p.ppid, 1);
        ck_assert_int_ne(p.state, 'Z');
        ck_assert_uint_eq(p.ticks, 1500000000);
        ck_assert_uint_eq(p.waited, 3000000000);
        ck_assert_uint_eq(p.rss, UINT64_C(19327352832));
        ck_assert_uint_eq(mach_proc(&process, intel).ticks, 36000000);
    }
END_TEST

START_TEST(processes_are_summed_as_a_tree)
    {
        static const struct mach_process all[] = {
            {.pid = 1, .ppid = 0, .status = 2, .user = 1 << 20, .footprint = 1 << 20},
            {.pid = 100, .ppid = 90, .status = 2, .child_user = 24, .footprint = 5 << 20}, /* the root: us */
            {.pid = 101, .ppid = 100, .status = 2, .user = 240, .footprint = 3 << 20},
            {.pid = 102, .ppid = 101, .status = 3, .system = 2400, .footprint = 4 << 20},
            {.pid = 103, .ppid = 101, .status = 5, .user = 24000}, /* a zombie: time, but no process */
            {.pid = 104, .ppid = 1, .status = 5},                  /* another's */
        };
        struct proc list[sizeof all / sizeof all[0]];
        size_t n = sizeof all / sizeof all[0];
        for (size_t i = 0; i < n; i++)
            list[i] = mach_proc(&all[i], apple_silicon);
        ck_assert_uint_eq(proc_zombies(list, n, 100), 2);
        struct proc_sum sum = proc_tree_sum(list, n, 100);
        ck_assert(sum.known);
        ck_assert_uint_eq(sum.count, 2);
        ck_assert_uint_eq(sum.rss, 7 << 20);
        ck_assert_uint_eq(sum.ticks, 1000 + 10000 + 100000 + 1000000);
    }
END_TEST

UNIT_MAIN("mach", ticks_are_nanoseconds_by_the_timebase, ticks_of_years_do_not_overflow,
          ticks_there_and_back_lose_less_than_a_tick, file_backed_pages_hold_the_speculative_ones,
          memory_of_16_KiB_pages, memory_that_is_held_is_not_available, memory_of_a_machine_that_swaps,
          memory_by_the_other_formula, memory_that_is_not_known_is_absent, pressure_is_one_of_three_levels,
          load_is_fixed_point, cpu_is_shared_over_all_processors, cpu_counters_come_around,
          cpu_counter_that_steps_back_stands_still, cpu_that_come_or_go_are_a_new_beginning,
          cpu_without_ticks_is_not_known, cpu_more_than_there_is_room_for, gpu_has_its_own_metrics,
          gpu_keys_that_lack_are_absent_and_not_0, gpu_name_tells_its_cores, process_times_are_nanoseconds,
          processes_are_summed_as_a_tree)
