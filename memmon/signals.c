/* SPDX-License-Identifier: Apache-2.0 */
#include "signals.h"

#include "sender.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

enum when { ALWAYS, WITH_COMMAND, IGNORED };

static const struct {
    int signo;
    enum when when; /* it is caught, or that it is not */
} handled[SIGNALS] = {
    {SIGCHLD, ALWAYS},       {SIGINT, ALWAYS},        {SIGTERM, ALWAYS},       {SIGHUP, ALWAYS},   {SIGTSTP, ALWAYS},
    {SIGQUIT, WITH_COMMAND}, {SIGUSR1, WITH_COMMAND}, {SIGUSR2, WITH_COMMAND}, {SIGXFSZ, IGNORED},
};

static int notice_fd = -1; /* for the handler */

/* Full: thousands wait already. */
static void notice_write(int fd, const struct notice *notice)
{
    while (write(fd, notice, sizeof *notice) < 0 && errno == EINTR)
        ;
}

static void on_signal(int signo, siginfo_t *info, void *context)
{
    int saved = errno;
    struct notice notice = {.signo = signo, .code = sender_code(info)};
    (void)context;
    notice_write(notice_fd, &notice);
    errno = saved;
}

static int open_pipe(struct signals *s)
{
    int fds[2];
    if (pipe(fds) < 0)
        return errno;
    for (size_t i = 0; i < 2; i++) {
        (void)fcntl(fds[i], F_SETFD, FD_CLOEXEC);
        (void)fcntl(fds[i], F_SETFL, O_NONBLOCK);
    }
    s->fd = fds[0];
    s->post_fd = notice_fd = fds[1];
    return 0;
}

int signals_open(struct signals *s, bool command, const struct sigaction *pipe_before)
{
    *s = (struct signals){.pipe_before = *pipe_before};
    int error = open_pipe(s);
    if (error)
        return error;
    sigset_t ours;
    sigemptyset(&ours);
    for (size_t i = 0; i < SIGNALS; i++) {
        int signo = handled[i].signo;
        sigaction(signo, NULL, &s->before[i]);
        bool ignored = s->before[i].sa_handler == SIG_IGN && signo != SIGCHLD;
        if (ignored || (handled[i].when == WITH_COMMAND && !command))
            continue;
        struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
        if (handled[i].when == IGNORED)
            action = (struct sigaction){.sa_handler = SIG_IGN};
        else
            sigaddset(&ours, signo);
        if (signo == SIGCHLD)
            action.sa_flags |= SA_NOCLDSTOP;
        sigfillset(&action.sa_mask);
        sigaction(signo, &action, NULL);
    }
    sigprocmask(SIG_UNBLOCK, &ours, &s->mask_before);
    return 0;
}

void signals_restore(const struct signals *s)
{
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(handled[i].signo, &s->before[i], NULL);
    sigaction(SIGPIPE, &s->pipe_before, NULL);
    sigprocmask(SIG_SETMASK, &s->mask_before, NULL);
}

bool signals_next(const struct signals *s, struct notice *notice)
{
    ssize_t n;
    do
        n = read(s->fd, notice, sizeof *notice);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *notice;
}

void signals_post(const struct signals *s)
{
    const struct notice notice = {0};
    notice_write(s->post_fd, &notice);
}

void signals_close(struct signals *s)
{
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(handled[i].signo, &s->before[i], NULL);
    close(s->fd);
    close(s->post_fd);
    notice_fd = -1;
}

/* By itself, and not by the kernel for a terminal. */
static bool process_sent(int code)
{
#ifdef SI_TKILL
    if (code == SI_TKILL)
        return true;
#endif
    return code == SI_USER || code == SI_QUEUE;
}

bool signal_forwards(int signo, int code)
{
    switch (signo) {
    case SIGTERM:
    case SIGUSR1:
    case SIGUSR2:
        return true;
    case SIGHUP:
    case SIGINT:
    case SIGQUIT:
    case SIGTSTP:
        return process_sent(code);
    default:
        return false;
    }
}

/* The default action does not stop a process that no shell could continue, as SIGSTOP would. */
void signals_stop_self(void)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, before;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &before);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
}
