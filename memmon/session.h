/* SPDX-License-Identifier: Apache-2.0
 * The machine and the recording, as the first sample tells them. */
#ifndef MEMMON_SESSION_H
#define MEMMON_SESSION_H

#include "gpu.h"
#include "jsonl.h"

enum { SESSION_TEXT = 128 };

/* Strings are bytes as they came; the writer mends what is not UTF-8.  An empty string, 0 or NAN is what is not known.
 */
struct session {
    char platform[SESSION_TEXT];         /* "Linux" */
    char platform_version[SESSION_TEXT]; /* the kernel's */
    char os[SESSION_TEXT];               /* the distribution's name and version */
    char hostname[SESSION_TEXT];
    char chip[SESSION_TEXT];  /* the processor's name */
    char model[SESSION_TEXT]; /* the computer's */
    int cores_physical, cores_logical;
    int cores_performance, cores_efficiency; /* of the physical ones, where there are two kinds */
    double ram_total_gb;
    double ram_limit_gb;     /* what memmon's control group may have of it; 0 or NAN: no limit */
    const struct gpus *gpus; /* or NULL */
    double interval_ms;
    const char *command; /* string, or NULL */
};

/* Fills in all but gpus, interval_ms and command.  Roots as in struct probe_env. */
void session_collect(struct session *s, const char *proc, const char *sys);

/* Writes it as an object. */
void session_write(const struct session *s, struct jsonl_writer *w);

/* The command as a shell would take it: words in quotes where they must be.  A string for free(); NULL:
 * out of memory. */
char *command_quote(char *const *argv);

#endif
