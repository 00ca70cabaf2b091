/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include "procfile.h"
#include "procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

static void adopt_orphans(void)
{
#ifdef PR_SET_CHILD_SUBREAPER
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL);
#endif
}

/* VmHWM, and not ru_maxrss, which goes back to before memmon's own exec: to whatever large program has started it. */
static long own_peak(void)
{
    char text[4096], kib[32];
    size_t n = procfile_slurp(AT_FDCWD, "/proc/self/status", text, sizeof text);
    return cpuinfo_find(text, n, "VmHWM", kib, sizeof kib) ? strtol(kib, NULL, 10) : LONG_MAX / 2;
}

/* Of a shell that has become memmon by exec there may be children already.  They are not waited for here. */
static bool has_children(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* The new process; if the command cannot be run, tells why through report_fd, which exec closes. */
static _Noreturn void become(char *const *argv, const struct signals *signals, bool stdout_taken, int report_fd)
{
    int error = 0;
    if (stdout_taken && dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        error = errno;
    signals_restore(signals);
    if (!error) {
        execvp(argv[0], argv);
        error = errno;
    }
    while (write(report_fd, &error, sizeof error) < 0 && errno == EINTR)
        ;
    _exit(CHILD_EXIT_NOT_FOUND);
}

/* An errno that came through the pipe; 0: it was closed by exec. */
static int read_report(int fd)
{
    int error = 0;
    ssize_t n;
    do
        n = read(fd, &error, sizeof error);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof error ? error : 0;
}

int child_start(struct child *c, char *const *argv, const struct signals *signals, bool stdout_taken,
                struct jsonl_error *err)
{
    int report[2];
    sigset_t all, before;
    *c = (struct child){.first = !has_children(), .ours = own_peak()};
    if (pipe(report) < 0) {
        jsonl_error_set(err, "pipe: %s", strerror(errno));
        return CHILD_EXIT_FAILED;
    }
    (void)fcntl(report[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(report[1], F_SETFD, FD_CLOEXEC);
    adopt_orphans();

    /* No handler may run in the new process: its notices would come to us. */
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    c->pid = fork();
    if (c->pid == 0)
        become(argv, signals, stdout_taken, report[1]);
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(report[1]);
    if (c->pid < 0) {
        close(report[0]);
        jsonl_error_set(err, "fork: %s", strerror(error));
        return CHILD_EXIT_FAILED;
    }
    error = read_report(report[0]);
    close(report[0]);
    if (error) {
        while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        jsonl_error_set(err, "%s: cannot run: %s", argv[0], strerror(error));
        return error == ENOENT ? CHILD_EXIT_NOT_FOUND : CHILD_EXIT_CANNOT_RUN;
    }
    c->running = true;
    return 0;
}

void child_reap(struct child *c)
{
    int status;
    struct rusage usage;
    for (pid_t pid; (pid = wait4(-1, &status, WNOHANG, &usage)) > 0;) {
        if ((c->first || pid == c->pid) && usage.ru_maxrss > c->peak)
            c->peak = usage.ru_maxrss;
        if (pid == c->pid) {
            c->running = false;
            c->status = status;
        }
    }
}

bool child_left_others(const struct child *c)
{
    return c->first && has_children();
}

double child_peak_gb(const struct child *c)
{
#ifdef __APPLE__
    (void)c;
    return NAN; /* its probe tells the footprint's, which is another measure */
#else
    return c->peak > c->ours + c->ours / 8 ? (double)c->peak * 1024 / 1e9 : (double)NAN; /* KiB */
#endif
}

void child_signal(const struct child *c, int signo)
{
    if (c->running)
        (void)kill(c->pid, signo);
}

int child_exit_status(const struct child *c)
{
    return WIFSIGNALED(c->status) ? CHILD_EXIT_SIGNAL + WTERMSIG(c->status) : WEXITSTATUS(c->status);
}

int child_exit_code(const struct child *c)
{
    return WIFEXITED(c->status) ? WEXITSTATUS(c->status) : -1;
}

int child_exit_signal(const struct child *c)
{
    return WIFSIGNALED(c->status) ? WTERMSIG(c->status) : 0;
}
