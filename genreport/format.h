/* SPDX-License-Identifier: Apache-2.0
 *
 * Output formats: each is a file of its own and an entry in `formats`. */
#ifndef FORMAT_H
#define FORMAT_H

#include "jsonl.h"
#include "report.h"

struct format {
    const char *name;   /* for -f */
    const char *suffix; /* of the file that -O names */
    void (*render)(struct jsonl_writer *w, const struct report *report);
};

extern const struct format formats[];
extern const size_t formats_len;

const struct format *format_find(const char *name); /* NULL: there is no such format */

void markdown_render(struct jsonl_writer *w, const struct report *report);

#endif
