/* SPDX-License-Identifier: Apache-2.0
 * cost - what a program that runs on costs once it has started, as a line of JSON
 *
 *     cost AFTER-S FOR-S COMMAND [ARG]...
 *
 * Runs the command with its output thrown away, reads its processor time AFTER-S seconds after the start and once more
 * FOR-S seconds later, and ends it, with what it has started, by SIGTERM.  The command must run longer than both.
 *
 *     {"before_s": processor time until the first reading, "during_s": between the two, "peak_mb": resident memory}
 *
 * Linux only: other systems do not tell the processor time of another process by the nanosecond. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *command, const char *what)
{
    fprintf(stderr, "cost: %s %s\n", command, what);
    exit(3);
}

static pid_t start(char **argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        if (freopen("/dev/null", "w", stdout) && freopen("/dev/null", "w", stderr))
            execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0)
        die(argv[0], "cannot be started");
    setpgid(pid, pid); /* whoever of the two comes first */
    return pid;
}

static void pause_s(double s)
{
    struct timespec left = {.tv_sec = (time_t)s, .tv_nsec = (long)((s - (double)(time_t)s) * 1e9)};
    while (nanosleep(&left, &left) < 0) {
    }
}

/* Seconds of processor time of all threads of the process, those that have ended too; not of its children. */
static double cpu(pid_t pid, clockid_t clock, const char *command)
{
    struct timespec t;
    if (waitpid(pid, NULL, WNOHANG) != 0 || clock_gettime(clock, &t) < 0)
        die(command, "has ended too soon");
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        die("cost", "AFTER-S FOR-S COMMAND [ARG]...");
    double after_s = strtod(argv[1], NULL), for_s = strtod(argv[2], NULL);
    char **command = argv + 3;
    pid_t pid = start(command);
    clockid_t clock;
    if (clock_getcpuclockid(pid, &clock) != 0)
        die(*command, "has no clock");
    pause_s(after_s);
    double before = cpu(pid, clock, *command);
    pause_s(for_s);
    double during = cpu(pid, clock, *command) - before;
    kill(-pid, SIGTERM);
    struct rusage usage;
    if (wait4(pid, NULL, 0, &usage) != pid)
        die(*command, "cannot be waited for");
    printf("{\"before_s\":%.6f,\"during_s\":%.6f,\"peak_mb\":%.1f}\n", before, during,
           (double)usage.ru_maxrss * 1024 / 1e6);
    return fflush(stdout) ? 3 : 0;
}
