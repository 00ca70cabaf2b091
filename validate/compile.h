/* SPDX-License-Identifier: Apache-2.0
 * A schema made ready to run, with everything that it refers to. */
#ifndef VALIDATE_COMPILE_H
#define VALIDATE_COMPILE_H

#include "schema.h"

/* NULL with the complaint set.  formats: `format` is checked, not just noted.  The store must live on. */
struct program *program_compile(struct store *store, struct resource *root, bool formats, struct complaint *c);

/* Whether a document is a schema, by the meta-schema of its dialect and by those of the resources in it that have
 * others, which are compiled for it and kept by the store.  Looks once only; built-in documents are taken as they are.
 * false with the complaint set. */
bool document_check(struct store *s, struct document *d, struct complaint *c);

/* Frees the meta-schemas that documents were checked against, before their store is freed. */
void meta_programs_free(struct store *s);

#endif
