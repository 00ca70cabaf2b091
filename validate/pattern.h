/* SPDX-License-Identifier: Apache-2.0
 * Regular expressions of schemas: ECMA-262's with flag u, run by PCRE2, found anywhere in the text.  Matching gives up
 * after PATTERN_STEPS steps and some for each byte of the text, or with 64 MiB of memory: no pattern can hang. */
#ifndef VALIDATE_PATTERN_H
#define VALIDATE_PATTERN_H

#include "jsonl.h"

enum { PATTERN_STEPS = 100000000, PATTERN_STEPS_PER_BYTE = 50 }; /* match_steps.h */

enum pattern_result { PATTERN_NO, PATTERN_YES, PATTERN_GAVE_UP };

struct pattern;

/* NULL with *err set: not a regular expression, one beyond PCRE2 (lookbehind of no fixed length, more than some 64 kB),
 * or out of memory. */
struct pattern *pattern_new(struct jsonl_text regex, struct jsonl_error *err);
void pattern_free(struct pattern *p);

/* What matching needs besides, whatever the pattern: each thread has one, while patterns are shared.  NULL: out of
 * memory. */
struct pattern_room;
struct pattern_room *pattern_room_new(void);
void pattern_room_free(struct pattern_room *room);

/* The text is valid UTF-8.  room NULL: one is made for this match alone. */
enum pattern_result pattern_match(const struct pattern *p, struct pattern_room *room, const char *s, size_t n);

#endif
