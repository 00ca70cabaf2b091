/* SPDX-License-Identifier: Apache-2.0
 * Slow probes beside the sampling thread: with probes made for it, which take as long as they are told. */
#include "unit.h"

#include "../../memmon/clock.h"
#include "../../memmon/record.h"
#include "../../memmon/sampler.h"
#include "../../memmon/sources.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t ms = 1000000;
enum { for_ever = 60000 }; /* ms */
static struct sources sources;
static struct jsonl_sample sample;
static const struct probe_env env = {.proc = "/proc", .sys = "/sys"};

static atomic_int open_ms, read_ms; /* how long the fake probe takes */
static atomic_int readings, closed, notes, kills;
static atomic_bool lost, hanging;
static struct gpus one_gpu, two_gpus;

static void wait_ms(int n)
{
    clock_sleep_until(clock_monotonic() + n * ms);
}

static void *fake_open(const struct probe_env *e, struct jsonl_error *err)
{
    (void)e;
    (void)err;
    for (int64_t end = clock_monotonic() + atomic_load(&open_ms) * ms; clock_monotonic() < end;)
        clock_sleep_until(end); /* as deaf to signals as a driver */
    return &one_gpu;
}

static void *fake_open_nothing(const struct probe_env *e, struct jsonl_error *err)
{
    (void)e;
    jsonl_error_set(err, "there is none");
    return NULL;
}

static void fake_read(void *state, int64_t now_ns, struct jsonl_sample *out)
{
    (void)state;
    (void)now_ns;
    int takes_ms = atomic_load(&read_ms);
    atomic_store(&hanging, takes_ms == for_ever);
    for (int64_t end = clock_monotonic() + takes_ms * ms; clock_monotonic() < end;)
        clock_sleep_until(end);
    out->metric[JSONL_METRIC_proc_count] = ++readings;
}

static const struct gpus *fake_gpus(const void *state)
{
    return state;
}

static const struct gpus *fake_two_gpus(const void *state)
{
    (void)state;
    return &two_gpus;
}

static void fake_news(void *state, struct probe_news *news)
{
    (void)state;
    if (atomic_exchange(&lost, false))
        jsonl_error_set(&news->trouble, "lost");
    news->incidents.count[INCIDENT_OOM_KILL] = (uint64_t)atomic_exchange(&kills, 0);
}

static void fake_close(void *state)
{
    (void)state;
    closed++;
}

static void note(const struct probe *probe, const struct jsonl_error *what)
{
    notes += probe->name && what->message[0];
}

static const struct probe slow = {
    .name = "slow",
    .metrics = PROBE_METRIC(proc_count) | PROBE_METRIC(proc_age_ms),
    .period_ns = 20000000,
    .place = PROBE_THREAD,
    .open = fake_open,
    .read = fake_read,
    .news = fake_news,
    .close = fake_close,
};
static const struct probe devices = {
    .name = "devices",
    .metrics = PROBE_METRIC(gpu_age_ms),
    .period_ns = 20000000,
    .place = PROBE_THREAD,
    .open = fake_open,
    .read = fake_read,
    .gpus = fake_gpus,
    .close = fake_close,
};
static const struct probe more_devices = {
    .name = "more devices",
    .metrics = PROBE_METRIC(gpu_age_ms),
    .period_ns = 20000000,
    .place = PROBE_THREAD,
    .open = fake_open,
    .read = fake_read,
    .gpus = fake_two_gpus,
    .close = fake_close,
};
static const struct probe missing = {
    .name = "missing", .place = PROBE_THREAD, .period_ns = 20000000, .open = fake_open_nothing};

static void start(const struct probe *const *table)
{
    const struct schedule schedule = {.start_ns = clock_monotonic(), .interval_ns = 20 * ms};
    one_gpu = (struct gpus){.len = 1};
    one_gpu.gpu[0] = gpu_unknown();
    one_gpu.gpu[0].util = 30;
    two_gpus = (struct gpus){.len = 2};
    two_gpus.gpu[0] = two_gpus.gpu[1] = gpu_unknown();
    two_gpus.gpu[1].util = 70;
    sample_init(&sample);
    sources_open(&sources, table, &env, note);
    ck_assert_int_eq(sources_start(&sources, &schedule), 0);
}

static void read_now(void)
{
    sources_read(&sources, clock_monotonic(), &sample);
}

/* A reading that is just being put down is not waited for, but taken the next time. */
static void read_until_known(enum jsonl_metric metric)
{
    for (read_now(); isnan(sample.metric[metric]); read_now())
        wait_ms(1);
}

/* Each thread comes back, however busy the machine. */
static void stop_all(void)
{
    sources.patience_ns = 60000 * ms;
    sources_stop(&sources);
}

/* One is not waited for. */
static void stop_hanging(void)
{
    sources.patience_ns = 50 * ms;
    sources_stop(&sources);
}

START_TEST(a_slow_probe_is_waited_for_only_so_long)
    {
        static const struct probe *const table[] = {&slow, NULL};
        open_ms = for_ever;
        start(table);
        int64_t began = clock_monotonic();
        sources_settle(&sources, 20 * ms);
        read_now();
        ck_assert_int_lt(clock_monotonic() - began, 20000 * ms); /* and not the minute that it takes */
        ck_assert(isnan(sample.metric[JSONL_METRIC_proc_count]));
        ck_assert(isnan(sample.metric[JSONL_METRIC_proc_age_ms]));
        stop_hanging();
        ck_assert(!sources_close(&sources)); /* its thread is left behind */
        ck_assert_int_eq(closed, 0);
    }
END_TEST

START_TEST(a_first_reading_is_there_when_all_have_settled)
    {
        static const struct probe *const table[] = {&missing, &slow, NULL};
        open_ms = 30;
        start(table);
        sources_settle(&sources, 60000 * ms);
        read_until_known(JSONL_METRIC_proc_count);
        ck_assert_double_ge(sample.metric[JSONL_METRIC_proc_count], 1);
        ck_assert_int_eq(notes, 1);
        stop_all();
        ck_assert(sources_close(&sources));
        ck_assert_int_eq(closed, 1);
    }
END_TEST

START_TEST(a_reading_that_hangs_grows_old)
    {
        static const struct probe *const table[] = {&slow, NULL};
        start(table);
        sources_settle(&sources, 60000 * ms);
        read_ms = for_ever;
        while (!hanging)
            wait_ms(1);
        wait_ms(50);
        read_until_known(JSONL_METRIC_proc_count);
        double count = sample.metric[JSONL_METRIC_proc_count], age = sample.metric[JSONL_METRIC_proc_age_ms];
        ck_assert_double_ge(count, 1);
        wait_ms(50);
        read_now();
        ck_assert_double_eq(sample.metric[JSONL_METRIC_proc_count], count);
        ck_assert_double_ge(sample.metric[JSONL_METRIC_proc_age_ms], (isnan(age) ? 0 : age) + 49);
        stop_hanging();
        ck_assert(!sources_close(&sources));
    }
END_TEST

START_TEST(a_fresh_reading_has_no_age)
    {
        static const struct probe *const table[] = {&slow, NULL};
        start(table);
        sources_settle(&sources, 60000 * ms);
        for (sources_read(&sources, 0, &sample); isnan(sample.metric[JSONL_METRIC_proc_count]);)
            sources_read(&sources, 0, &sample); /* takes it; 0: a time before it */
        ck_assert(isnan(sample.metric[JSONL_METRIC_proc_age_ms]));
        stop_all();
        ck_assert(sources_close(&sources));
    }
END_TEST

START_TEST(devices_of_several_probes_are_joined)
    {
        static const struct probe *const table[] = {&devices, &more_devices, NULL};
        start(table);
        sources_settle(&sources, 60000 * ms);
        for (read_now(); sources.gpus.len < 3; read_now())
            wait_ms(1);
        ck_assert_uint_eq(sources.gpus.len, 3);
        ck_assert(sources.gpus_new);
        ck_assert_double_eq(sources.gpus.gpu[0].util, 30); /* in the order of the table */
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_device_util], 70);
        ck_assert_int_eq(sample.gpu_active, 1);
        sources.gpus_new = false;
        wait_ms(60);
        read_now();
        ck_assert(!sources.gpus_new); /* the same as before */
        stop_all();
        ck_assert(sources_close(&sources));
        ck_assert_int_eq(closed, 2);
    }
END_TEST

START_TEST(what_is_lost_is_noted_once)
    {
        static const struct probe *const table[] = {&slow, NULL};
        start(table);
        sources_settle(&sources, 60000 * ms);
        lost = true;
        for (int before = readings; readings < before + 3;)
            wait_ms(5);
        while (!notes) /* told when the reading has been put down */
            wait_ms(1);
        stop_all();
        ck_assert(sources_close(&sources));
        ck_assert_int_eq(notes, 1);
    }
END_TEST

START_TEST(readings_are_ahead_of_the_ticks_that_are)
    {
        static const struct probe *const table[] = {&slow, NULL};
        const struct poller *p = &sources.source[0].poller;
        open_ms = read_ms = 0;
        start(table);
        sources_settle(&sources, 60000 * ms);
        int64_t began = clock_monotonic() - 7 * ms;
        sources_began(&sources, began);
        for (int before = readings; readings < before + 3;)
            wait_ms(1);
        stop_all();
        ck_assert_int_eq((p->schedule.start_ns - began) / ms, 15); /* 20 ms less a quarter */
        ck_assert_int_ge(p->schedule.next, 1);
        ck_assert(sources_close(&sources));
    }
END_TEST
START_TEST(what_happens_just_before_the_end_is_told)
    {
        static const struct probe *const table[] = {&slow, NULL};
        const struct schedule hourly = {.start_ns = clock_monotonic(), .interval_ns = 3600000 * ms};
        sample_init(&sample);
        sources_open(&sources, table, &env, note);
        ck_assert_int_eq(sources_start(&sources, &hourly), 0);
        sources_settle(&sources, 60000 * ms);
        read_until_known(JSONL_METRIC_proc_count);
        ck_assert(incidents_empty(&sources.incidents));
        kills = 3;
        stop_all();
        sources_take(&sources, clock_monotonic(), &sample);
        ck_assert_uint_eq(sources.incidents.count[INCIDENT_OOM_KILL], 3);
        ck_assert_double_gt(sources.incidents.ts, 1e9);
        ck_assert(sources_close(&sources));
    }
END_TEST

static void on_ended(void *arg)
{
    atomic_store((atomic_bool *)arg, true);
}

/* A recording that ends by itself, for time. */
START_TEST(what_happens_just_before_the_end_is_recorded)
    {
        static const struct probe *const table[] = {&slow, NULL};
        static struct sampler sampler;
        static struct intake intake;
        static const struct session session;
        struct output output;
        struct jsonl_error err = {0};
        static atomic_bool ended;
        char path[] = "/tmp/memmon-sources.XXXXXX", line[8192];
        int fd = mkstemp(path);
        ck_assert(fd >= 0 && close(fd) == 0 && output_open(&output, path, &err) && intake_open(&intake, NULL, &err));
        const struct schedule hourly = {.start_ns = clock_monotonic(), .interval_ns = 3600000 * ms};
        sources_open(&sources, table, &env, note);
        ck_assert(sampler_init(&sampler));
        sampler.schedule = hourly;
        sampler.end_ns = hourly.start_ns + 50 * ms;
        sampler.sources = &sources;
        sampler.output = &output;
        sampler.session = &session;
        sampler.intake = &intake;
        sampler.ended = on_ended;
        sampler.ended_arg = &ended;
        ck_assert_int_eq(sources_start(&sources, &hourly), 0);
        sources_settle(&sources, 60000 * ms);
        kills = 3; /* nobody looks for an hour */
        ck_assert_int_eq(sampler_start(&sampler), 0);
        while (!sampler_ended(&sampler) || !atomic_load(&ended))
            wait_ms(5);
        sampler_stop(&sampler, clock_monotonic());
        ck_assert(output_close(&output));
        FILE *f = fopen(path, "r");
        size_t n = f ? fread(line, 1, sizeof line - 1, f) : 0;
        line[n] = '\0';
        ck_assert(f && fclose(f) == 0 && unlink(path) == 0);
        ensure(strstr(line, "{\"ts\":") == line &&
                   strstr(line, "\"event\":\"oom_kill\",\"scope\":\"cgroup\",\"count\":3"),
               "%s", line);
        sampler_free(&sampler);
        intake_close(&intake);
        sources_stop(&sources); /* once more does no harm */
        ck_assert(sources_close(&sources));
    }
END_TEST

UNIT_MAIN("sources", a_slow_probe_is_waited_for_only_so_long, a_first_reading_is_there_when_all_have_settled,
          a_reading_that_hangs_grows_old, a_fresh_reading_has_no_age, devices_of_several_probes_are_joined,
          what_is_lost_is_noted_once, readings_are_ahead_of_the_ticks_that_are,
          what_happens_just_before_the_end_is_told, what_happens_just_before_the_end_is_recorded)
