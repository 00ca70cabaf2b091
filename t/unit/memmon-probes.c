/* SPDX-License-Identifier: Apache-2.0
 * Probes, on a tree of files that stands in for /proc and /sys. */
#include "unit.h"

#ifdef __linux__

#include "tree.h"

#include "../../memmon/probes_linux.h"
#include "../../memmon/record.h"
#include "../../memmon/session.h"
#include "../../memmon/sources.h"
#include "../../memmon/zombies_linux.h"

#include <math.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const int64_t ms = 1000000;
static struct jsonl_config config = {.pressure_warn_some = 5, .pressure_critical_full = 5};
static struct probe_env env = {.proc = root, .sys = root, .config = &config};
static struct jsonl_sample sample;
static struct jsonl_error err;

static void begin(void)
{
    tree_begin();
    sample_init(&sample);
    err = (struct jsonl_error){0};
}

static unsigned flags, threads = 1; /* of the processes that are put */

static void end(void)
{
    flags = 0;
    threads = 1;
    tree_end();
}

static double metric(enum jsonl_metric m)
{
    return sample.metric[m];
}

START_TEST(memory_in_gb_and_per_cent)
    {
        begin();
        put("meminfo", "MemTotal: 10000000 kB\nMemAvailable: 2500000 kB\nSwapTotal: 1000000 kB\nSwapFree: 750000 kB\n");
        void *p = probe_memory.open(&env, &err);
        ck_assert_ptr_nonnull(p);
        probe_memory.read(p, 0, &sample);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_ram_free_gb), 2.56, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_ram_used_gb), 7.68, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_ram_total_gb), 10.24, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_ram_percent), 75, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_swap_used_mb), 256, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_swap_percent), 25, 1e-9);

        put("meminfo", "MemTotal: 10000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n"); /* an old kernel, no swap space */
        probe_memory.read(p, 0, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_ram_free_gb)));
        ck_assert(isnan(metric(JSONL_METRIC_ram_used_gb)));
        ck_assert(isnan(metric(JSONL_METRIC_ram_percent)));
        ck_assert_double_eq(metric(JSONL_METRIC_swap_used_mb), 0);
        ck_assert(isnan(metric(JSONL_METRIC_swap_percent)));
        probe_memory.close(p);
        end();
    }
END_TEST

START_TEST(probes_say_what_is_missing)
    {
        begin();
        ck_assert_ptr_null(probe_memory.open(&env, &err));
        ck_assert_ptr_nonnull(strstr(err.message, "meminfo: No such file"));
        ck_assert_ptr_null(probe_cpu.open(&env, &err));
        ck_assert_ptr_null(probe_load.open(&env, &err));
        end();
    }
END_TEST

static void put_stall(unsigned some_us, unsigned full_us)
{
    put("pressure/memory",
        "some avg10=0.00 avg60=0.00 avg300=0.00 total=%u\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=%u\n", some_us,
        full_us);
}

START_TEST(pressure_is_the_share_of_the_interval_and_the_level_that_of_two_seconds)
    {
        begin();
        put_stall(1000, 500);
        void *p = probe_pressure.open(&env, &err);
        ck_assert_str_eq(err.message, "");
        probe_pressure.read(p, 1000 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_psi_some))); /* there is no interval yet */
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 1);

        put_stall(1000 + 50000, 500); /* 50 of 200 ms: much, but only 2.5 % of 2 s */
        probe_pressure.read(p, 1200 * ms, &sample);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_psi_some), 25, 1e-9);
        ck_assert_double_eq(metric(JSONL_METRIC_psi_full), 0);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 1);

        put_stall(1000 + 100000, 500);
        probe_pressure.read(p, 1400 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 2);

        put_stall(1000 + 200000, 500 + 100000);
        probe_pressure.read(p, 1600 * ms, &sample);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_psi_full), 50, 1e-9);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 4);

        for (int64_t t = 1800; t <= 3400; t += 200) /* calm; 2 s later it is over */
            probe_pressure.read(p, t * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 4);
        probe_pressure.read(p, 3700 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_psi_some), 0);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 1);
        probe_pressure.close(p);
        end();
    }
END_TEST

START_TEST(pressure_without_the_kernels_count_follows_memory)
    {
        begin();
        void *p = probe_pressure.open(&env, &err);
        ck_assert_ptr_nonnull(p);
        ck_assert_ptr_nonnull(strstr(err.message, "pressure/memory"));
        probe_pressure.read(p, 0, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_memory_pressure)));
        sample.metric[JSONL_METRIC_ram_total_gb] = 64;
        sample.metric[JSONL_METRIC_ram_free_gb] = 6;
        probe_pressure.read(p, 0, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_memory_pressure), 2);
        ck_assert(isnan(metric(JSONL_METRIC_psi_some)));
        probe_pressure.close(p);

        err = (struct jsonl_error){0};
        put("pressure/memory", "%s", ""); /* there, but cannot be read: psi=0 */
        p = probe_pressure.open(&env, &err);
        ck_assert_ptr_nonnull(strstr(err.message, "cannot be read"));
        probe_pressure.close(p);
        end();
    }
END_TEST

START_TEST(cpu_is_of_the_last_100_ms)
    {
        begin();
        put("stat", "cpu  100 0 100 800 0 0 0 0 0 0\n");
        void *p = probe_cpu.open(&env, &err);
        probe_cpu.read(p, 1000 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_cpu_user)));
        put("stat", "cpu  103 0 100 802 0 0 0 0 0 0\n");
        probe_cpu.read(p, 1050 * ms, &sample); /* too soon */
        ck_assert(isnan(metric(JSONL_METRIC_cpu_user)));
        put("stat", "cpu  103 3 102 810 2 0 0 0 0 0\n");
        probe_cpu.read(p, 1100 * ms, &sample);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_cpu_user), 30, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_cpu_sys), 10, 1e-9);
        ck_assert_double_eq_tol(metric(JSONL_METRIC_cpu_idle), 60, 1e-9);
        put("stat", "cpu  103 3 112 802 0 0 0 0 0 0\n"); /* idle time steps back */
        probe_cpu.read(p, 1150 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_cpu_idle), 0);
        put("stat", "%s", "garbage");
        probe_cpu.read(p, 1400 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_cpu_user)));
        probe_cpu.close(p);
        end();
    }
END_TEST

static void put_process(int pid, int ppid, char state, int utime, int cutime, int rss)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%d/stat", pid);
    put(name, "%d (a) b) %c %d 0 0 0 -1 %u 0 0 0 0 %d 0 %d 0 20 0 %u 0 5000 0 %d 0 0\n", pid, state, ppid, flags, utime,
        cutime, threads, rss);
}

static void put_children(int pid, int tid, const char *children)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%d/task/%d/children", pid, tid);
    put(name, "%s", children);
}

static void put_family(void)
{
    put_process(1, 0, 'S', 0, 0, 10);
    put_process(50, 1, 'S', 9, 9, 10); /* the shell above */
    put_process(100, 50, 'S', 9, 0, 10);
    put_process(200, 100, 'S', 0, 0, 1000);
    put_process(201, 200, 'R', 0, 0, 100);
    put_process(202, 200, 'Z', 0, 0, 0);
    put_process(300, 1, 'Z', 0, 0, 0);          /* someone else's */
    put("100/status", "VmHWM:\t    9000 kB\n"); /* memmon's own does not count */
    put("200/status", "Name:\tx\nVmPeak:\t    7000 kB\nVmHWM:\t    5000 kB\nVmRSS:\t    4000 kB\n");
    put("201/status", "Name:\ty\nVmHWM:\t     400 kB\n");
    put("202/status", "Name:\tzombie\nState:\tZ (zombie)\n");
    put("self", "%s", "");
    put("1x", "%s", "");
}

static double told_peak(void *p)
{
    struct probe_news news = {.proc_peak_gb = NAN};
    probe_procs.news(p, &news);
    return news.proc_peak_gb;
}

static void check_family(void *p)
{
    double page = (double)sysconf(_SC_PAGESIZE), ticks = (double)sysconf(_SC_CLK_TCK);
    probe_procs.read(p, 1000 * ms, &sample);
    ck_assert_double_eq(metric(JSONL_METRIC_zombies), 2);
    ck_assert_double_eq(metric(JSONL_METRIC_proc_count), 2);
    ck_assert_double_eq_tol(metric(JSONL_METRIC_proc_rss_gb), 1100 * page / 1e9, 1e-12);
    ck_assert(isnan(metric(JSONL_METRIC_proc_cpu)));
    ck_assert_double_eq_tol(told_peak(p), 5000 * 1024 / 1e9, 1e-12);

    put_process(200, 100, 'S', 2, 3, 1000); /* one that came and went between left its time to its parent */
    put_process(201, 200, 'R', 5, 0, 100);
    probe_procs.read(p, 1200 * ms, &sample);
    ck_assert_double_eq_tol(metric(JSONL_METRIC_proc_cpu), 100 * 10 / ticks / 0.2, 1e-9);
    put("200/status", "VmHWM:\t    4000 kB\n"); /* after an exec it counts anew */
    probe_procs.read(p, 1400 * ms, &sample);
    ck_assert_double_eq(metric(JSONL_METRIC_proc_cpu), 0);
    ck_assert_double_eq_tol(told_peak(p), 5000 * 1024 / 1e9, 1e-12);
    put("200/status", "VmHWM:\t    6000 kB\n");
    put_process(200, 100, 'S', 2, 3, 20000); /* large: wait4 will tell */
    probe_procs.read(p, 1600 * ms, &sample);
    ck_assert_double_eq_tol(told_peak(p), 5000 * 1024 / 1e9, 1e-12);
}

START_TEST(processes_by_their_parents)
    {
        begin();
        put_family();
        env.tree_pid = 100;
        void *p = probe_procs.open(&env, &err);
        ck_assert_str_eq(err.message, "");
        check_family(p);
        probe_procs.close(p);
        end();
    }
END_TEST

START_TEST(processes_by_their_children)
    {
        begin();
        put_family();
        threads = 2;
        put_process(200, 100, 'S', 0, 0, 1000);
        put_children(100, 100, "200 ");
        put_children(100, 101, "204 "); /* memmon's other threads have none; so this is not read */
        put_children(200, 200, "");
        put_children(200, 210, "201 202 203 "); /* of another thread; 203 has ended */
        put_children(201, 201, "");
        put_process(204, 200, 'R', 0, 0, 5000); /* not listed: so it was the children's files that were read */
        env.tree_pid = 100;
        void *p = probe_procs.open(&env, &err);
        check_family(p);
        probe_procs.close(p);
        end();
    }
END_TEST

START_TEST(processes_with_more_children_than_a_buffer_holds)
    {
        enum { N = 3000 };
        begin();
        put_process(1, 0, 'S', 0, 0, 10);
        put_process(100, 1, 'S', 0, 0, 10);
        char *list = calloc(N, 8), *at = list;
        for (int i = 0; i < N; i++) {
            at += sprintf(at, "%d ", 10000 + i);
            if (i % 10 == 0)
                put_process(10000 + i, 100, 'S', 0, 0, 1);
        }
        put_children(100, 100, list);
        env.tree_pid = 100;
        void *p = probe_procs.open(&env, &err);
        probe_procs.read(p, 1000 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_proc_count), N / 10);
        probe_procs.close(p);
        free(list);
        end();
    }
END_TEST

START_TEST(threads_of_the_kernel_and_processes_with_threads_left_are_no_zombies)
    {
        begin();
        put_process(1, 0, 'S', 0, 0, 10);
        flags = 0x00200000;
        put_process(2, 0, 'S', 0, 0, 0);
        flags = 0;
        put_process(300, 1, 'Z', 0, 0, 0);
        threads = 2; /* its first thread has ended, and another works */
        put_process(301, 1, 'Z', 0, 0, 0);
        env.tree_pid = 0;
        void *p = probe_procs.open(&env, &err);
        ck_assert_str_eq(err.message, "");
        probe_procs.read(p, 1000 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_zombies), 1);

        threads = 1;
        put_process(2, 0, 'Z', 0, 0, 0); /* never happens: so it was not read again */
        put_process(301, 1, 'Z', 0, 0, 0);
        probe_procs.read(p, 1500 * ms, &sample); /* too soon */
        ck_assert_double_eq(metric(JSONL_METRIC_zombies), 1);
        probe_procs.read(p, 3000 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_zombies), 2);
        put_process(2, 0, 'S', 0, 0, 0);
        take("300");
        put_process(302, 1, 'S', 0, 0, 0);
        probe_procs.read(p, 5000 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_zombies), 1);
        ck_assert_int_ge(probe_procs.pace(p), 1000 * ms); /* nothing else is looked at */
        probe_procs.close(p);
        end();
    }
END_TEST

START_TEST(births_are_told_by_the_kernel_alone)
    {
        struct births b;
        begin();
        put("loadavg", "0.08 1.02 12.50 1/72 345\n");
        put("self/status", "Name:\tx\nNSpid:\t%d\n", (int)getpid());
        births_open(&b, root); /* it does not count what is made */
        ck_assert(!births_are_known(&b));
        ck_assert_uint_eq(births_mark(&b, 0), 0);
        end();

        births_open(&b, "/proc");
        if (births_are_known(&b)) { /* not in every container */
            uint64_t mark = births_mark(&b, 1000 * ms);
            ck_assert_uint_ne(mark, 0);
            pid_t pid = fork();
            if (pid == 0)
                _exit(0);
            ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
            ck_assert_uint_ne(births_mark(&b, 1000 * ms), mark);
            mark = births_mark(&b, 1000 * ms);
            ck_assert_uint_ne(births_mark(&b, 60000 * ms), mark); /* not for ever */
        }
        births_close(&b);
    }
END_TEST

enum { CORPSES = 40 };

static void make_zombies(pid_t *pid, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        siginfo_t end;
        pid[i] = fork();
        if (pid[i] == 0)
            _exit(0);
        ck_assert_int_gt(pid[i], 0);
        ck_assert_int_eq(waitid(P_PID, (id_t)pid[i], &end, WEXITED | WNOWAIT), 0);
    }
}

/* Others may have some, too; so what is told is no less than ours. */
START_TEST(zombies_of_this_machine)
    {
        struct births b;
        static struct zombies z;
        pid_t first[CORPSES], second[CORPSES];
        struct rlimit before, few;
        ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
        few =
            (struct rlimit){.rlim_cur = 120, .rlim_max = before.rlim_max}; /* not enough to have the end of each told */
        ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
        births_open(&b, "/proc");
        ck_assert(zombies_open(&z, "/proc", &b, 0));
        ck_assert_uint_le(z.watched_max, 30);
        ck_assert_double_ge(zombies_count(&z, 1000 * ms), 0);
        make_zombies(first, CORPSES);
        ck_assert_double_ge(zombies_count(&z, 2000 * ms), CORPSES);
        make_zombies(second, CORPSES);
        ck_assert_double_ge(zombies_count(&z, 3000 * ms), 2 * CORPSES);
        ck_assert_double_ge(zombies_count(&z, 3000 * ms), 2 * CORPSES); /* nothing is new but what others make */
        ck_assert_uint_le(z.watched, z.watched_max);
        ck_assert_uint_ge(z.len, 2 * CORPSES);
        for (size_t i = 0; i < CORPSES; i++)
            ck_assert(waitpid(first[i], NULL, 0) > 0 && waitpid(second[i], NULL, 0) > 0);
        ck_assert_double_ge(zombies_count(&z, 4000 * ms), 0);
        zombies_close(&z);
        births_close(&b);
        ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    }
END_TEST

START_TEST(zombies_are_not_counted_where_processes_are_hidden)
    {
        begin();
        put_process(100, 50, 'Z', 9, 0, 10);
        env.tree_pid = 0;
        void *p = probe_procs.open(&env, &err);
        ck_assert_ptr_nonnull(strstr(err.message, "zombies are not counted"));
        probe_procs.read(p, 1000 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_zombies)));
        ck_assert(isnan(metric(JSONL_METRIC_proc_count)));
        probe_procs.close(p);
        end();
    }
END_TEST

START_TEST(a_command_is_not_known_where_memmon_itself_cannot_be_seen)
    {
        begin(); /* as in a chroot without /proc */
        env.tree_pid = 100;
        void *p = probe_procs.open(&env, &err);
        probe_procs.read(p, 1000 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_proc_count)));
        ck_assert(isnan(metric(JSONL_METRIC_proc_rss_gb)));
        probe_procs.read(p, 1200 * ms, &sample);
        ck_assert(isnan(metric(JSONL_METRIC_proc_cpu)));
        probe_procs.close(p);
        end();
    }
END_TEST

static size_t notes;
static void note(const struct probe *probe, const struct jsonl_error *what)
{
    notes += probe->name && what->message[0];
}

START_TEST(sources_keep_slow_values_and_leave_out_what_is_not_there)
    {
        begin();
        put("loadavg", "1.00 2.00 3.00 1/72 345\n");
        put("stat", "cpu  100 0 100 800 0 0 0 0 0 0\n");
        static struct sources s;
        static const struct probe *const table[] = {&probe_memory, &probe_cpu, &probe_load, NULL};
        notes = 0;
        sources_open(&s, table, &env, note);
        ck_assert_uint_eq(s.len, 2);
        ck_assert_uint_eq(notes, 1);
        sources_read(&s, 1000 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_load_1), 1);
        put("loadavg", "5.00 2.00 3.00 1/72 345\n");
        sources_read(&s, 1010 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_load_1), 1); /* kept: not due */
        sources_read(&s, 1100 * ms, &sample);
        ck_assert_double_eq(metric(JSONL_METRIC_load_1), 5);
        ck_assert(isnan(metric(JSONL_METRIC_ram_free_gb)));
        sources_close(&s);
        end();
    }
END_TEST

START_TEST(session_of_a_recorded_machine)
    {
        begin();
        put("cpuinfo", "processor\t: 0\nmodel name\t: Neural Abacus 9\n");
        put("meminfo", "MemTotal: 1000000 kB\n");
        put("class/dmi/id/sys_vendor", "Acme\n");
        put("class/dmi/id/product_name", "Bench 2000 \n");
        put("devices/system/cpu/cpu0/topology/thread_siblings_list", "0,2\n");
        put("devices/system/cpu/cpu1/topology/thread_siblings_list", "1,3\n");
        put("devices/system/cpu/cpu2/topology/thread_siblings_list", "0,2\n");
        put("devices/system/cpu/cpu3/topology/thread_siblings_list", "1,3\n");
        put("devices/system/cpu/cpufreq/x", "%s", "");
        put("self/root/etc/os-release", "ID=nimbus\nPRETTY_NAME=\"Nimbus OS 3\"\n");
        put("self/mountinfo", "30 25 0:26 / %s/tree rw - cgroup2 none rw\n", root);
        put("self/cgroup", "0::/box\n");
        put("tree/box/memory.max", "512000000\n");
        struct session session = {0};
        session_collect(&session, root, root);
        ck_assert_str_eq(session.os, "Nimbus OS 3");
        ck_assert_double_eq_tol(session.ram_limit_gb, 0.512, 1e-9);
        ck_assert_str_eq(session.chip, "Neural Abacus 9");
        ck_assert_str_eq(session.model, "Acme Bench 2000");
        ck_assert_str_eq(session.platform, "Linux");
        ck_assert_int_eq(session.cores_physical, 2);
        ck_assert_double_eq_tol(session.ram_total_gb, 1.024, 1e-9);
        end();
    }
END_TEST

START_TEST(session_of_a_machine_that_tells_nothing)
    {
        begin();
        put("device-tree/model", "Some Board%c", 0);
        struct session session = {0};
        session_collect(&session, root, root);
        ck_assert_str_eq(session.chip, "");
        ck_assert_str_eq(session.model, "Some Board");
        ck_assert_int_eq(session.cores_physical, 0);
        ck_assert(isnan(session.ram_total_gb));
        ck_assert(isnan(session.ram_limit_gb));
        ck_assert_str_eq(session.os, "");
        end();
    }
END_TEST

UNIT_MAIN("probes", memory_in_gb_and_per_cent, probes_say_what_is_missing,
          pressure_is_the_share_of_the_interval_and_the_level_that_of_two_seconds,
          pressure_without_the_kernels_count_follows_memory, cpu_is_of_the_last_100_ms, processes_by_their_parents,
          processes_by_their_children, processes_with_more_children_than_a_buffer_holds,
          threads_of_the_kernel_and_processes_with_threads_left_are_no_zombies, births_are_told_by_the_kernel_alone,
          zombies_of_this_machine, zombies_are_not_counted_where_processes_are_hidden,
          a_command_is_not_known_where_memmon_itself_cannot_be_seen,
          sources_keep_slow_values_and_leave_out_what_is_not_there, session_of_a_recorded_machine,
          session_of_a_machine_that_tells_nothing)

#else

#include <stdio.h>

int main(void)
{
    puts("1..0 # SKIP these probes are Linux's");
    return 0;
}

#endif
