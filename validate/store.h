/* SPDX-License-Identifier: Apache-2.0
 * The schemas that references can reach: documents, and the resources in them (a document's root, and each schema
 * in it that has an $id), with their URIs and anchors.
 *
 * A document is first registered, by the URI of its root, and then indexed (index.h), which takes its dialect: the
 * meta-schema that this may depend on can be another document of the same folder. */
#ifndef VALIDATE_STORE_H
#define VALIDATE_STORE_H

#include "draft.h"
#include "lexicon.h"

/* What is wrong with a schema, and where. */
struct complaint {
    const char *file; /* string; NULL: not about a file */
    struct jsonl_error error;
};

enum document_state { DOCUMENT_REGISTERED, DOCUMENT_INDEXING, DOCUMENT_READY, DOCUMENT_BAD };

struct document {
    struct document *next;
    struct jsonl_document *json;
    const char *name; /* string: the file, for messages */
    struct resource *root, *resources;
    enum document_state state;
    struct complaint complaint; /* of a bad one */
    bool foreign;               /* some resource in it has a dialect of its own */
    bool checked;               /* against its meta-schema */
};

struct anchor {
    const struct jsonl_value *value;
    bool dynamic; /* $dynamicAnchor */
};

struct resource {
    struct resource *next; /* of the store */
    struct resource *peer; /* of the document */
    const char *uri;       /* string, without fragment; empty: the document has no $id */
    struct document *document;
    const char *text; /* that the document's values count in */
    const struct jsonl_value *root;
    struct dialect dialect;
    bool recursive;          /* $recursiveAnchor */
    struct program *program; /* of a meta-schema that schemas were checked against: meta_programs_free frees it */
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
    struct document *documents; /* newest first */
    struct resource *resources; /* newest first */
    struct folder *folders;
    struct complaint passed; /* about the first file there that cannot be read as a document, and so was passed over */
    enum draft draft;        /* of schemas without $schema */
    unsigned depth;          /* documents being indexed, each for the one before */
    struct table names;      /* of the store: resources by URI; of a resource: its anchors; of a value: its resource */
    struct table members;    /* of objects that pointers lead through */
    struct lexicon lexicon;  /* of all programs that are compiled from it */
};

/* Puts the reason, with the pointer and the place of v (or none, NULL) in a document; false always. */
bool complain(struct complaint *c, const struct document *d, const struct jsonl_value *v, const char *format, ...)
    JSONL_PRINTF(4, 5);

/* The same where memory lacks, without a place.  NULL always, and so false. */
void *complain_no_memory(struct complaint *c);

/* Adds a document, without what is in it: index.h does the rest.  The root's URI is its $id, seen from `uri` (string).
 * The store takes `json`, which may be NULL with *error saying why.  NULL with the complaint set. */
struct resource *store_register(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
                                const struct jsonl_error *error, struct complaint *c);

/* The resource of a URI, NULL: there is none of that name in the store. */
struct resource *store_known(const struct store *s, const char *uri);

/* The value that a JSON Pointer leads to from a resource's root, and the innermost resource that it belongs to.
 * NULL: there is none, or memory ran out (with the complaint set). */
const struct jsonl_value *store_follow(struct store *s, const struct resource *from, struct jsonl_text pointer,
                                       const struct resource **owner, struct complaint *c);

/* The resource that starts at a value, else `otherwise`. */
const struct resource *store_owner(const struct store *s, const struct jsonl_value *v,
                                   const struct resource *otherwise);

const struct anchor *store_anchor(const struct store *s, const struct resource *r, struct jsonl_text name);

/* A new resource of a document, known by its URI and by its root.  NULL with the complaint set. */
struct resource *resource_add(struct store *s, struct document *d, const struct jsonl_value *root, const char *uri,
                              const struct dialect *dialect, struct complaint *c);

void store_free(struct store *s);

#endif
