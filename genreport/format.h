/* SPDX-License-Identifier: Apache-2.0
 * Output formats: each is a file of its own and an entry in `formats`. */
#ifndef GENREPORT_FORMAT_H
#define GENREPORT_FORMAT_H

#include "jsonl.h"
#include "report.h"

struct format {
    const char *name;                                                    /* for -f */
    const char *suffix;                                                  /* of the file that -O names */
    bool (*render)(struct jsonl_writer *w, const struct report *report); /* false: out of memory */
    bool needs_lines;                                                    /* report.lines */
};

extern const struct format formats[];
extern const size_t formats_len;

const struct format *format_find(const char *name); /* NULL: there is no such format */

/* Keeps to report.max_bytes, see md_limit.c. */
bool markdown_render(struct jsonl_writer *w, const struct report *report);
bool json_render(struct jsonl_writer *w, const struct report *report);
bool jsonl_render(struct jsonl_writer *w, const struct report *report);
bool csv_render(struct jsonl_writer *w, const struct report *report);
bool openmetrics_render(struct jsonl_writer *w, const struct report *report);
bool junit_render(struct jsonl_writer *w, const struct report *report);
bool gab_render(struct jsonl_writer *w, const struct report *report);
bool gab_bigger_render(struct jsonl_writer *w, const struct report *report);

#endif
