/* SPDX-License-Identifier: Apache-2.0
 * What may fail a job: things that the report found. */
#ifndef GENREPORT_GATE_H
#define GENREPORT_GATE_H

#include "report.h"

enum gate {
    GATE_REGRESSED = 1, /* slower than the baselines, also if that is only suspected; needs -c */
    GATE_FAILED = 2,    /* tests that failed */
    GATE_DEGRADED = 4,  /* tests on a degraded machine, swap that grew */
};

/* Reads words with commas between them, and adds them to *gates.  Returns the first word that is none (a string within
 * `text`), or NULL. */
const char *gate_read(const char *text, unsigned *gates);

/* Says each finding on stderr, in a line of its own, and if there was nothing to judge; returns how many findings there
 * are. */
size_t gate_findings(const struct report *report, unsigned gates);

#endif
