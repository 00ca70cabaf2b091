/* SPDX-License-Identifier: Apache-2.0
 * memmon's command line. */
#ifndef MEMMON_OPTIONS_H
#define MEMMON_OPTIONS_H

#include "jsonl.h"

#include <stdbool.h>
#include <stdint.h>

struct options {
    int64_t interval_ns;
    int64_t duration_ns; /* 0: no end */
    const char *output;  /* string, or NULL: standard output */
    const char *events;  /* string, or NULL */
    const char *config;  /* string, or NULL */
    bool quiet, verbose;
    char **command; /* ended by NULL, or NULL */
};

/* TOOL_GO, or it is over, after -h, --version or what was wrong, which has been said: exit with this. */
int options_parse(struct options *o, int argc, char **argv);

/* A decimal number of units (of unit_ns) from min to max, as nanoseconds; false: it is not one. */
bool duration_parse(const char *text, double unit_ns, double min, double max, int64_t *ns);

#endif
