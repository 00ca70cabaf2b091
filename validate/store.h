/* SPDX-License-Identifier: Apache-2.0
 * The schemas that references can reach: documents, and the resources in them (a document's root, and each schema
 * in it that has an $id), with their URIs and anchors. */
#ifndef STORE_H
#define STORE_H

#include "jsonl.h"

enum draft { DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019_09, DRAFT_2020_12, DRAFTS };

/* From `-d`: 4, 6, 7, 2019-09, 2020-12.  false: none of them. */
bool draft_by_name(const char *name, enum draft *draft);

/* From `$schema`. */
bool draft_by_uri(struct jsonl_text uri, enum draft *draft);

struct document {
    struct document *next;
    struct jsonl_document *json;
    const char *name; /* string: the file, for messages */
};

struct anchor {
    struct anchor *next;
    struct jsonl_text name;
    const struct jsonl_value *value;
    bool dynamic; /* $dynamicAnchor */
};

struct resource {
    struct resource *next;
    const char *uri; /* string, without fragment; empty: the document has no $id */
    const struct document *document;
    const char *text; /* that the document's values count in */
    const struct jsonl_value *root;
    enum draft draft;
    struct anchor *anchors;
    bool recursive; /* $recursiveAnchor */
};

/* Files that `-r` names. */
struct folder {
    struct folder *next;
    const char *uri; /* string: prefix of what is in it; NULL: go by $id */
    const char *path;
    bool read; /* all its files are in the store */
};

struct store {
    struct jsonl_arena arena;
    struct document *documents;
    struct resource *resources; /* newest first */
    struct folder *folders;
    enum draft draft; /* of schemas without $schema */
};

/* What is wrong with a schema, and where. */
struct complaint {
    const char *file; /* string; NULL: not about a file */
    struct jsonl_error error;
};

/* Puts the reason, and the place of v (or none, NULL) in a document; false always. */
bool complain(struct complaint *c, const struct document *d, const struct jsonl_value *v, const char *format, ...)
    JSONL_PRINTF(4, 5);

/* Adds a document and all resources in it.  The root's URI is its $id, seen from `uri` (string).  The store takes
 * `json`, which may be NULL with *error saying why.  NULL with the complaint set. */
struct resource *store_add(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
                           const struct jsonl_error *error, struct complaint *c);

/* Reads a schema file; built-in schemas are found by their names too. */
struct resource *store_load(struct store *s, const char *path, struct complaint *c);
struct resource *store_builtin(struct store *s, const char *name, struct complaint *c);

/* Notes the argument of -r: [URI=]DIR, a string that lives on. */
bool store_folder(struct store *s, const char *argument);

/* The resource of a URI without fragment, looked for in the folders too.  NULL: there is none (the complaint is
 * then left alone) or its file is bad. */
struct resource *store_find(struct store *s, const char *uri, struct complaint *c);

/* The innermost resource that a value of its document belongs to. */
struct resource *store_owner(struct store *s, const struct document *d, const struct jsonl_value *v);

void store_free(struct store *s);

#endif
