/* SPDX-License-Identifier: Apache-2.0
 * Where the values and keys of JSON stood in the YAML that it was made of; not installed. */
#ifndef JSONL_YAML_PLACES_H
#define JSONL_YAML_PLACES_H

#include "jsonl.h"

/* Where a value or key stands: `at` in the JSON text, line and column (characters) in the YAML. */
struct yaml_place {
    uint32_t at;           /* bytes from 0 */
    uint32_t line, column; /* from 1 */
};

struct yaml_places {
    struct yaml_place *list; /* by `at`, ascending; the caller frees it */
    size_t len, cap;
};

/* The next one, behind all that are there.  false: out of memory. */
bool yaml_places_add(struct yaml_places *p, size_t at, size_t line, size_t column);

/* The place of what starts at this byte of the JSON; there is at least one place. */
const struct yaml_place *yaml_places_find(const struct yaml_places *p, size_t at);

#endif
