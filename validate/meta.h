/* SPDX-License-Identifier: Apache-2.0
 * Meta-schemas: those of the drafts, which are built in, and what others make of a draft by $vocabulary. */
#ifndef META_H
#define META_H

#include "store.h"

/* The built-in file of a meta-schema, by its URI without fragment; a string.  NULL: it is none of a draft. */
const char *meta_file(const char *uri);

/* The dialect that $schema of a resource's root asks for; *dialect stays as it is without one.  false with the
 * complaint set: nobody knows it, or it takes a vocabulary that is not known here. */
bool dialect_find(struct store *s, const struct document *d, const struct jsonl_value *root, struct dialect *dialect,
                  struct complaint *c);

#endif
