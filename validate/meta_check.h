/* SPDX-License-Identifier: Apache-2.0
 * Schemas held against their meta-schemas, before they are compiled. */
#ifndef META_CHECK_H
#define META_CHECK_H

#include "store.h"

/* Whether a document is a schema, by the meta-schema of its dialect and by those of the resources in it that have
 * others.  Looks once only; built-in documents are taken as they are.  false with the complaint set. */
bool document_check(struct store *s, struct document *d, struct complaint *c);

#endif
