/* SPDX-License-Identifier: Apache-2.0
 * jansson is the judge: our values against its tree of the same text. */
#ifndef FUZZ_JUDGE_H
#define FUZZ_JUDGE_H

#include "fuzz.h"

#include <jansson.h>

/* Ends the process unless the values are the same: types, bytes of strings, members in any order, integers by their
 * text, other numbers bit for bit.  What jansson cannot hold stands in its tree like this: a number beyond the range of
 * double as null, a NUL in a key as the character `nul` (UTF-8, at most 4 bytes). */
void judge_values(const char *text, const struct jsonl_value *v, const json_t *j, const char *nul);

/* Some object in the subtree had a member twice. */
bool has_duplicate(const struct jsonl_value *v);

#endif
