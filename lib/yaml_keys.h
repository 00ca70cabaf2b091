/* SPDX-License-Identifier: Apache-2.0
 * The keys of YAML's mappings, none of which may have one twice; not installed. */
#ifndef JSONL_YAML_KEYS_H
#define JSONL_YAML_KEYS_H

#include "yaml_places.h"

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

#endif
