/* SPDX-License-Identifier: Apache-2.0
 * Documents added whole: given, built in, or found in folders when something refers to them. */
#include "index.h"

#include "embed.h"
#include "folder.h"
#include "meta.h"

#include <string.h>

struct resource *document_add(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
                              const struct jsonl_error *error, struct complaint *c)
{
    struct resource *r = store_register(s, name, uri, json, error, c);
    return r && document_index(s, r->document, c) ? r : NULL;
}

struct resource *document_load(struct store *s, const char *path, struct complaint *c)
{
    struct jsonl_error error = {0};
    return document_add(s, path, "", jsonl_document_load(path, &error), &error, c);
}

/* What is built in is checked by a test (t/unit/validate-meta.c), not each time that it is used. */
static struct resource *embedded_add(struct store *s, const struct embedded *table, const char *name,
                                     struct complaint *c)
{
    for (const struct embedded *e = table; e->name; e++) {
        if (strcmp(e->name, name) == 0) {
            struct jsonl_error error = {0};
            struct jsonl_text text = {e->data, e->len};
            struct resource *r = document_add(s, name, "", jsonl_document_parse(name, text, &error), &error, c);
            if (r)
                r->document->checked = true;
            return r;
        }
    }
    complain(c, NULL, NULL, "%s: not among the built-in schemas", name);
    return NULL;
}

struct resource *document_builtin(struct store *s, const char *name, struct complaint *c)
{
    return embedded_add(s, schemas_builtin, name, c);
}

/* Indexes what has come since.  What cannot be is no trouble until something refers to it. */
static void documents_index(struct store *s, const struct document *before)
{
    struct complaint kept = {0}; /* by the document */
    for (struct document *d = s->documents; d != before; d = d->next) {
        if (d->root && d->state == DOCUMENT_REGISTERED)
            document_index(s, d, &kept);
    }
}

struct resource *resource_find(struct store *s, const char *uri, struct complaint *c)
{
    struct resource *r = store_known(s, uri);
    if (!r) {
        const char *meta = meta_file(uri);
        if (meta)
            return embedded_add(s, metas_builtin, meta, c);
        const struct document *before = s->documents;
        if (!folders_read(s, uri, c))
            return NULL;
        documents_index(s, before);
        r = store_known(s, uri);
    }
    if (r && r->document->state == DOCUMENT_BAD) {
        *c = r->document->complaint;
        return NULL;
    }
    return r;
}
