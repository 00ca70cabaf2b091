/* SPDX-License-Identifier: Apache-2.0
 *
 * probe_raw - what a sample costs at least: the files of /proc that memmon reads, each by one read into memory, on a
 * schedule of absolute times, and nothing done with them
 *
 *     probe_raw INTERVAL-MS TICKS [all]
 *
 * Those are the files of each sample; with `all` it also reads what memmon does at its own pace: the control group and
 * the machine's counters five times a second, and once a second the state of every process, among which zombies are.
 * Prints a line like the summary of memmon, with the names that it has there.  Linux only. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static const struct source {
    const char *path;
    size_t size; /* bytes that are wanted of it */
} sources[] = {{"/proc/meminfo", 1024}, {"/proc/pressure/memory", 256}, {"/proc/stat", 512}, {"/proc/loadavg", 64}};

enum { SOURCES = sizeof sources / sizeof *sources };

#define GROUP_NS     INT64_C(200000000)
#define PROCESSES_NS INT64_C(1000000000)

static int64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void read_file(int dir, const char *name)
{
    static char buf[16384];
    int fd = openat(dir, name, O_RDONLY);
    ssize_t n = fd < 0 ? 0 : read(fd, buf, sizeof buf);
    while (n > 0)
        n = read(fd, buf, sizeof buf);
    if (fd >= 0)
        close(fd);
}

static void read_processes(DIR *proc)
{
    rewinddir(proc);
    for (struct dirent *entry; (entry = readdir(proc));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9') {
            char name[sizeof entry->d_name + 8];
            (void)snprintf(name, sizeof name, "%s/stat", entry->d_name);
            read_file(dirfd(proc), name);
        }
}

/* What is not read for each sample, when it is due. */
static void read_others(DIR *proc, int64_t now)
{
    static int64_t group_due, processes_due;
    if (now >= group_due) {
        group_due = now + GROUP_NS - GROUP_NS / 8;
        read_file(dirfd(proc), "self/cgroup");
        read_file(dirfd(proc), "vmstat");
    }
    if (now >= processes_due) {
        processes_due = now + PROCESSES_NS - PROCESSES_NS / 8;
        read_processes(proc);
    }
}

int main(int argc, char **argv)
{
    int64_t step = argc >= 3 ? strtol(argv[1], NULL, 10) * 1000000 : 0;
    size_t n = argc >= 3 ? strtoul(argv[2], NULL, 10) : 0;
    DIR *proc = argc == 4 ? opendir("/proc") : NULL;
    int64_t *late = n ? calloc(n, sizeof *late) : NULL;
    if (step <= 0 || !late || (argc == 4 && !proc))
        return 2;
    int files[SOURCES];
    for (size_t i = 0; i < SOURCES; i++)
        files[i] = open(sources[i].path, O_RDONLY); /* one that is not there is not read */
    (void)prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    int64_t start = clock_ns(CLOCK_MONOTONIC), next = 0;
    size_t taken = 0;
    /* As memmon does: the last tick that is due is met, and those before it are missed. */
    for (; next < (int64_t)n; taken++) {
        char buf[1024];
        int64_t due = start + next * step;
        struct timespec until = {.tv_sec = due / 1000000000, .tv_nsec = due % 1000000000};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
        }
        int64_t now = clock_ns(CLOCK_MONOTONIC), tick = (now - start) / step;
        late[taken] = now - (start + tick * step);
        next = tick + 1;
        for (size_t i = 0; i < SOURCES; i++)
            if (files[i] >= 0 && pread(files[i], buf, sources[i].size, 0) < 0)
                return 3;
        if (proc)
            read_others(proc, now);
    }
    qsort(late, taken, sizeof *late, compare);
    int failed = printf("{\"summary\":{\"samples\":%zu,\"missed\":%lld,\"late_p50_ms\":%.3f,\"late_p99_ms\":%.3f,"
                        "\"memmon_cpu_s\":%.6f}}\n",
                        taken, (long long)next - (long long)taken, (double)late[taken / 2] / 1e6,
                        (double)late[taken * 99 / 100] / 1e6, (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1e9) < 0;
    free(late);
    if (proc)
        closedir(proc);
    return failed || fflush(stdout) ? 3 : 0;
}
