/* SPDX-License-Identifier: Apache-2.0 */
#include "monitor.h"

#include "clock.h"
#include "no_memory.h"
#include "status.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    /* How long the first sample waits for the slow probes, ns: a command runs meanwhile. */
    SETTLE_NS = 10000000,
    SETTLE_IDLE_NS = 1000000000,
};

static int failed_status(const struct monitor *m)
{
    return m->options->command ? (int)CHILD_EXIT_FAILED : (int)JSONL_EXIT_IO;
}

/* ---- Opening ---- */

static void note_missing(const struct probe *probe, const struct jsonl_error *what)
{
    jsonl_warn("not all is known about %s: %s", probe->name, what->message);
}

static void open_session(struct monitor *m, const struct probe_env *env)
{
    session_collect(&m->session, env->proc, env->sys);
    m->session.interval_ms = (double)m->options->interval_ns / 1e6;
    m->session.gpus = &m->sources.gpus;
    m->session.command = m->command;
}

static void on_sampler_ended(void *arg)
{
    const struct monitor *m = arg;
    signals_post(&m->signals);
}

static bool open_parts(struct monitor *m, const struct sigaction *pipe_before, struct jsonl_error *err)
{
    const struct options *o = m->options;
    if (!intake_open(&m->intake, o->events, err) || !output_open(&m->output, o->output, err))
        return false;
    if (o->command)
        m->command = command_quote(o->command);
    m->screen = jsonl_writer_new(STDERR_FILENO);
    if ((o->command && !m->command) || !m->screen || !sampler_init(&m->sampler))
        return error_no_memory(err);
    int error = signals_open(&m->signals, o->command, pipe_before);
    if (error)
        jsonl_error_set(err, "signals: %s", strerror(error));
    return !error;
}

/* Not among samples or lines about them. */
static void open_view(struct monitor *m, const struct jsonl_config *config)
{
    bool samples_shown = m->output.fd == STDOUT_FILENO && isatty(STDOUT_FILENO);
    if (!m->options->quiet && !m->options->verbose && !samples_shown)
        view_open(&m->view, m->screen, config);
}

static void start_recording(struct monitor *m)
{
    const struct options *o = m->options;
    int64_t start = clock_monotonic();
    m->sampler.schedule = (struct schedule){.start_ns = start, .interval_ns = o->interval_ns};
    m->sampler.end_ns = o->duration_ns ? start + o->duration_ns : INT64_MAX;
    m->sampler.sources = &m->sources;
    m->sampler.output = &m->output;
    m->sampler.session = &m->session;
    m->sampler.intake = &m->intake;
    m->sampler.verbose = o->verbose;
    m->sampler.live = view_is_open(&m->view);
    m->sampler.ended = on_sampler_ended;
    m->sampler.ended_arg = m;
    int error = sources_start(&m->sources, &m->sampler.schedule);
    if (!error) {
        sources_settle(&m->sources, o->command ? SETTLE_NS : SETTLE_IDLE_NS);
        error = sampler_start(&m->sampler);
    }
    m->recording = !error;
    if (error) {
        jsonl_warn("nothing is recorded: %s", strerror(error));
        m->output.error = error;
        sources_stop(&m->sources);
    }
}

int monitor_open(struct monitor *m, const struct options *options, const struct jsonl_config *config,
                 const struct sigaction *pipe_before)
{
    struct jsonl_error err = {0};
    *m = (struct monitor){.options = options, .signals = {.fd = -1}};
    struct probe_env env = {
        .proc = "/proc",
        .sys = "/sys",
        .config = config,
        .tree_pid = options->command ? (int)getpid() : 0,
    };
    if (!open_parts(m, pipe_before, &err)) {
        jsonl_warn("%s", err.message);
        intake_close(&m->intake);
        return failed_status(m);
    }
    open_session(m, &env);
    if (options->command) {
        int status = child_start(&m->child, options->command, &m->signals, m->output.fd == STDOUT_FILENO, &err);
        if (status) {
            jsonl_warn("%s", err.message);
            intake_close(&m->intake);
            return status;
        }
        env.command_pid = (int)m->child.pid;
    }
    sources_open(&m->sources, probes, &env, options->quiet ? NULL : note_missing);
    open_view(m, config);
    start_recording(m);
    return 0;
}

/* ---- Running ---- */

static void tell_output_error(struct monitor *m)
{
    view_close(&m->view);
    jsonl_warn_at(m->output.name, 0, 0, "cannot write: %s; nothing more is recorded",
                  m->output.error == EINTR ? "nobody reads it" : strerror(m->output.error));
}

/* The sampler has ended by itself. */
static void end_recording(struct monitor *m)
{
    m->recording = false;
    m->ended_ns = clock_monotonic();
    sampler_stop(&m->sampler, m->ended_ns);
    sources_stop(&m->sources);
    if (m->output.error)
        tell_output_error(m);
    view_close(&m->view);
}

/* Stops as others do that hear a ^Z; one that only memmon has heard is for the command, too. */
static void stop_for_now(struct monitor *m, const struct notice *notice)
{
    bool forward = m->options->command && signal_forwards(SIGTSTP, notice->code);
    view_leave(&m->view);
    if (forward)
        child_signal(&m->child, SIGTSTP);
    signals_stop_self();
    if (forward)
        child_signal(&m->child, SIGCONT);
}

/* Returns true for a signal that ends a recording without a command.  The command is looked at even if no CHLD is among
 * the notices: its own is lost if the pipe is full of others, as after a long wait for a terminal. */
static bool take_notices(struct monitor *m)
{
    bool stop = false;
    for (struct notice notice; signals_next(&m->signals, &notice);) {
        if (notice.signo == SIGTSTP)
            stop_for_now(m, &notice);
        else if (notice.signo && !m->options->command)
            stop |= notice.signo != SIGCHLD;
        else if (signal_forwards(notice.signo, notice.code))
            child_signal(&m->child, notice.signo);
    }
    child_reap(&m->child);
    return stop;
}

void monitor_run(struct monitor *m)
{
    bool stop = false;
    while (!stop && (m->options->command ? m->child.running : m->recording)) {
        struct pollfd fds[2] = {{.fd = m->signals.fd, .events = POLLIN},
                                {.fd = intake_fd(&m->intake), .events = POLLIN}};
        (void)poll(fds, 2, view_patience_ms(&m->view));
        if (fds[1].revents)
            intake_read(&m->intake, m->recording);
        stop = take_notices(m);
        if (m->recording && sampler_ended(&m->sampler))
            end_recording(m);
        view_draw(&m->view, &m->sampler, intake_last(&m->intake));
    }
}

/* ---- Closing ---- */

static double own_cpu_s(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 + (double)usage.ru_stime.tv_sec +
           (double)usage.ru_stime.tv_usec / 1e6;
}

static struct summary_end describe_end(const struct monitor *m)
{
    const struct sampler *s = &m->sampler;
    int64_t last = m->ended_ns < s->end_ns ? m->ended_ns : s->end_ns;
    if (last < s->schedule.start_ns) /* the command was quicker than the sampling thread */
        last = s->schedule.start_ns;
    struct summary_end end = {
        .duration_s = (double)(last - s->schedule.start_ns) / 1e9,
        .interval_ms = (double)s->schedule.interval_ns / 1e6,
        .missed = s->schedule.missed,
        .command = m->command,
        .exit_code = -1,
        .cpu_s = own_cpu_s(),
        .proc_peak_gb = m->command ? fmax(child_peak_gb(&m->child), m->sources.proc_peak_gb) : (double)NAN,
        .cgroup_peak_gb = m->sources.cgroup_peak_gb,
        .end_us = clock_wall() / 1000,
    };
    if (m->command) {
        end.exit_code = child_exit_code(&m->child);
        end.signal = child_exit_signal(&m->child);
        end.left = child_left_others(&m->child);
    }
    return end;
}

/* With the FIFO's last events. */
static void stop_recording(struct monitor *m)
{
    m->ended_ns = clock_monotonic();
    intake_finish(&m->intake);
    sampler_stop(&m->sampler, m->ended_ns);
    sources_stop(&m->sources);
    m->recording = false;
}

static void finish_recording(struct monitor *m)
{
    int said = m->output.error;
    if (m->recording)
        stop_recording(m);
    struct summary_end end = describe_end(m);
    sampler_finish(&m->sampler, &end);
    (void)output_close(&m->output);
    if (m->output.error && !said)
        tell_output_error(m);
    view_close(&m->view);
    intake_close(&m->intake);
    if (!m->options->quiet) {
        live_fresh_line(m->screen);
        status_summary(&m->sampler.summary, &end, m->screen);
    }
    (void)jsonl_writer_flush(m->screen);
}

int monitor_close(struct monitor *m)
{
    finish_recording(m);
    bool all = sources_close(&m->sources);
    sampler_free(&m->sampler);
    signals_close(&m->signals);
    jsonl_writer_free(m->screen);
    free(m->command);
    int status = m->output.error ? JSONL_EXIT_IO : JSONL_EXIT_OK;
    if (m->options->command)
        status = child_exit_status(&m->child);
    if (!all) /* a thread is still within its driver, whose handlers at exit would pull the rug from under it */
        _exit(status);
    return status;
}
