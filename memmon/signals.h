/* SPDX-License-Identifier: Apache-2.0
 * Signals as notices in a pipe, to be read in order by the main thread. */
#ifndef MEMMON_SIGNALS_H
#define MEMMON_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* What has happened. */
struct notice {
    int signo; /* 0: posted by signals_post */
    int code;  /* si_code: who sent the signal */
};

enum { SIGNALS = 9 };

struct signals {
    int fd; /* readable when a notice waits */
    int post_fd;
    struct sigaction before[SIGNALS]; /* as memmon was started, for the command */
    struct sigaction pipe_before;     /* SIGPIPE's */
    sigset_t mask_before;
};

/* Takes over CHLD, INT, TERM, HUP and TSTP, and with a command QUIT, USR1 and USR2; those that were ignored stay so
 * (but CHLD): nohup and background jobs of a shell mean it.  Ignores XFSZ, so that a limit on the size of files
 * is a failed write like any other.  pipe_before: what SIGPIPE was.  Returns 0 or an errno. */
int signals_open(struct signals *s, bool command, const struct sigaction *pipe_before);

/* In a new process before exec: everything as memmon found it. */
void signals_restore(const struct signals *s);

/* The next notice; false: none waits. */
bool signals_next(const struct signals *s, struct notice *notice);

/* Posts a notice with signo 0, from any thread. */
void signals_post(const struct signals *s);

void signals_close(struct signals *s);

/* Should a signal be passed on to the command?  The terminal sends its INT, QUIT, TSTP and HUP to the command itself,
 * and a second INT makes many programs give up at once. */
bool signal_forwards(int signo, int code);

/* Stops the process, as a TSTP that is not caught does; returns when it has been continued. */
void signals_stop_self(void);

#endif
