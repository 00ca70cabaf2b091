/* SPDX-License-Identifier: Apache-2.0
 * JSON Pointers (RFC 6901): from a value to its pointer and back. */
#ifndef POINTER_H
#define POINTER_H

#include "jsonl.h"

/* Writes the pointer of v, a value or key within `root`; a key's is that of its member.  Takes time linear in the
 * siblings on the way.  The root's is empty. */
void pointer_write(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v);

/* The value that a pointer names, NULL if there is none. */
const struct jsonl_value *pointer_follow(const struct jsonl_value *root, struct jsonl_text pointer);

#endif
