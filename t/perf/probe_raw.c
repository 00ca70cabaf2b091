/* SPDX-License-Identifier: Apache-2.0
 * probe_raw - what a sample costs at least: the files of /proc that memmon reads, each by one read into memory, on a
 * schedule of absolute times, and nothing done with them
 *
 *     probe_raw INTERVAL-MS TICKS
 *
 * Those are the files of each sample.  What memmon looks at less often, processes, control groups and GPUs, comes on
 * top. Prints a line like the summary of memmon, with the names that it has there.  Linux only. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

static const struct source {
    const char *path;
    size_t size; /* bytes that are wanted of it */
} sources[] = {{"/proc/meminfo", 1024}, {"/proc/pressure/memory", 256}, {"/proc/stat", 512}, {"/proc/loadavg", 64}};

enum { SOURCES = sizeof sources / sizeof *sources };

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

int main(int argc, char **argv)
{
    int64_t step = argc == 3 ? strtol(argv[1], NULL, 10) * 1000000 : 0;
    size_t n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    int64_t *late = n ? calloc(n, sizeof *late) : NULL;
    if (step <= 0 || !late || argc != 3)
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
    }
    qsort(late, taken, sizeof *late, compare);
    int failed = printf("{\"summary\":{\"samples\":%zu,\"missed\":%lld,\"late_p50_ms\":%.3f,\"late_p99_ms\":%.3f,"
                        "\"memmon_cpu_s\":%.6f}}\n",
                        taken, (long long)next - (long long)taken, (double)late[taken / 2] / 1e6,
                        (double)late[taken * 99 / 100] / 1e6, (double)clock_ns(CLOCK_PROCESS_CPUTIME_ID) / 1e9) < 0;
    free(late);
    return failed || fflush(stdout) ? 3 : 0;
}
