/* SPDX-License-Identifier: Apache-2.0
 * Control groups: texts of the kernel, and the probe on a tree of files. */
#include "unit.h"

#ifdef __linux__

#include "tree.h"

#include "../../memmon/cgroup.h"
#include "../../memmon/cgroup_linux.h"
#include "../../memmon/probes_linux.h"
#include "../../memmon/record.h"

#include <math.h>

static const int64_t s = 1000000000;
static struct probe_env env = {.proc = root, .sys = root, .command_pid = 77};
static struct jsonl_sample sample;
static struct jsonl_error err;
static struct probe_news news;
static char path[CGROUP_PATH];

static bool parse_path(const char *text)
{
    return cgroup_path_parse(text, strlen(text), path);
}

START_TEST(the_path_is_that_of_version_2)
    {
        ck_assert(parse_path("9:name=systemd:/\n4:memory:/a\n0::/user.slice/x.scope\n"));
        ck_assert_str_eq(path, "/user.slice/x.scope");
        ck_assert(parse_path("0::/"));
        ck_assert_str_eq(path, "/");
        ck_assert(!parse_path("4:memory:/a\n"));
        ck_assert(!parse_path(""));
        ck_assert(!parse_path("0::"));
        ck_assert(!parse_path("0::/../other\n")); /* outside of our namespace */
        char *text = calloc(1, 3000);
        memset(text, 'a', 2999);
        memcpy(text, "0::/", 4);
        ck_assert(!parse_path(text));
        free(text);
    }
END_TEST

static struct cgroup_mount mount;

static bool parse_mount(const char *text)
{
    return cgroup_mount_parse(text, strlen(text), &mount);
}

START_TEST(the_tree_is_where_it_is_mounted)
    {
        ck_assert(parse_mount("21 1 0:20 / /proc rw shared:5 - proc proc rw\n"
                              "26 25 0:23 / /sys/fs/cgroup rw,nosuid - tmpfs tmpfs rw\n"
                              "30 25 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 master:2 - cgroup2 cgroup2 rw\n"
                              "31 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"));
        ck_assert_str_eq(mount.dir, "/sys/fs/cgroup/unified");
        ck_assert_str_eq(mount.root, "/");
        ck_assert(parse_mount("30 25 0:26 /docker/abc /my\\040groups\\134x rw - cgroup2 none rw"));
        ck_assert_str_eq(mount.dir, "/my groups\\x");
        ck_assert_str_eq(mount.root, "/docker/abc");
        ck_assert(!parse_mount("31 25 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"));
        ck_assert(!parse_mount("cgroup2\n- cgroup2\n\n \n"));
        ck_assert(!parse_mount("30 25 0:26 / /x rw -"));
        ck_assert(!parse_mount(""));
    }
END_TEST

static const char *dir_of(const char *dir, const char *below, const char *of)
{
    static char out[CGROUP_PATH];
    (void)snprintf(mount.dir, sizeof mount.dir, "%s", dir);
    (void)snprintf(mount.root, sizeof mount.root, "%s", below);
    return cgroup_dir(&mount, of, out) ? out : "-";
}

START_TEST(a_groups_directory)
    {
        ck_assert_str_eq(dir_of("/c", "/", "/a/b"), "/c/a/b");
        ck_assert_str_eq(dir_of("/c", "/", "/"), "/c");
        ck_assert_str_eq(dir_of("/c", "/docker/x", "/docker/x/y"), "/c/y");
        ck_assert_str_eq(dir_of("/c", "/docker/x", "/docker/x"), "/c");
        ck_assert_str_eq(dir_of("/c", "/docker/x", "/docker/xy"), "-");
        ck_assert_str_eq(dir_of("/c", "/docker/x", "/"), "-");
    }
END_TEST

START_TEST(numbers_of_the_memory_controller)
    {
        struct cgroup_events e;
        uint64_t kills;
        static const char events[] = "low 0\nhigh 3\nmax 12\noom 2\noom_kill 1\noom_group_kill 9\n";
        ck_assert_double_eq(cgroup_bytes_parse("123456\n", 7), 123456);
        ck_assert(isinf(cgroup_bytes_parse("max\n", 4)));
        ck_assert(isnan(cgroup_bytes_parse("", 0)));
        ck_assert(isnan(cgroup_bytes_parse("x", 1)));
        ck_assert(isnan(cgroup_bytes_parse("99999999999999999999999", 23)));
        cgroup_events_parse(events, strlen(events), &e);
        ck_assert_uint_eq(e.high, 3);
        ck_assert_uint_eq(e.max, 12);
        ck_assert_uint_eq(e.oom, 2);
        ck_assert_uint_eq(e.oom_kill, 1);
        cgroup_events_parse("oom_kill\noom x\nmax 1", 20, &e);
        ck_assert_uint_eq(e.oom_kill + e.oom, 0);
        ck_assert_uint_eq(e.max, 1);
        ck_assert(vmstat_oom_kill_parse("pgfault 1\noom_kill 42\n", 22, &kills));
        ck_assert_uint_eq(kills, 42);
        ck_assert(!vmstat_oom_kill_parse("pgfault 1\noom_kill_x 42\n", 24, &kills));
    }
END_TEST

static void begin(void)
{
    tree_begin();
    sample_init(&sample);
    err = (struct jsonl_error){0};
    put("self/mountinfo", "30 25 0:26 / %s/tree rw - cgroup2 none rw\n", root);
    put("vmstat", "pgfault 1\noom_kill 5\n");
}

static void put_group(const char *group, const char *file, const char *text)
{
    char name[128];
    (void)snprintf(name, sizeof name, "tree%s/%s", group, file);
    put(name, "%s\n", text);
}

static void read_as(void *p, int64_t now, bool last)
{
    probe_cgroup.read(p, now, &sample);
    news = (struct probe_news){.cgroup_peak_gb = NAN, .last = last};
    probe_cgroup.news(p, &news);
}

static void read_at(void *p, int64_t now)
{
    read_as(p, now, false);
}

START_TEST(a_group_with_its_limit_and_those_above_it)
    {
        begin();
        put("77/cgroup", "0::/box/job\n");
        put_group("/box", "memory.max", "4000000000");
        put_group("/box/job", "memory.max", "max");
        put_group("/box/job", "memory.current", "1500000000");
        void *p = probe_cgroup.open(&env, &err);
        ck_assert_str_eq(err.message, "");
        read_at(p, s);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_used_gb], 1.5, 1e-9);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_limit_gb], 4, 1e-9);
        ck_assert(isnan(news.cgroup_peak_gb)); /* the kernel does not tell it */
        put_group("/box/job", "memory.max", "3000000000");
        read_at(p, s + s / 2); /* too soon to look again */
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_limit_gb], 4, 1e-9);
        read_at(p, 2 * s + s / 2);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_limit_gb], 3, 1e-9);
        put_group("/box/job", "memory.current", "garbage");
        read_at(p, 4 * s);
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_used_gb]));
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_limit_gb]));
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(the_root_has_no_numbers_and_no_limit)
    {
        begin();
        put("77/cgroup", "0::/\n");
        put_group("", "cgroup.procs", "1");
        void *p = probe_cgroup.open(&env, &err);
        read_at(p, s);
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_used_gb]));
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_limit_gb]));
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(a_command_that_is_moved_is_followed)
    {
        begin();
        put("77/cgroup", "0::/shell\n");
        put_group("/shell", "memory.current", "1000000000");
        put_group("/run.scope", "memory.current", "2000000000");
        put_group("/run.scope", "memory.max", "5000000000");
        void *p = probe_cgroup.open(&env, &err);
        read_at(p, s);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_used_gb], 1, 1e-9);
        put("77/cgroup", "0::/run.scope\n");
        read_at(p, s + s / 5);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_used_gb], 2, 1e-9);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_limit_gb], 5, 1e-9);
        take("77"); /* it has ended: the last group stays */
        read_at(p, 2 * s);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_used_gb], 2, 1e-9);
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(what_happens_is_told_once_and_as_an_event)
    {
        begin();
        put("77/cgroup", "0::/job\n");
        put_group("/job", "memory.current", "1000000000");
        put_group("/job", "memory.events", "high 1\nmax 7\noom 1\noom_kill 1"); /* before our time */
        void *p = probe_cgroup.open(&env, &err);
        read_at(p, s);
        ck_assert(incidents_empty(&news.incidents));
        put_group("/job", "memory.events", "high 1\nmax 19\noom 2\noom_kill 3");
        put("vmstat", "pgfault 1\noom_kill 7\n"); /* the same two */
        read_at(p, 2 * s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_OOM_KILL], 2);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MAX], 12);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 0);
        news.incidents.ts = 1795405267.5;
        const struct sample_parts parts = {
            .decimals = 3, .happened = &news.incidents, .events = {"[{\"event\":\"mark\",\"ts\":1}]", 25}};
        struct jsonl_writer *w = jsonl_writer_new(-1);
        sample_init(&sample);
        sample_write(&sample, &parts, w);
        ck_assert_str_eq(jsonl_writer_text(w).s,
                         "{\"ts\":0.000,\"elapsed_s\":0.000,\"events\":["
                         "{\"ts\":1795405267.500,\"event\":\"oom_kill\",\"scope\":\"cgroup\",\"count\":2},"
                         "{\"ts\":1795405267.500,\"event\":\"oom\",\"scope\":\"cgroup\",\"count\":1},"
                         "{\"ts\":1795405267.500,\"event\":\"memory_max\",\"scope\":\"cgroup\",\"count\":12},"
                         "{\"event\":\"mark\",\"ts\":1}]}\n");
        jsonl_writer_free(w);
        read_at(p, 3 * s);
        ck_assert(incidents_empty(&news.incidents));
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

/* The two counters cannot be read at the same moment. */
START_TEST(a_kill_elsewhere_is_the_machines_and_one_in_the_group_is_not)
    {
        begin();
        put("77/cgroup", "0::/job\n");
        put_group("/job", "memory.events", "oom_kill 0");
        void *p = probe_cgroup.open(&env, &err);
        put("vmstat", "oom_kill 6\n");
        read_at(p, s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 1);
        put_group("/job", "memory.events", "oom_kill 1"); /* it came between the two readings */
        read_at(p, 2 * s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_OOM_KILL], 1);
        put("vmstat", "oom_kill 7\n");
        read_at(p, 3 * s);
        ck_assert(incidents_empty(&news.incidents));
        put("vmstat", "oom_kill 9\n");
        read_at(p, 4 * s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 2);
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(the_machines_kills_are_looked_at_once_a_second_and_at_the_end)
    {
        begin();
        put("77/cgroup", "0::/job\n");
        put_group("/job", "memory.events", "oom_kill 0");
        void *p = probe_cgroup.open(&env, &err);
        read_at(p, s);
        ck_assert_int_eq(probe_cgroup.pace(p), s / 5);
        put("vmstat", "oom_kill 7\n"); /* one here and one elsewhere */
        put_group("/job", "memory.events", "oom_kill 1");
        read_at(p, s + s / 5);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_OOM_KILL], 1);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 0);
        read_at(p, 2 * s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_OOM_KILL], 0);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 1);
        put("vmstat", "oom_kill 9\n");
        read_at(p, 2 * s + s / 5);
        ck_assert(incidents_empty(&news.incidents));
        read_as(p, 2 * s + s / 4, true);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 2);
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(where_version_1_has_the_memory_there_is_little_to_look_at)
    {
        begin();
        put_group("", "cgroup.controllers", "cpuset hugememory");
        put("77/cgroup", "0::/job\n");
        put_group("/job", "memory.current", "1000000000");
        void *p = probe_cgroup.open(&env, &err);
        ck_assert_ptr_nonnull(p);
        read_at(p, s);
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_used_gb]));
        ck_assert_int_eq(probe_cgroup.pace(p), s);
        probe_cgroup.close(p);

        put_group("", "cgroup.controllers", "cpuset memory");
        p = probe_cgroup.open(&env, &err);
        read_at(p, s);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_cgroup_used_gb], 1, 1e-9);
        ck_assert_int_eq(probe_cgroup.pace(p), s / 5);
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

START_TEST(a_peak_from_before_the_recording_is_not_its_own)
    {
        begin();
        put("77/cgroup", "0::/job\n");
        put_group("/job", "memory.current", "1000000000");
        put_group("/job", "memory.peak", "9000000000");
        char name[128];
        (void)snprintf(name, sizeof name, "%s/tree/job/memory.peak", root);
        void *p = probe_cgroup.open(&env, &err); /* a file takes the reset for a text: so it is "r000000000" now */
        put_group("/job", "memory.peak", "9000000000");
        read_at(p, s);
        ck_assert_double_eq_tol(news.cgroup_peak_gb, 9, 1e-9);
        probe_cgroup.close(p);

        put_group("/job", "memory.peak", "9000000000");
        ck_assert_int_eq(chmod(name, 0400), 0);
        if (access(name, W_OK) != 0) { /* not the superuser, who may write it all the same */
            p = probe_cgroup.open(&env, &err);
            read_at(p, s);
            ck_assert(isnan(news.cgroup_peak_gb));
            ck_assert_int_eq(chmod(name, 0600), 0);
            put_group("/job", "memory.peak", "9500000000");
            read_at(p, 2 * s);
            ck_assert_double_eq_tol(news.cgroup_peak_gb, 9.5, 1e-9);
            probe_cgroup.close(p);
        }
        tree_end();
    }
END_TEST

START_TEST(without_groups_the_machines_kills_are_left)
    {
        tree_begin();
        sample_init(&sample);
        ck_assert_ptr_null(probe_cgroup.open(&env, &err)); /* nor these */
        ck_assert_str_eq(err.message, "");
        put("vmstat", "oom_kill 5\n");
        void *p = probe_cgroup.open(&env, &err);
        put("vmstat", "oom_kill 6\n");
        read_at(p, s);
        ck_assert_uint_eq(news.incidents.count[INCIDENT_MACHINE_OOM_KILL], 1);
        ck_assert(isnan(sample.metric[JSONL_METRIC_cgroup_used_gb]));
        put("vmstat", "garbage\n");
        read_at(p, 2 * s);
        ck_assert(incidents_empty(&news.incidents));
        probe_cgroup.close(p);
        tree_end();
    }
END_TEST

UNIT_MAIN("cgroup", the_path_is_that_of_version_2, the_tree_is_where_it_is_mounted, a_groups_directory,
          numbers_of_the_memory_controller, a_group_with_its_limit_and_those_above_it,
          the_root_has_no_numbers_and_no_limit, a_command_that_is_moved_is_followed,
          what_happens_is_told_once_and_as_an_event, a_kill_elsewhere_is_the_machines_and_one_in_the_group_is_not,
          the_machines_kills_are_looked_at_once_a_second_and_at_the_end,
          where_version_1_has_the_memory_there_is_little_to_look_at, a_peak_from_before_the_recording_is_not_its_own,
          without_groups_the_machines_kills_are_left)

#else

#include <stdio.h>

int main(void)
{
    puts("1..0 # SKIP control groups are Linux's");
    return 0;
}

#endif
