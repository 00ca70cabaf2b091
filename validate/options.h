/* SPDX-License-Identifier: Apache-2.0
 * validate's command line. */
#ifndef VALIDATE_OPTIONS_H
#define VALIDATE_OPTIONS_H

#include "choose.h"
#include "filter.h"
#include "tool.h"

/* What is set by it, beside what the two have on their own. */
struct options {
    struct wishes *wishes;
    struct chooser *chooser;
    const char *schema; /* string, or NULL */
    size_t threads;
};

/* TOOL_GO, or it is over, after -h, --version or what was wrong, which has been said: exit with this. */
int options_parse(struct options *o, int argc, char **argv, struct tool_operands *files);

#endif
