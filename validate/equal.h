/* SPDX-License-Identifier: Apache-2.0
 * Equality of JSON values as JSON Schema has it: numbers by their mathematical value (1 equals 1.0), objects
 * irrespective of the order of members, arrays element by element. */
#ifndef VALIDATE_EQUAL_H
#define VALIDATE_EQUAL_H

#include "jsonl.h"

/* `text` is what the value was parsed from: numbers are compared by it. */
bool value_equal(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b, const char *b_text);

/* Equal for equal values. */
uint64_t value_hash(const struct jsonl_value *v, const char *text);

/* < 0, 0, > 0 for two numbers, exactly. */
int number_compare(const struct jsonl_value *a, const char *a_text, const struct jsonl_value *b, const char *b_text);

/* Whether a number is a whole one: 1, 1.0, 1e2. */
bool number_is_integer(const struct jsonl_value *v, const char *text);

/* The first element of an array that equals an earlier one, and which (*earlier); NULL: all differ.  Takes
 * n log n steps.  *failed is set when memory ran out, or the hashes of too many elements are equal by
 * design, and NULL returned. */
const struct jsonl_value *array_repeated(const struct jsonl_value *array, const char *text,
                                         const struct jsonl_value **earlier, bool *failed);

#endif
