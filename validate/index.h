/* SPDX-License-Identifier: Apache-2.0
 * What the schemas of a document are called: finds the $id and the anchors in it. */
#ifndef INDEX_H
#define INDEX_H

#include "store.h"

/* The $id of a document's root, NULL if it has none that counts; *draft, that of schemas without $schema, becomes the
 * root's, as far as that can be told without its meta-schema. */
const struct jsonl_value *index_root_id(const struct jsonl_value *root, enum draft *draft);

/* Adds all resources and anchors of a registered document, and gives each its dialect.  false with the complaint set,
 * which the document keeps too: it is bad from then on. */
bool document_index(struct store *s, struct document *d, struct complaint *c);

#endif
