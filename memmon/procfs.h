/* SPDX-License-Identifier: Apache-2.0
 * Texts of Linux's /proc and /sys, parsed: pure functions from bytes to numbers.
 *
 * `text` need not end in NUL.  A number that the text lacks is NAN (or, where a function returns bool,
 * false is returned and *out is not to be used).  Formats: proc(5), Documentation/accounting/psi.rst. */
#ifndef MEMMON_PROCFS_H
#define MEMMON_PROCFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* /proc/meminfo */
struct meminfo {
    double total, available;      /* bytes; available: what can be given out without swapping */
    double swap_total, swap_free; /* bytes */
};
void meminfo_parse(const char *text, size_t n, struct meminfo *out);

/* /proc/pressure/memory: time in which some task, or all of them, waited for memory, since boot */
struct stall {
    uint64_t some_us, full_us;
};
bool stall_parse(const char *text, size_t n, struct stall *out);

/* First line of /proc/stat: time of all processors together, in clock ticks.  `total` counts every state
 * once (a guest's time is part of the user time), steal among them. */
struct cpu_ticks {
    uint64_t user, sys, idle, total; /* user: with nice; sys: with interrupts; idle: with waiting for I/O */
};
bool cpu_ticks_parse(const char *text, size_t n, struct cpu_ticks *out);

/* /proc/loadavg: 1, 5 and 15 minutes */
bool loadavg_parse(const char *text, size_t n, double out[3]);

/* Its last field: the number that was given to the latest process or thread */
bool loadavg_last_parse(const char *text, size_t n, uint64_t *out);

/* /proc/PID/stat */
struct proc {
    int pid, ppid;
    char state;      /* 'R', 'S', 'Z', … */
    bool kernel;     /* a thread of the kernel's */
    uint64_t faults; /* of its memory, since it began: as long as there are no others, it has no more */
    uint64_t threads;
    uint64_t ticks;  /* processor time of its own, in clock ticks */
    uint64_t waited; /* and of its children that ended and were waited for */
    uint64_t rss;    /* pages */
    bool seen;       /* not of the text: whoever keeps a list of these has looked at its memory since it grew */
};
bool proc_parse(const char *text, size_t n, struct proc *out);

/* The next decimal number in a list like that of /proc/PID/task/TID/children ("12 345 ") or of
 * thread_siblings_list ("0-1,8"); -1 at the end.  *at starts at 0. */
int list_next(const char *text, size_t n, size_t *at);

/* Value of the first line "key : value" of /proc/cpuinfo, into buf (cut to its size, a string).
 * false: no such line. */
bool cpuinfo_find(const char *text, size_t n, const char *key, char *buf, size_t size);

/* Value of KEY=VALUE in os-release(5), a word of shell, into buf (cut to its size, a string) without its quotes and
 * backslashes.  false: no such line. */
bool os_release_find(const char *text, size_t n, const char *key, char *buf, size_t size);

#endif
