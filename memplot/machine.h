/* SPDX-License-Identifier: Apache-2.0
 * What recordings say of the machine, and of what ran on it: words for the head of the picture.  A session's word
 * counts before a summary's, and that before a test's; of several the earliest; of one time the least.  That there are
 * others is told, too: a recording may be of several machines and commands. */
#ifndef MEMPLOT_MACHINE_H
#define MEMPLOT_MACHINE_H

#include "jsonl.h"

enum machine_fact {
    MACHINE_HOSTNAME,
    MACHINE_MODEL,
    MACHINE_CHIP,
    MACHINE_GPU, /* "NVIDIA H200", "2 x NVIDIA H200", "NVIDIA H200 and 1 other GPU" */
    MACHINE_PLATFORM,
    MACHINE_COMMAND,
    MACHINE_FACTS, /* how many */
};

/* Who said it. */
struct machine_source {
    enum { MACHINE_BY_SESSION, MACHINE_BY_SUMMARY, MACHINE_BY_TEST } kind;
    double ts; /* epoch seconds; INFINITY: it does not say when */
};

/* How a command ended. */
struct machine_end {
    double ts;        /* epoch seconds; INFINITY: it does not say when */
    double exit_code; /* NAN: by a signal */
};

struct machine {
    struct jsonl_arena arena; /* holds the facts */
    struct jsonl_text fact[MACHINE_FACTS];
    bool others[MACHINE_FACTS]; /* sources of the same kind say something else */
    double ram_total_gb;        /* NAN: not known */
    bool ram_others;
    struct machine_end *end; /* commands that ended; once finished in the order of time, each once */
    size_t ends, ends_size;
    struct machine_source fact_by[MACHINE_FACTS], ram_by;
};

void machine_init(struct machine *m);
void machine_free(struct machine *m);

/* What a session (object) says, what a summary (object) says, and a test of its chip; ts: when.  All: false if out of
 * memory. */
bool machine_session(struct machine *m, const struct jsonl_value *session, double ts);
bool machine_summary(struct machine *m, const struct jsonl_value *summary);
bool machine_test(struct machine *m, struct jsonl_text chip, double ts);

/* Adds what another part of the input says. */
bool machine_join(struct machine *m, const struct machine *part);

/* Once all of the input has been read. */
void machine_finish(struct machine *m);

#endif
