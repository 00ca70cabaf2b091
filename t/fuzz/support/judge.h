/* SPDX-License-Identifier: Apache-2.0
 * jansson is the judge: our values against its tree of the same text. */
#ifndef FUZZ_JUDGE_H
#define FUZZ_JUDGE_H

#include "fuzz.h"

/* A text that jsonl_parse has accepted as v: jansson has to accept it, with the same values. */
void judge_accepted(const char *text, size_t n, const struct jsonl_value *v);

/* A text that it has refused: so has jansson, or it is one of the differences that line.c lists. */
void judge_refused(const char *text, size_t n, const struct jsonl_error *err);

#endif
