/* SPDX-License-Identifier: Apache-2.0
 * What the readers of records share; not installed. */
#ifndef JSONL_INPUT_H
#define JSONL_INPUT_H

#include "jsonl.h"

enum { INPUT_SHOWN_MAX = 10 }; /* messages about lines, then only a count */

enum input_verdict {
    INPUT_RECORD,
    INPUT_BAD,
    INPUT_TRUNCATED, /* a last line without an end */
    INPUT_NO_MEMORY, /* for what may be a good one: its file was not read in full */
};

/* The record in a line that is not blank, less its file; or *err says why there is none. */
enum input_verdict input_line_read(struct jsonl_parser *p, const struct jsonl_line *line, struct jsonl_record *record,
                                   struct jsonl_error *err);

/* Counts what came of a line; `kind` of a record. */
void input_count(struct jsonl_input_stats *stats, enum input_verdict verdict, enum jsonl_kind kind);

/* A record that was counted is bad after all. */
void input_uncount(struct jsonl_input_stats *stats, enum jsonl_kind kind);

/* How many complaints were not shown, if any. */
void input_say_rest(size_t complaints);

#endif
