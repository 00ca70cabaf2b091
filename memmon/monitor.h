/* SPDX-License-Identifier: Apache-2.0
 * One run of memmon: everything opened, the command started, watched to its end, everything closed. */
#ifndef MEMMON_MONITOR_H
#define MEMMON_MONITOR_H

#include "child.h"
#include "intake.h"
#include "jsonl.h"
#include "options.h"
#include "output.h"
#include "sampler.h"
#include "session.h"
#include "signals.h"
#include "sources.h"
#include "view.h"

struct monitor {
    const struct options *options;
    struct signals signals;
    struct output output;
    struct intake intake; /* of options->events */
    struct session session;
    char *command; /* as a shell would take it, or NULL */
    struct sources sources;
    struct sampler sampler;
    struct child child;
    struct jsonl_writer *screen; /* stderr, for the live line and the summary */
    struct view view;
    bool recording;   /* until time is up or the output has failed */
    int64_t ended_ns; /* monotonic: when it was over */
};

/* Opens everything and starts the command.  Returns 0, or an exit status; what is wrong has been said. */
int monitor_open(struct monitor *m, const struct options *options, const struct jsonl_config *config,
                 const struct sigaction *pipe_before);

/* Until the command has ended; without one until time is up, a signal, or the output fails. */
void monitor_run(struct monitor *m);

/* Ends the recording, frees everything, and returns the exit status. */
int monitor_close(struct monitor *m);

#endif
