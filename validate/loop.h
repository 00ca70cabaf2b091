/* SPDX-License-Identifier: Apache-2.0
 * Schemas that would never come to an end: one that applies itself to the very value in hand, by references and
 * combinations (allOf, anyOf, oneOf, not, if) alone. */
#ifndef VALIDATE_LOOP_H
#define VALIDATE_LOOP_H

#include "compiler.h"

/* Notes that a schema applies another to the same value, whatever the value is.  NULL counts as noted. */
bool loop_note(struct compiler *c, struct schema *from, const struct jsonl_value *key, struct schema *to);

/* Whether all that was compiled comes to an end; false with a complaint at a keyword on the way round. */
bool loop_check(struct compiler *c);

#endif
