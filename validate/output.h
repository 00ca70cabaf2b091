/* SPDX-License-Identifier: Apache-2.0
 * What is said of a judged line: one entry of `outputs` per -f. */
#ifndef VALIDATE_OUTPUT_H
#define VALIDATE_OUTPUT_H

#include "verdict.h"

/* A line and where it came from. */
struct subject {
    const char *file; /* string: name for messages */
    bool several;     /* files are read, so JSON names them */
    bool colours;     /* words are for a terminal that has them */
    const struct jsonl_line *line;
};

struct output {
    const char *name;
    bool passes; /* valid lines go to stdout as they are */
    bool speaks; /* what is wrong goes to stderr, in words */
    /* Writes what stdout gets for the line instead; may be NULL.  false: out of memory. */
    bool (*write)(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);
};

/* NULL: there is no such format. */
const struct output *output_find(const char *name);

/* output_words.c: a line per fault, "FILE:LINE:COLUMN: /json/pointer: message (schema location)", and per note on an
 * upgrade. */
void words_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);
bool github_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);

/* output_json.c: JSON Schema 2020-12, core, section 12.4. */
bool flag_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);
bool basic_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);
bool detailed_write(struct jsonl_writer *w, const struct subject *subject, const struct verdict *verdict);

#endif
