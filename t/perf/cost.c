/* SPDX-License-Identifier: Apache-2.0
 *
 * cost - what a command costs: runs it, with its output thrown away, and prints as a line of JSON its time on the
 * clock, its processor time with that of its children, and its peak memory
 *
 *     cost COMMAND [ARG…] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    double began = now();
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout) && freopen("/dev/null", "w", stderr))
            execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "cost: %s has failed\n", argv[1]);
        return 3;
    }
    printf("{\"wall_s\":%.6f,\"cpu_s\":%.6f,\"peak_mb\":%.1f}\n", now() - began,
           seconds(&usage.ru_utime) + seconds(&usage.ru_stime), (double)usage.ru_maxrss * 1024 / 1e6);
    return fflush(stdout) ? 3 : 0;
}
