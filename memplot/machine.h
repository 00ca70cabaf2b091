/* SPDX-License-Identifier: Apache-2.0
 * What recordings say of the machine, and of what ran on it: words for the head of the picture.  The first word on
 * anything counts. */
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

struct machine {
    struct jsonl_arena arena; /* holds the facts */
    struct jsonl_text fact[MACHINE_FACTS];
    double ram_total_gb; /* NAN: not known */
    double exit_code;    /* of the command; NAN likewise */
};

void machine_init(struct machine *m);
void machine_free(struct machine *m);

/* What a test says, what a session (object) and what a summary (object) say.  All: false if out of memory. */
bool machine_note(struct machine *m, enum machine_fact fact, struct jsonl_text text);
bool machine_session(struct machine *m, const struct jsonl_value *session);
bool machine_summary(struct machine *m, const struct jsonl_value *summary);

/* Adds what a later part of the input says. */
bool machine_join(struct machine *m, const struct machine *later);

#endif
