/* SPDX-License-Identifier: Apache-2.0
 * Regular expressions of schemas: ECMA-262's as PCRE2 reads them, over code points, found anywhere in the text.
 * \d and \w are ASCII, \s is white space of any script; $ is the very end.  Matching gives up after PATTERN_STEPS
 * steps, or with 64 MiB of memory, so that no pattern can hang. */
#ifndef PATTERN_H
#define PATTERN_H

#include "jsonl.h"

enum { PATTERN_STEPS = 1000000 };

enum pattern_result { PATTERN_NO, PATTERN_YES, PATTERN_GAVE_UP };

struct pattern;

/* NULL with *err set: not a regular expression, or out of memory. */
struct pattern *pattern_new(struct jsonl_text regex, struct jsonl_error *err);
void pattern_free(struct pattern *p);

/* The text is valid UTF-8. */
enum pattern_result pattern_match(struct pattern *p, const char *s, size_t n);

#endif
