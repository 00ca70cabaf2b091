/* SPDX-License-Identifier: Apache-2.0
 * genreport's command line. */
#ifndef GENREPORT_OPTIONS_H
#define GENREPORT_OPTIONS_H

#include "format.h"
#include "tool.h"

struct options {
    const struct format *format;
    const char *out, *dir, *config; /* strings, or NULL */
    bool strict;
    unsigned gates;     /* enum gate, or-ed */
    size_t max_bytes;   /* of Markdown; 0: no limit */
    const char **files; /* at least one; those of -m come last */
    size_t files_len;
    const char **baselines; /* oldest first */
    size_t baselines_len;
    double generated_s; /* $SOURCE_DATE_EPOCH, or NAN */
};

/* TOOL_GO, or it is over, after -h, --version or what was wrong, which has been said: exit with this.  Call
 * options_free either way. */
int options_parse(struct options *o, int argc, char **argv);
void options_free(struct options *o);

#endif
