/* SPDX-License-Identifier: Apache-2.0
 * Texts of /proc, and sums over processes. */
#include "unit.h"

#include "../../memmon/armchip.h"
#include "../../memmon/procfs.h"
#include "../../memmon/proctree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct meminfo meminfo(const char *text)
{
    struct meminfo info;
    meminfo_parse(text, strlen(text), &info);
    return info;
}

START_TEST(meminfo_is_in_bytes)
    {
        struct meminfo info = meminfo("MemTotal:       24684092 kB\nMemFree:        1 kB\nMemAvailable:   24378128 kB\n"
                                      "Buffers: 1392 kB\nSwapCached:            7 kB\nSwapTotal:       2097148 kB\n"
                                      "SwapFree:        1048576 kB\nDirty: 1 kB\n");
        ck_assert_double_eq(info.total, 24684092.0 * 1024);
        ck_assert_double_eq(info.available, 24378128.0 * 1024);
        ck_assert_double_eq(info.swap_total, 2097148.0 * 1024);
        ck_assert_double_eq(info.swap_free, 1048576.0 * 1024);
    }
END_TEST

START_TEST(meminfo_leaves_out_what_is_not_there)
    {
        struct meminfo info = meminfo("MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: x kB\nSwapTotal:");
        ck_assert_double_eq(info.total, 1024000);
        ck_assert(isnan(info.available));
        ck_assert(isnan(info.swap_total));
        ck_assert(isnan(info.swap_free));
        ck_assert(isnan(meminfo("").total));
        ck_assert(isnan(meminfo("MemTotal: 99999999999999999999999999 kB\n").total));
    }
END_TEST

START_TEST(stall_takes_the_totals)
    {
        static const char text[] = "some avg10=1.50 avg60=0.00 avg300=0.00 total=123456\n"
                                   "full avg10=0.00 avg60=0.00 avg300=0.00 total=789\n";
        struct stall stall;
        ck_assert(stall_parse(text, strlen(text), &stall));
        ck_assert_uint_eq(stall.some_us, 123456);
        ck_assert_uint_eq(stall.full_us, 789);
        ck_assert(!stall_parse(text, strcspn(text, "\n") + 1, &stall)); /* no full */
        ck_assert(!stall_parse("some total=1\nfull avg10=1\n", 26, &stall));
        ck_assert(!stall_parse("", 0, &stall));
    }
END_TEST

START_TEST(cpu_ticks_count_every_state_once)
    {
        static const char text[] = "cpu  10 20 30 400 50 6 7 8 9 9\ncpu0 1 1 1 1\n";
        struct cpu_ticks ticks;
        ck_assert(cpu_ticks_parse(text, strlen(text), &ticks));
        ck_assert_uint_eq(ticks.user, 30);
        ck_assert_uint_eq(ticks.sys, 43);
        ck_assert_uint_eq(ticks.idle, 450);
        ck_assert_uint_eq(ticks.total, 531);
        ck_assert(!cpu_ticks_parse("cpu0 1 2 3 4\n", 13, &ticks));
        ck_assert(!cpu_ticks_parse("cpu  1 2 3\n", 11, &ticks));
    }
END_TEST

START_TEST(loadavg_has_three)
    {
        double load[3];
        ck_assert(loadavg_parse("0.08 1.02 12.50 1/72 345\n", 25, load));
        ck_assert_double_eq(load[0], 0.08);
        ck_assert_double_eq(load[1], 1.02);
        ck_assert_double_eq(load[2], 12.5);
        ck_assert(!loadavg_parse("0.08 1.02\n", 10, load));
        uint64_t last = 0;
        ck_assert(loadavg_last_parse("0.08 1.02 12.50 1/72 345\n", 25, &last));
        ck_assert_uint_eq(last, 345);
        ck_assert(!loadavg_last_parse("0.08 1.02 12.50 1/72", 20, &last));
        ck_assert(!loadavg_last_parse("0.08 1.02 12.50\n", 16, &last));
        ck_assert(!loadavg_last_parse("", 0, &last));
    }
END_TEST

#define STAT_TAIL \
    " 10 20 30 0 -1 4194560 100 0 0 0 11 22 33 44 20 0 1 0 5000 1000000 250 18446744073709551615 1 1 0 0 0 0 0\n"

static bool stat_of(const char *text, struct proc *p)
{
    return proc_parse(text, strlen(text), p);
}

START_TEST(process_is_read_past_its_name)
    {
        static const char *const names[] = {"(sh)", "(a b)", "(evil) Z 1)", "(new\nline)", "())"};
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            char text[300] = "42 ";
            struct proc p;
            strcat(strcat(strcat(text, names[i]), " S"), STAT_TAIL);
            ck_assert_msg(stat_of(text, &p), "%s", names[i]);
            ck_assert_int_eq(p.pid, 42);
            ck_assert_int_eq(p.ppid, 10);
            ck_assert_int_eq(p.state, 'S');
            ck_assert_uint_eq(p.ticks, 33);
            ck_assert_uint_eq(p.waited, 77);
            ck_assert_uint_eq(p.rss, 250);
        }
    }
END_TEST

START_TEST(process_of_the_kernel_or_not)
    {
        struct proc p;
        ck_assert(stat_of("2 (kthreadd) S 0 0 0 0 -1 2129984 3 9 5 9 0 0 0 0 20 0 1 0 3 0 0\n", &p));
        ck_assert(p.kernel);
        ck_assert_uint_eq(p.faults, 8);
        ck_assert_uint_eq(p.threads, 1);
        ck_assert(stat_of("42 (sh) S 10 10 20 0 -1 4194560 100 0 1 0 0 0 0 0 20 0 7 0 3 0 0\n", &p));
        ck_assert(!p.kernel);
        ck_assert_uint_eq(p.faults, 101);
        ck_assert_uint_eq(p.threads, 7);
        ck_assert(!p.seen);
    }
END_TEST

START_TEST(process_cut_off_is_refused)
    {
        static const char text[] = "42 (sh) S 10 20 30 0 -1 4194560 100 0 0 0 11 22 33 44 20 0 1 0 5000 1000000 250";
        struct proc p;
        ck_assert(stat_of(text, &p));
        for (size_t n = 0; n < strlen(text) - 3; n++)
            ck_assert_msg(!proc_parse(text, n, &p), "%zu", n);
    }
END_TEST

START_TEST(lists_of_numbers)
    {
        size_t at = 0;
        ck_assert_int_eq(list_next("12 345 ", 7, &at), 12);
        ck_assert_int_eq(list_next("12 345 ", 7, &at), 345);
        ck_assert_int_eq(list_next("12 345 ", 7, &at), -1);
        at = 0;
        ck_assert_int_eq(list_next("0-1,8\n", 6, &at), 0);
        ck_assert_int_eq(list_next("0-1,8\n", 6, &at), 1);
        at = 0;
        ck_assert_int_eq(list_next("", 0, &at), -1);
        ck_assert_int_eq(list_next("99999999999", 11, &at), -1);
    }
END_TEST

START_TEST(cpuinfo_first_match_counts)
    {
        static const char text[] =
            "processor\t: 0\nmodel\t\t: 2\nmodel name\t: AMD EPYC\n\nprocessor\t: 1\nmodel name\t: B\n";
        char name[32], small[5];
        ck_assert(cpuinfo_find(text, strlen(text), "model name", name, sizeof name));
        ck_assert_str_eq(name, "AMD EPYC");
        ck_assert(cpuinfo_find(text, strlen(text), "model", name, sizeof name));
        ck_assert_str_eq(name, "2");
        ck_assert(cpuinfo_find(text, strlen(text), "model name", small, sizeof small));
        ck_assert_str_eq(small, "AMD ");
        ck_assert(!cpuinfo_find(text, strlen(text), "Hardware", name, sizeof name));
    }
END_TEST

START_TEST(tree_sums_descendants_only)
    {
        struct proc list[] = {
            {.pid = 30, .ppid = 20, .state = 'R', .ticks = 5, .waited = 1, .rss = 10},   /* grandchild */
            {.pid = 1, .ppid = 0, .state = 'S', .ticks = 1000, .waited = 9, .rss = 99},  /* init */
            {.pid = 20, .ppid = 10, .state = 'S', .ticks = 3, .waited = 2, .rss = 100},  /* child */
            {.pid = 10, .ppid = 5, .state = 'S', .ticks = 7, .waited = 4, .rss = 1000},  /* root: its children's time */
            {.pid = 5, .ppid = 1, .state = 'S', .ticks = 70, .waited = 40, .rss = 1000}, /* its parent */
            {.pid = 21, .ppid = 10, .state = 'Z', .ticks = 50, .waited = 0, .rss = 0},   /* zombie: time, no process */
            {.pid = 22, .ppid = 5, .state = 'R', .ticks = 500, .waited = 0, .rss = 500}, /* brother */
            {.pid = 30, .ppid = 20, .state = 'R', .ticks = 5, .waited = 1, .rss = 10},   /* seen twice */
        };
        struct proc_sum sum = proc_tree_sum(list, sizeof list / sizeof list[0], 10);
        ck_assert_uint_eq(sum.count, 2);
        ck_assert_uint_eq(sum.rss, 110);
        ck_assert_uint_eq(sum.ticks, 4 + 5 + 6 + 50);
    }
END_TEST

START_TEST(tree_keeps_descendants_and_their_root)
    {
        struct proc list[] = {
            {.pid = 40, .ppid = 30}, {.pid = 1, .ppid = 0},  {.pid = 30, .ppid = 20}, {.pid = 20, .ppid = 10},
            {.pid = 22, .ppid = 5},  {.pid = 10, .ppid = 5}, {.pid = 40, .ppid = 30}, {.pid = 50, .ppid = 99},
        };
        static const int pids[] = {10, 20, 30, 40}, ppids[] = {5, 10, 10, 10};
        ck_assert_uint_eq(proc_tree_keep(list, sizeof list / sizeof list[0], 10), 4);
        for (size_t i = 0; i < 4; i++) {
            ck_assert_int_eq(list[i].pid, pids[i]);
            ck_assert_int_eq(list[i].ppid, ppids[i]);
        }
        ck_assert_uint_eq(proc_tree_keep(list, 4, 10), 4); /* and again the same */
        ck_assert_uint_eq(proc_tree_keep(list, 4, 7), 0);
        ck_assert_uint_eq(proc_tree_keep(NULL, 0, 10), 0);
    }
END_TEST

START_TEST(tree_of_reused_pids_ends)
    {
        struct proc list[] = {
            {.pid = 7, .ppid = 8, .state = 'R', .rss = 1},   {.pid = 8, .ppid = 9, .state = 'R', .rss = 1},
            {.pid = 9, .ppid = 7, .state = 'R', .rss = 1},   {.pid = 6, .ppid = 6, .state = 'R', .rss = 1},
            {.pid = 11, .ppid = 10, .state = 'R', .rss = 4},
        };
        struct proc_sum sum = proc_tree_sum(list, sizeof list / sizeof list[0], 10);
        ck_assert_uint_eq(sum.count, 1);
        ck_assert_uint_eq(sum.rss, 4);
        ck_assert_uint_eq(proc_tree_sum(NULL, 0, 10).count, 0);
    }
END_TEST

/* A chain is the worst case: each process asks the way of all above it. */
START_TEST(tree_of_a_long_chain_is_quick)
    {
        enum { N = 100000 };
        struct proc *list = calloc(N, sizeof *list);
        ck_assert_ptr_nonnull(list);
        for (int i = 0; i < N; i++)
            list[i] = (struct proc){.pid = i + 2, .ppid = i + 1, .state = 'S', .rss = 1};
        ck_assert_uint_eq(proc_tree_sum(list, N, 1).rss, N);
        for (int i = 0; i < N; i++) /* and with the root at the far end of each way */
            list[i] = (struct proc){.pid = i + 2, .ppid = i + 3, .state = 'S', .rss = 1};
        ck_assert_uint_eq(proc_tree_sum(list, N, N + 2).rss, N);
        free(list);
    }
END_TEST

START_TEST(zombies_are_counted_by_state)
    {
        const struct proc list[] = {{.state = 'Z', .ppid = 7}, {.state = 'S'}, {.state = 'X'}, {.state = 'Z'}};
        ck_assert_uint_eq(proc_zombies(list, 4, 0), 2);
        ck_assert_uint_eq(proc_zombies(list, 4, 7), 1); /* its own child is about to be waited for */
        ck_assert_uint_eq(proc_zombies(list, 0, 0), 0);
    }
END_TEST

START_TEST(arm_cores_by_their_numbers)
    {
        static const char text[] = "processor\t: 0\nBogoMIPS\t: 2000.00\nCPU implementer\t: 0x41\nCPU architecture: 8\n"
                                   "CPU variant\t: 0x0\nCPU part\t: 0xd87\nCPU revision\t: 1\n\n"
                                   "processor\t: 1\nCPU implementer\t: 0x41\nCPU part\t: 0xd85\n\n"
                                   "processor\t: 2\nCPU implementer\t: 0x41\nCPU part\t: 0xd87\n";
        static const char unknown[] = "CPU implementer\t: 0x77\nCPU part\t: 0x12";
        char name[64], small[12];
        ck_assert(armchip_name(text, strlen(text), name, sizeof name));
        ck_assert_str_eq(name, "Cortex-A725 + Cortex-X925");
        ck_assert(armchip_name(text, strlen(text), small, sizeof small));
        ck_assert_str_eq(small, "Cortex-A725");
        ck_assert(armchip_name(unknown, strlen(unknown), name, sizeof name));
        ck_assert_str_eq(name, "0x77:0x012");
        ck_assert(!armchip_name("model name\t: AMD EPYC\n", 22, name, sizeof name));
        ck_assert(!armchip_name("", 0, name, sizeof name));
    }
END_TEST

START_TEST(arm_cores_of_many_kinds_end)
    {
        char text[100 * 48], name[64], *at = text;
        for (int i = 0; i < 100; i++)
            at += sprintf(at, "CPU implementer\t: 0x41\nCPU part\t: 0x%03x\n", i);
        ck_assert(armchip_name(text, (size_t)(at - text), name, sizeof name));
        ck_assert_uint_eq(strlen(name), sizeof name - 1);
    }
END_TEST

START_TEST(os_release_is_shell)
    {
        static const struct {
            const char *text, *want;
        } cases[] = {
            {"NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n", "Debian GNU/Linux 12 (bookworm)"},
            {"PRETTY_NAME=Alpine", "Alpine"},
            {"PRETTY_NAME='a \"b\" \\$'", "a \"b\" \\$"},
            {"PRETTY_NAME=\"a \\\"b\\\" \\$\"\r\n", "a \"b\" $"},
            {"PRETTY_NAME=", ""},
            {"PRETTY_NAME=\"unended", "unended"},
            {"PRETTY_NAME=\"x\\", "x"},
            {"#PRETTY_NAME=x\nXPRETTY_NAME=y", NULL},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            char value[64] = "-";
            bool found = os_release_find(cases[i].text, strlen(cases[i].text), "PRETTY_NAME", value, sizeof value);
            ck_assert_int_eq(found, cases[i].want != NULL);
            if (found)
                ck_assert_str_eq(value, cases[i].want);
        }
    }
END_TEST

UNIT_MAIN("procfs", meminfo_is_in_bytes, meminfo_leaves_out_what_is_not_there, stall_takes_the_totals,
          cpu_ticks_count_every_state_once, loadavg_has_three, process_is_read_past_its_name,
          process_of_the_kernel_or_not, process_cut_off_is_refused, lists_of_numbers, cpuinfo_first_match_counts,
          tree_sums_descendants_only, tree_keeps_descendants_and_their_root, tree_of_reused_pids_ends,
          tree_of_a_long_chain_is_quick, zombies_are_counted_by_state, arm_cores_by_their_numbers,
          arm_cores_of_many_kinds_end, os_release_is_shell)
