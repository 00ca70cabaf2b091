/* SPDX-License-Identifier: Apache-2.0
 * memplot's command line. */
#ifndef MEMPLOT_OPTIONS_H
#define MEMPLOT_OPTIONS_H

#include "format.h"
#include "tool.h"

struct options {
    const struct format *format;
    const char *output, *config; /* strings, or NULL */
    bool strict;
    struct format_options render; /* title, utc and ascii of it */
};

/* TOOL_GO, or it is over, after -h, --version or what was wrong, which has been said: exit with this. */
int options_parse(struct options *o, int argc, char **argv, struct tool_operands *files);

#endif
