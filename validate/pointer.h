/* SPDX-License-Identifier: Apache-2.0
 * JSON Pointers (RFC 6901): from a value to its pointer, and what it takes to go back (store_follow). */
#ifndef VALIDATE_POINTER_H
#define VALIDATE_POINTER_H

#include "jsonl.h"

/* Writes the pointer of v, a value or key within `root`; a key's is that of its member.  Takes time linear in the
 * siblings on the way.  The root's is empty. */
void pointer_write(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v);

/* The same for people: names beyond POINTER_SHOWN characters are cut. */
enum { POINTER_SHOWN = 80 };
void pointer_show(struct jsonl_writer *w, const struct jsonl_value *root, const struct jsonl_value *v);

/* The child of an array or object in which v, a value or key within it, stands: a member by its key.  *index: which it
 * is, from 0. */
const struct jsonl_value *pointer_child(const struct jsonl_value *holder, const struct jsonl_value *v, size_t *index);

/* The key of the member whose value is v; NULL if it is the root, an element, or itself a key.  As above. */
const struct jsonl_value *pointer_key(const struct jsonl_value *root, const struct jsonl_value *v);

/* How many members and elements lie between: 0 for the root and its keys. */
size_t pointer_depth(const struct jsonl_value *root, const struct jsonl_value *v);

/* The value that holds v, a value or key within `root`, directly; NULL for the root. */
const struct jsonl_value *pointer_parent(const struct jsonl_value *root, const struct jsonl_value *v);

/* Takes the first token off a pointer that starts with '/', and decodes it, into the arena if it must.  s == NULL: a
 * '~' stands alone in it, or memory ran out (*failed). */
struct jsonl_text pointer_token(struct jsonl_arena *a, struct jsonl_text *pointer, bool *failed);

/* The element of an array that a token names; NULL: there is none, or v is no array. */
const struct jsonl_value *pointer_element(const struct jsonl_value *v, struct jsonl_text token);

#endif
