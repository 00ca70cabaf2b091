/* SPDX-License-Identifier: Apache-2.0
 * YAML read as the JSON that it means; not installed.
 *
 * One YAML document in, in UTF-8 without a byte order mark; JSON text out, and beside it where each value and key stood
 * in the YAML.  Plain scalars are resolved by the core schema of YAML 1.2, so `yes` is a string and 012 is twelve; the
 * tags !!str
 * !!int !!float !!bool !!null !!map !!seq are obeyed, others refused.  An alias becomes a copy of what it
 * names.  `<<` is a key like any other: merging is no part of YAML 1.2. */
#ifndef YAML_JSON_H
#define YAML_JSON_H

#include "jsonl.h"

enum { YAML_ALIASED_MAX = 1000000 }; /* values and keys that aliases may add, in all */

/* Where a value or key stands: `at` in the JSON text, line and column (characters) in the YAML. */
struct yaml_place {
    uint32_t at;           /* bytes from 0 */
    uint32_t line, column; /* from 1 */
};

struct yaml_places {
    struct yaml_place *list; /* by `at`, ascending; the caller frees it */
    size_t len, cap;
};

/* Appends the JSON to `out`, a memory writer, and the places of its values and keys.  A stream without a
 * document is null.  false with *err set: line and column if known, else `byte`, else neither. */
bool yaml_to_json(struct jsonl_text yaml, struct jsonl_writer *out, struct yaml_places *places,
                  struct jsonl_error *err);

/* What one scalar is.  tag: the full name, or NULL if none was written; plain: written without quotes, and not
 * as a block.  Appends its JSON; false with *err (but no place) set: it is not what its tag says, JSON has no
 * such number, or the tag is unknown. */
bool yaml_scalar(struct jsonl_writer *out, const char *tag, bool plain, struct jsonl_text value,
                 struct jsonl_error *err);

/* The keys of the mappings that are open, innermost last. */
struct yaml_key {
    size_t place; /* index into the places */
    struct jsonl_text json;
};

struct yaml_keys {
    struct yaml_key *list;
    size_t len, cap;
};

/* false: out of memory. */
bool yaml_keys_add(struct yaml_keys *k, size_t place);

/* Takes away the keys from index `from` on, whose mapping closes.  If one of them was there before, returns the
 * place of the first such, and *text is it, escaped as in `json`; else NULL. */
const struct yaml_place *yaml_keys_close(struct yaml_keys *k, size_t from, const char *json,
                                         const struct yaml_places *places, struct jsonl_text *text);

/* What the anchors of a document name.  The same anchor may be set again; the latest counts. */
struct yaml_anchor {
    char *name;
    size_t len;
    size_t from, to;      /* its JSON: [from, to) */
    size_t place, places; /* its first place, and how many */
    unsigned height;      /* containers inside one another, itself included; 0: a scalar */
    bool closed;          /* false: its node has not ended yet */
};

struct yaml_anchors {
    struct yaml_anchor *list;
    size_t len, cap;
    uint32_t *slots; /* hash table: index into `list` + 1, 0 for empty */
    size_t slots_cap;
};

/* Sets an anchor; its index, or -1: out of memory. */
ptrdiff_t yaml_anchors_add(struct yaml_anchors *a, struct jsonl_text name);

/* The latest anchor of this name, or NULL. */
struct yaml_anchor *yaml_anchors_find(const struct yaml_anchors *a, struct jsonl_text name);

void yaml_anchors_free(struct yaml_anchors *a);

#endif
