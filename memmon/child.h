/* SPDX-License-Identifier: Apache-2.0
 * The command: started, sent signals, waited for. */
#ifndef MEMMON_CHILD_H
#define MEMMON_CHILD_H

#include "jsonl.h"
#include "signals.h"

#include <stdbool.h>
#include <sys/types.h>

/* Exit statuses beside the command's own, as env(1), nohup(1) and timeout(1) have them. */
enum child_exit {
    CHILD_EXIT_FAILED = 125, /* memmon itself has failed */
    CHILD_EXIT_CANNOT_RUN = 126,
    CHILD_EXIT_NOT_FOUND = 127,
    CHILD_EXIT_SIGNAL = 128, /* + its number */
};

struct child {
    pid_t pid; /* 0: none */
    bool running;
    bool first; /* memmon had no other children when it was started */
    int status; /* waitpid's, once it is not running */
    long peak;  /* ru_maxrss, the greatest of all that have ended and been waited for */
    long ours;  /* memmon's own resident memory when it was started, from which every descendant's is counted */
};

/* Starts argv, found by PATH, with signals as memmon found them, and waits until it runs.  Its standard output
 * is standard error if stdout_taken.  Processes that it leaves behind become memmon's children where the
 * system can do that, so that they still count as its descendants.  Returns 0, or an enum child_exit with
 * *err set. */
int child_start(struct child *c, char *const *argv, const struct signals *signals, bool stdout_taken,
                struct jsonl_error *err);

/* Waits for whatever has ended, without blocking. */
void child_reap(struct child *c);

/* Once it has ended: are there processes that it has left behind, and that still run? */
bool child_left_others(const struct child *c);

/* Sends it a signal, if it still runs. */
void child_signal(const struct child *c, int signo);

/* The most resident memory that one of the command's processes that have ended had, GB.  NAN: not known, also where it
 * is hardly more than memmon itself had: the kernel counts from what the process had before exec. */
double child_peak_gb(const struct child *c);

/* Of one that has ended: what a shell would give for $?; the exit code, -1 if a signal ended it; that
 * signal, or 0. */
int child_exit_status(const struct child *c);
int child_exit_code(const struct child *c);
int child_exit_signal(const struct child *c);

#endif
