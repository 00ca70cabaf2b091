/* SPDX-License-Identifier: Apache-2.0
 * Words for messages: values cut to a length that one can read, names that look alike. */
#ifndef VALIDATE_DESCRIBE_H
#define VALIDATE_DESCRIBE_H

#include "jsonl.h"

/* A value as JSON, cut to some 40 characters: `-1.5`, `"pased"`, `[1,2]`, or `[3 elements]`, `{5 members}` if it is
 * longer. */
void describe_value(struct jsonl_writer *w, const struct jsonl_value *v, const char *text);

/* Whether it is written whole. */
bool describe_is_short(const struct jsonl_value *v);

/* Text in quotes, cut likewise, without control characters. */
void describe_text(struct jsonl_writer *w, struct jsonl_text t);

/* "a string", "an array", … */
const char *describe_type(enum jsonl_type type);

/* Among more names than that none is looked for: each would have to be compared. */
enum { DESCRIBE_NAMES = 500 };

/* Whether two names are built alike: the same words written another way (tokensPerSec), or one with more of them before
 * or behind (end_ts, test_end_ts). */
bool describe_resembles(struct jsonl_text a, struct jsonl_text b);

/* "1 member", "3 members" */
void describe_count(struct jsonl_writer *w, uint64_t n, const char *one, const char *many);

#endif
