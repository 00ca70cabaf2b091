/* SPDX-License-Identifier: Apache-2.0
 * YAML read as the JSON that it means; not installed.
 *
 * One YAML document in, in UTF-8 without a byte order mark; JSON text out, and beside it where each value and key stood
 * in the YAML.  Plain scalars are resolved by the core schema of YAML 1.2, so `yes` is a string and 012 is twelve; the
 * tags !!str !!int !!float !!bool !!null !!map !!seq are obeyed, others refused.  An alias becomes a copy of what it
 * names.  `<<` is a key like any other: merging is no part of YAML 1.2. */
#ifndef JSONL_YAML_JSON_H
#define JSONL_YAML_JSON_H

#include "yaml_places.h"

enum { YAML_ALIASED_MAX = 1000000 }; /* values and keys that aliases may add, in all */

/* Appends the JSON to `out`, a memory writer, and the places of its values and keys.  A stream without a
 * document is null.  false with *err set: line and column if known, else `byte`, else neither. */
bool yaml_to_json(struct jsonl_text yaml, struct jsonl_writer *out, struct yaml_places *places,
                  struct jsonl_error *err);

#endif
