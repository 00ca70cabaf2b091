/* SPDX-License-Identifier: Apache-2.0
 * Documents with all that is in them: what their schemas are called, by $id and anchors, and what dialect each is in.
 * That may be for another document to say, which is then found and indexed first. */
#ifndef VALIDATE_INDEX_H
#define VALIDATE_INDEX_H

#include "store.h"

/* The following return the root's resource, NULL with the complaint set. */

/* Adds a document, as store_register does, and all resources in it. */
struct resource *document_add(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
                              const struct jsonl_error *error, struct complaint *c);

/* A schema file; a built-in schema, by its name. */
struct resource *document_load(struct store *s, const char *path, struct complaint *c);
struct resource *document_builtin(struct store *s, const char *name, struct complaint *c);

/* The resource of a URI without fragment, looked for in the folders and among the meta-schemas of the drafts too.
 * NULL: there is none (the complaint is then left alone) or its document is bad. */
struct resource *resource_find(struct store *s, const char *uri, struct complaint *c);

/* For index_*.c: adds all resources and anchors of a registered document, and gives each its dialect.  false with the
 * complaint set, which the document keeps too: it is bad from then on. */
bool document_index(struct store *s, struct document *d, struct complaint *c);

/* For index_*.c: the dialect that $schema of a resource's root asks for; *dialect stays as it is without one.  false
 * with the complaint set: nobody knows it, or it takes a vocabulary that is not known here. */
bool dialect_find(struct store *s, const struct document *d, const struct jsonl_value *root, struct dialect *dialect,
                  struct complaint *c);

#endif
