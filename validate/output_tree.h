/* SPDX-License-Identifier: Apache-2.0
 * Faults as the tree that the `detailed` output format shows (JSON Schema 2020-12, core, 12.4.3): every schema and
 * applicator on the way to a fault, as it was applied to a value, holds what failed within it. */
#ifndef VALIDATE_OUTPUT_TREE_H
#define VALIDATE_OUTPUT_TREE_H

#include "fault.h"

struct unit {
    const struct jsonl_value *at;       /* keyword (its key) or schema, in its document */
    const struct jsonl_value *instance; /* that it was applied to */
    const struct fault *fault;          /* that came this way */
    size_t references;                  /* passed until here */
    bool told;                          /* the fault is this one itself */
    size_t first, last, next;           /* units in it, and beside it: their indexes; 0: none */
    size_t inner;                       /* how many are in it */
};

/* The unit at 0 is the whole schema on the whole line.  One of zeros is empty. */
struct tree {
    struct unit *at;
    size_t n, size;
};

/* Puts all faults in, in the order of the line.  false: out of memory. */
bool tree_build(struct tree *t, const struct faults *f);
void tree_free(struct tree *t);

/* The unit to show for one: a unit that says nothing itself and holds a single one is replaced by that. */
const struct unit *tree_shown(const struct tree *t, size_t i);

/* The schema that a unit which is a reference leads to; NULL: it is none. */
const struct schema *unit_target(const struct unit *u, const struct faults *f);

#endif
