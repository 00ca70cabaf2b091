/* SPDX-License-Identifier: Apache-2.0
 * macOS' probes on a stand-in for its kernel (macos/): what they tell, how they fail, and that they give back what they
 * take.  That macOS itself answers so, this cannot show. */
#include "unit.h"

#include "../../memmon/clock.h"
#include "../../memmon/probes_macos.h"
#include "../../memmon/record.h"
#include "../../memmon/sender.h"
#include "../../memmon/session.h"
#include "../../memmon/sources.h"
#include "macos/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const int64_t ms = 1000000;

/* A probe, open, and the sample that it is read into. */
static struct jsonl_sample sample;
static struct jsonl_error error;

static void *start(const struct probe *probe, int tree_pid)
{
    const struct probe_env env = {.proc = "/none", .sys = "/none", .tree_pid = tree_pid};
    sample_init(&sample);
    error = (struct jsonl_error){0};
    return probe->open(&env, &error);
}

static void *start_well(const struct probe *probe, int tree_pid)
{
    void *state = start(probe, tree_pid);
    ck_assert_ptr_nonnull(state);
    ck_assert_str_eq(error.message, "");
    return state;
}

static void stop(const struct probe *probe, void *state)
{
    probe->close(state);
    ck_assert_int_eq(kernel.ports, 0);
    ck_assert_int_eq(kernel.mappings, 0);
    ck_assert_int_eq(kernel.objects, 0);
    ck_assert_int_eq(kernel.services, 0);
    ck_assert_int_eq(kernel.libraries, 0);
}

#define is_near(name, want) ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_##name], want, 1e-9)
#define is_absent(name)     ck_assert(isnan(sample.metric[JSONL_METRIC_##name]))

/* ---- Memory ---- */

START_TEST(memory_comes_from_sysctl_alone)
    {
        kernel_start();
        kernel.swap = (struct xsw_usage){.xsu_total = 2147483648, .xsu_used = 1073741824};
        void *state = start_well(&probe_memory, 0);
        ck_assert_int_eq(kernel.ports, 0);
        probe_memory.read(state, 0, &sample);
        is_near(ram_free_gb, (100000 + 140000 + 4140) * 16384.0 / 1e9);
        is_near(ram_total_gb, 17.179869184);
        is_near(swap_used_mb, 1073.741824);
        is_near(swap_percent, 50);
        kernel_value("vm.page_free_count")->number = 0; /* as it is at the moment, each time */
        probe_memory.read(state, ms, &sample);
        is_near(ram_free_gb, (140000 + 4140) * 16384.0 / 1e9);
        ck_assert_uint_eq(kernel.statistics_calls, 0);
        stop(&probe_memory, state);
    }
END_TEST

START_TEST(memory_that_sysctl_lacks_is_asked_for_twice_a_second)
    {
        kernel_start();
        kernel_value("vm.page_pageable_external_count")->name = "vm.no_longer";
        void *state = start_well(&probe_memory, 0);
        for (int64_t t = 0; t < 3000 * ms; t += ms) {
            probe_memory.read(state, t, &sample);
            is_near(ram_free_gb, (105000 + 200000) * 16384.0 / 1e9);
        }
        ck_assert_uint_eq(kernel.statistics_calls, 6);
        kernel.no_statistics = true;
        probe_memory.read(state, 3000 * ms, &sample);
        is_absent(ram_free_gb);
        is_absent(ram_percent);
        is_near(ram_total_gb, 17.179869184);
        kernel.no_statistics = false;
        probe_memory.read(state, 3001 * ms, &sample);
        is_absent(ram_free_gb);
        probe_memory.read(state, 3500 * ms, &sample);
        is_near(ram_free_gb, (105000 + 200000) * 16384.0 / 1e9);
        stop(&probe_memory, state);
    }
END_TEST

START_TEST(memory_that_cannot_be_read_is_absent)
    {
        kernel_start();
        void *state = start_well(&probe_memory, 0);
        probe_memory.read(state, 0, &sample);
        kernel_value("vm.page_free_count")->size = 0;
        kernel.no_swap = true;
        probe_memory.read(state, ms, &sample);
        is_absent(ram_free_gb);
        is_absent(ram_used_gb);
        is_absent(swap_used_mb);
        is_absent(swap_percent);
        kernel_value("vm.page_free_count")->size = 2; /* a size that is no integer's we know */
        probe_memory.read(state, 2 * ms, &sample);
        is_absent(ram_free_gb);
        stop(&probe_memory, state);
    }
END_TEST

START_TEST(pressure_is_the_kernels_own)
    {
        kernel_start();
        void *state = start_well(&probe_pressure, 0);
        kernel_value("kern.memorystatus_vm_pressure_level")->number = 4;
        kernel_value("vm.memory_pressure")->number = 18231;
        probe_pressure.read(state, 0, &sample);
        is_near(memory_pressure, 4);
        is_near(vm_pressure, 18231);
        stop(&probe_pressure, state);
        kernel_value("kern.memorystatus_vm_pressure_level")->name = "kern.gone";
        state = start(&probe_pressure, 0);
        ck_assert_ptr_nonnull(state);
        ck_assert_str_eq(error.message, "sysctl has no kern.memorystatus_vm_pressure_level");
        probe_pressure.read(state, 0, &sample);
        is_absent(memory_pressure);
        is_near(vm_pressure, 18231);
        stop(&probe_pressure, state);
    }
END_TEST

/* ---- Processors ---- */

START_TEST(load_is_the_kernels)
    {
        kernel_start();
        void *state = start_well(&probe_load, 0);
        probe_load.read(state, 0, &sample);
        is_near(load_1, 1);
        is_near(load_5, 2);
        is_near(load_15, 0.5);
        kernel.no_load = true;
        probe_load.read(state, ms, &sample);
        is_absent(load_1);
        is_absent(load_5);
        is_absent(load_15);
        stop(&probe_load, state);
    }
END_TEST

START_TEST(cpu_is_of_the_last_100_ms)
    {
        kernel_start();
        void *state = start_well(&probe_cpu, 0);
        for (int64_t t = 0; t <= 200 * ms; t += 10 * ms) {
            if (t == 110 * ms) {
                is_near(cpu_user, 50);
                is_near(cpu_sys, 0);
                is_near(cpu_idle, 50);
            }
            probe_cpu.read(state, t, &sample);
            ck_assert_int_eq(kernel.mappings, 0);
            kernel.ticks[0][t < 100 * ms ? CPU_STATE_USER : CPU_STATE_SYSTEM]++;
            kernel.ticks[1][CPU_STATE_IDLE]++;
            if (t < 100 * ms)
                is_absent(cpu_user);
        }
        is_near(cpu_user, 0);
        is_near(cpu_sys, 50);
        stop(&probe_cpu, state);
    }
END_TEST

START_TEST(cpu_that_fails_is_absent_and_goes_on)
    {
        kernel_start();
        void *state = start_well(&probe_cpu, 0);
        probe_cpu.read(state, 0, &sample);
        kernel.ticks[0][CPU_STATE_USER] += 10;
        kernel.no_cpus = true;
        probe_cpu.read(state, 100 * ms, &sample);
        is_absent(cpu_user);
        kernel.no_cpus = false;
        kernel.cpus_cut = true;
        probe_cpu.read(state, 110 * ms, &sample);
        is_absent(cpu_user);
        ck_assert_int_eq(kernel.mappings, 0);
        kernel.cpus_cut = false;
        probe_cpu.read(state, 120 * ms, &sample);
        is_near(cpu_user, 100);
        stop(&probe_cpu, state);
    }
END_TEST

/* ---- Processes ---- */

enum { US = 400, COMMAND, WORKER, OLD };

/* We are a shell's child, and have one that has one, and one that has ended. */
static void start_command(void)
{
    static const struct kernel_process more[] = {
        {.pid = US, .ppid = 300, .status = 2, .footprint = 9 << 20},
        {.pid = COMMAND, .ppid = US, .status = 2, .footprint = 1000000},
        {.pid = WORKER, .ppid = COMMAND, .status = 2, .footprint = 2000000000},
        {.pid = OLD, .ppid = COMMAND, .status = 5},
    };
    memcpy(kernel.processes + kernel.processes_len, more, sizeof more);
    kernel.processes_len += 4;
}

static struct kernel_process *process(int pid)
{
    for (int i = 0; i < kernel.processes_len; i++)
        if (kernel.processes[i].pid == pid)
            return &kernel.processes[i];
    return NULL;
}

START_TEST(processes_of_the_command)
    {
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, US);
        probe_procs.read(state, 0, &sample);
        is_near(proc_count, 2);
        is_near(proc_rss_gb, 2.001);
        is_near(zombies, 1);
        is_absent(proc_cpu);
        process(WORKER)->user += 24000000 / 10; /* 0.1 s */
        process(OLD)->system += 24000000 / 20;
        process(COMMAND)->child_user += 24000000 / 20;
        probe_procs.read(state, 200 * ms, &sample);
        is_near(proc_cpu, 100);
        stop(&probe_procs, state);
    }
END_TEST

START_TEST(processes_of_others_are_counted_but_not_summed)
    {
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, US);
        process(WORKER)->usage_errno = EPERM;
        probe_procs.read(state, 0, &sample);
        is_near(proc_count, 2);
        is_absent(proc_rss_gb);
        is_absent(proc_cpu);
        process(WORKER)->usage_errno = ESRCH; /* it ended while we were looking */
        probe_procs.read(state, 200 * ms, &sample);
        is_near(proc_rss_gb, 0.001);
        stop(&probe_procs, state);
    }
END_TEST

START_TEST(processes_that_are_many)
    {
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, US);
        for (int pid = 1000; kernel.processes_len < KERNEL_PROCESSES; pid++)
            kernel.processes[kernel.processes_len++] =
                (struct kernel_process){.pid = pid, .ppid = WORKER, .status = 3, .footprint = 1000};
        probe_procs.read(state, 0, &sample);
        is_near(proc_count, KERNEL_PROCESSES - 4);
        is_near(proc_rss_gb, 2.001 + (KERNEL_PROCESSES - 6) * 1e-6);
        stop(&probe_procs, state);
    }
END_TEST

START_TEST(processes_that_cannot_be_listed_are_absent)
    {
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, US);
        probe_procs.read(state, 0, &sample);
        kernel.no_processes = true;
        probe_procs.read(state, 200 * ms, &sample);
        is_absent(proc_count);
        is_absent(proc_rss_gb);
        is_absent(proc_cpu);
        is_absent(zombies);
        stop(&probe_procs, state);
    }
END_TEST

START_TEST(zombies_without_a_command_once_a_second)
    {
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, 0);
        probe_procs.read(state, 0, &sample);
        is_near(zombies, 1);
        is_absent(proc_count);
        process(WORKER)->status = 5;
        probe_procs.read(state, 999 * ms, &sample);
        is_near(zombies, 1);
        probe_procs.read(state, 1000 * ms, &sample);
        is_near(zombies, 2);
        stop(&probe_procs, state);
    }
END_TEST

START_TEST(processes_tell_their_peak)
    {
        struct probe_news news = {.proc_peak_gb = 1};
        kernel_start();
        start_command();
        void *state = start_well(&probe_procs, US);
        probe_procs.news(state, &news);
        ck_assert(isnan(news.proc_peak_gb));
        process(US)->peak = 9000000000; /* our own does not count */
        process(COMMAND)->peak = 1500000000;
        process(OLD)->peak = 3000000000; /* it has ended, and its peak was before any look at it */
        probe_procs.read(state, 0, &sample);
        probe_procs.news(state, &news);
        ck_assert_double_eq(news.proc_peak_gb, 3);
        kernel.processes_len = 3;
        probe_procs.read(state, 200 * ms, &sample);
        probe_procs.news(state, &news);
        ck_assert_double_eq(news.proc_peak_gb, 3);
        stop(&probe_procs, state);
    }
END_TEST

/* ---- Graphics processor ---- */

START_TEST(gpu_tells_its_statistics)
    {
        kernel_start();
        void *state = start_well(&probe_accelerator, 0);
        probe_accelerator.read(state, 0, &sample);
        is_near(gpu_device_util, 17);
        is_near(gpu_renderer_util, 15);
        is_near(gpu_tiler_util, 14);
        is_near(gpu_mem_used_gb, 0.43057152);
        is_absent(gpu_mem_total_gb);
        ck_assert_int_eq(sample.gpu_active, 1);
        const struct gpus *gpus = probe_accelerator.gpus(state);
        ck_assert_uint_eq(gpus->len, 1);
        ck_assert_str_eq(gpus->gpu[0].name, "Apple M4, 10 cores");
        ck_assert_double_eq(gpus->gpu[0].util, 17);
        ck_assert(isnan(gpus->gpu[0].power_w));
        stop(&probe_accelerator, state);
    }
END_TEST

START_TEST(gpu_is_not_read_in_quick_succession)
    {
        kernel_start();
        void *state = start_well(&probe_accelerator, 0);
        probe_accelerator.read(state, 0, &sample);
        kernel.gpu.device = 0; /* as the second of two quick readings may have it */
        probe_accelerator.read(state, 99 * ms, &sample);
        is_near(gpu_device_util, 17);
        kernel.gpu.device = 90;
        probe_accelerator.read(state, 125 * ms, &sample);
        is_near(gpu_device_util, 90);
        stop(&probe_accelerator, state);
    }
END_TEST

START_TEST(gpu_statistics_that_lack_are_absent)
    {
        kernel_start();
        kernel.gpu =
            (struct kernel_gpu){.model = NULL, .cores = NAN, .device = NAN, .renderer = 3, .tiler = NAN, .memory = NAN};
        void *state = start_well(&probe_accelerator, 0);
        probe_accelerator.read(state, 0, &sample);
        is_absent(gpu_device_util);
        is_near(gpu_renderer_util, 3);
        is_absent(gpu_mem_used_gb);
        ck_assert_int_eq(sample.gpu_active, -1);
        ck_assert_str_eq(probe_accelerator.gpus(state)->gpu[0].name, "GPU");
        kernel.gpu.worded = true;
        probe_accelerator.read(state, 1000 * ms, &sample);
        is_absent(gpu_renderer_util);
        kernel.gpu.worded = false;
        kernel.gpu.unreadable = true;
        probe_accelerator.read(state, 2000 * ms, &sample);
        is_absent(gpu_renderer_util);
        stop(&probe_accelerator, state);
    }
END_TEST

START_TEST(gpu_name_that_is_too_long_is_none)
    {
        char model[300];
        memset(model, 'x', sizeof model - 1);
        model[sizeof model - 1] = '\0';
        kernel_start();
        kernel.gpu.model = model;
        void *state = start_well(&probe_accelerator, 0);
        ck_assert_str_eq(probe_accelerator.gpus(state)->gpu[0].name, "GPU, 10 cores");
        stop(&probe_accelerator, state);
    }
END_TEST

static void check_nothing_is_kept(void)
{
    ck_assert_int_eq(kernel.objects, 0);
    ck_assert_int_eq(kernel.services, 0);
    ck_assert_int_eq(kernel.libraries, 0);
}

START_TEST(gpu_that_is_not_there)
    {
        kernel_start();
        kernel.gpu.none = true;
        ck_assert_ptr_null(start(&probe_accelerator, 0));
        ck_assert_str_eq(error.message, "");
        check_nothing_is_kept();

        static const char *const libraries[] = {"IOKit", "CoreFoundation"};
        for (size_t i = 0; i < 2; i++) {
            kernel_start();
            kernel.no_library = libraries[i];
            ck_assert_ptr_null(start(&probe_accelerator, 0));
            ck_assert_str_eq(error.message, "IOKit cannot be loaded");
            check_nothing_is_kept();
        }
        static const char *const symbols[] = {"IOServiceMatching", "CFRelease", "CFNumberGetValue"};
        for (size_t i = 0; i < 3; i++) {
            kernel_start();
            kernel.no_symbol = symbols[i];
            ck_assert_ptr_null(start(&probe_accelerator, 0));
            ck_assert_ptr_nonnull(strstr(error.message, symbols[i]));
            check_nothing_is_kept();
        }
    }
END_TEST

/* ---- All ---- */

START_TEST(each_metric_has_one_probe)
    {
        uint64_t seen = 0;
        for (const struct probe *const *probe = probes; *probe; probe++) {
            ck_assert_msg(!(seen & (*probe)->metrics), "%s", (*probe)->name);
            seen |= (*probe)->metrics;
        }
        ck_assert(seen & PROBE_METRIC(vm_pressure));
        ck_assert(!(seen & PROBE_METRIC(psi_some)));
    }
END_TEST

/* As in a recording, each slow probe with a thread of its own. */
START_TEST(all_together)
    {
        static struct sources sources;
        kernel_start();
        start_command();
        process(WORKER)->peak = 2500000000;
        const struct probe_env env = {.proc = "/none", .sys = "/none", .tree_pid = US, .command_pid = COMMAND};
        const struct schedule recording = {.start_ns = clock_monotonic(), .interval_ns = 10 * ms};
        sample_init(&sample);
        sources_open(&sources, probes, &env, NULL);
        ck_assert_int_eq(sources_start(&sources, &recording), 0);
        sources_settle(&sources, 60000 * ms);
        do /* what a thread is just putting down is not waited for */
            sources_read(&sources, clock_monotonic(), &sample);
        while (isnan(sample.metric[JSONL_METRIC_proc_count]) || isnan(sample.metric[JSONL_METRIC_gpu_device_util]));
        is_near(ram_total_gb, 17.179869184);
        is_near(memory_pressure, 1);
        is_near(load_1, 1);
        is_near(proc_count, 2);
        is_near(zombies, 1);
        is_near(gpu_device_util, 17);
        is_near(gpu_tiler_util, 14);
        ck_assert_int_eq(sample.gpu_active, 1);
        ck_assert_uint_eq(sources.gpus.len, 1);
        ck_assert(isnan(sources.gpu_energy_j));
        ck_assert_double_eq(sources.proc_peak_gb, 2.5);
        sources.patience_ns = 60000000000; /* none of these hangs */
        sources_stop(&sources);
        ck_assert(sources_close(&sources));
        ck_assert_int_eq(kernel.ports, 0);
        check_nothing_is_kept();
    }
END_TEST

START_TEST(session_of_a_mac)
    {
        static struct session session;
        kernel_start();
        session_collect(&session, "/none", "/none");
        ck_assert_str_eq(session.os, "macOS 15.5");
        ck_assert_str_eq(session.chip, "Apple M4");
        ck_assert_str_eq(session.model, "Mac16,10");
        ck_assert_int_eq(session.cores_physical, 10);
        ck_assert_int_eq(session.cores_logical, 10);
        ck_assert_int_eq(session.cores_performance, 4);
        ck_assert_int_eq(session.cores_efficiency, 6);
        ck_assert_double_eq_tol(session.ram_total_gb, 17.179869184, 1e-9);
        kernel = (struct kernel){0};
        session = (struct session){0};
        session_collect(&session, "/none", "/none");
        ck_assert_str_eq(session.os, "macOS");
        ck_assert_str_eq(session.chip, "");
        ck_assert_int_eq(session.cores_physical, 0);
        ck_assert(!(session.ram_total_gb > 0));
    }
END_TEST

START_TEST(clock_sleeps_until_its_time)
    {
        clock_exact();
        int64_t before = clock_monotonic(), wake = before + 3 * ms + 1;
        clock_sleep_until(before - ms);
        clock_sleep_until(wake);
        ck_assert_int_ge(clock_monotonic(), wake);
        clock_sleep_until(clock_monotonic() + 3600 * INT64_C(1000) * ms); /* returns for a look, long before */
        ck_assert_int_ge(clock_thread(), 0);
        ck_assert_int_gt(clock_wall(), INT64_C(1600000000) * 1000 * ms);
    }
END_TEST

/* ---- Signals ---- */

enum { UNSAID = 12345 }; /* in place of the kernel's 0, which elsewhere means that a process sent it */

static int sender_of(pid_t pid, int signo)
{
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = signo;
    info.si_pid = pid;
    info.si_code = UNSAID;
    return sender_code(&info);
}

/* In a process that leads a session with a terminal of its own, in whose foreground it is or not. */
static int in_terminal(bool foreground)
{
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        int pty = posix_openpt(O_RDWR | O_NOCTTY);
        if (setsid() < 0 || pty < 0 || grantpt(pty) < 0 || unlockpt(pty) < 0)
            _exit(1);
        int tty = open(ptsname(pty), O_RDWR | O_NOCTTY);
        if (tty < 0 || ioctl(tty, TIOCSCTTY, 0) < 0)
            _exit(2);
        pid_t group = foreground ? 0 : fork();
        if (!foreground && group == 0) {
            setpgid(0, 0);
            _exit(sender_of(parent, SIGINT) == UNSAID ? 10 : 11);
        }
        if (foreground)
            _exit(sender_of(parent, SIGINT) == UNSAID ? 10 : 11);
        int status;
        waitpid(group, &status, 0);
        _exit(WEXITSTATUS(status));
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(signals_of_a_process_and_of_a_key)
    {
        ck_assert_int_eq(sender_of(getpid(), SIGINT), SI_USER); /* our own session */
        ck_assert_int_eq(sender_of(getpid(), SIGCHLD), UNSAID);
        ck_assert_int_eq(in_terminal(true), 10);  /* a key: from outside, while the keys are ours */
        ck_assert_int_eq(in_terminal(false), 11); /* the keys are another's */
    }
END_TEST

UNIT_MAIN("macos", memory_comes_from_sysctl_alone, memory_that_sysctl_lacks_is_asked_for_twice_a_second,
          memory_that_cannot_be_read_is_absent, pressure_is_the_kernels_own, load_is_the_kernels,
          cpu_is_of_the_last_100_ms, cpu_that_fails_is_absent_and_goes_on, processes_of_the_command,
          processes_of_others_are_counted_but_not_summed, processes_that_are_many,
          processes_that_cannot_be_listed_are_absent, zombies_without_a_command_once_a_second,
          processes_tell_their_peak, gpu_tells_its_statistics, gpu_is_not_read_in_quick_succession,
          gpu_statistics_that_lack_are_absent, gpu_name_that_is_too_long_is_none, gpu_that_is_not_there,
          each_metric_has_one_probe, all_together, session_of_a_mac, clock_sleeps_until_its_time,
          signals_of_a_process_and_of_a_key)
