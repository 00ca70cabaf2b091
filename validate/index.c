/* SPDX-License-Identifier: Apache-2.0 */
#include "index.h"

#include "clip.h"
#include "keywords.h"
#include "pointer.h"
#include "uri.h"

#include <string.h>

/* Where the name stands already, for the complaint about a second one. */
static bool twice(const struct resource *r, const struct jsonl_value *v, const struct jsonl_value *first,
                  struct complaint *c)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);
    if (!w)
        return complain_no_memory(c);
    pointer_write(w, jsonl_document_root(r->document->json), first);
    struct jsonl_text at = jsonl_writer_text(w);
    complain(c, r->document, v, "\"%.*s\" is taken already by the schema at %s", clip(jsonl_text(v), 60), v->u.str,
             at.n ? at.s : "the root");
    jsonl_writer_free(w);
    return false;
}

/* An anchor of the schema v, by the value that names it; `skip` bytes of that do not belong to the name. */
static bool anchor_add(struct store *s, struct resource *r, const struct jsonl_value *named, size_t skip,
                       const struct jsonl_value *v, bool dynamic, struct complaint *c)
{
    struct jsonl_text name = {named->u.str + skip, named->len - skip};
    const struct anchor *taken = store_anchor(s, r, name);
    if (taken && taken->value != v)
        return twice(r, named, taken->value, c);
    struct anchor *a = jsonl_arena_alloc(&s->arena, sizeof *a, 1);
    if (!a || !table_add(&s->names, r, name, a))
        return complain_no_memory(c);
    *a = (struct anchor){v, dynamic || (taken && taken->dynamic)};
    return true;
}

static bool index_anchors(struct store *s, struct resource *r, const struct jsonl_value *v, struct complaint *c)
{
    if (r->dialect.draft < DRAFT_2019_09)
        return true;
    const struct jsonl_value *anchor = jsonl_get(v, "$anchor"), *dynamic = jsonl_get(v, "$dynamicAnchor");
    if (anchor && anchor->type == JSONL_STRING && !anchor_add(s, r, anchor, 0, v, false, c))
        return false;
    if (r->dialect.draft >= DRAFT_2020_12 && dynamic && dynamic->type == JSONL_STRING &&
        !anchor_add(s, r, dynamic, 0, v, true, c))
        return false;
    const struct jsonl_value *recursive = jsonl_get(v, "$recursiveAnchor");
    if (r->dialect.draft == DRAFT_2019_09 && v == r->root && recursive)
        r->recursive = recursive->type == JSONL_TRUE;
    return true;
}

/* Finds the resource that v starts, or is in; *r is that resource then. */
static bool index_id(struct store *s, struct resource **r, const struct jsonl_value *v, struct complaint *c)
{
    struct resource *outer = *r;
    struct dialect dialect = outer->dialect;
    const struct jsonl_value *id = draft_id(dialect.draft, v);
    if (!id || v == outer->root)
        return true;
    if (dialect.draft <= DRAFT_7 && id->len > 0 && id->u.str[0] == '#')
        return anchor_add(s, outer, id, 1, v, false, c);
    if (!dialect_find(s, outer->document, v, &dialect, c))
        return false;
    const char *uri = uri_resolve(&s->arena, outer->uri, jsonl_text(id));
    if (!uri)
        return complain_no_memory(c);
    const struct resource *taken = *uri ? store_known(s, uri) : NULL;
    if (taken && taken->document == outer->document)
        return twice(outer, id, taken->root, c);
    *r = resource_add(s, outer->document, v, uri, &dialect, c);
    const char *hash = dialect.draft <= DRAFT_7 ? memchr(id->u.str, '#', id->len) : NULL;
    size_t skip = hash ? (size_t)(hash - id->u.str) + 1 : id->len;
    if (*r && skip < id->len && !anchor_add(s, *r, id, skip, v, false, c))
        return false;
    if (*r && (dialect.draft != outer->dialect.draft || dialect.meta != outer->dialect.meta))
        outer->document->foreign = true;
    return *r;
}

static bool index_schema(struct store *s, struct resource *r, const struct jsonl_value *v, struct complaint *c);

static bool index_shape(struct store *s, struct resource *r, enum keyword_shape shape, const struct jsonl_value *v,
                        struct complaint *c)
{
    bool list = shape == SHAPE_LIST || shape == SHAPE_SCHEMA_OR_LIST;
    bool map = shape == SHAPE_MAP || shape == SHAPE_MAP_OR_NAMES;
    const struct jsonl_value *end = v + v->span;
    if (list && v->type == JSONL_ARRAY) {
        for (v++; v < end; v += v->span) {
            if (!index_schema(s, r, v, c))
                return false;
        }
    } else if (map && v->type == JSONL_OBJECT) {
        for (v++; v < end; v += 1 + v[1].span) {
            if (!index_schema(s, r, v + 1, c))
                return false;
        }
    } else if (shape == SHAPE_SCHEMA || shape == SHAPE_SCHEMA_OR_LIST) {
        return index_schema(s, r, v, c);
    }
    return true;
}

static bool index_schema(struct store *s, struct resource *r, const struct jsonl_value *v, struct complaint *c)
{
    if (v->type != JSONL_OBJECT)
        return true;
    if (!index_id(s, &r, v, c) || !index_anchors(s, r, v, c))
        return false;
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        const struct keyword *k = keyword_find(&r->dialect, key);
        if (k && !index_shape(s, r, k->shape, key + 1, c))
            return false;
    }
    return true;
}

bool document_index(struct store *s, struct document *d, struct complaint *c)
{
    enum { DEPTH_MAX = 32 }; /* meta-schemas of meta-schemas */
    struct resource *r = d->root;
    struct dialect dialect = dialect_standard(s->draft);
    d->state = DOCUMENT_INDEXING;
    bool ok = ++s->depth <= DEPTH_MAX ? dialect_find(s, d, r->root, &dialect, c)
                                      : complain(c, d, r->root, "too many meta-schemas above one another");
    s->depth--;
    r->dialect = dialect;
    ok = ok && index_schema(s, r, r->root, c);
    d->state = ok ? DOCUMENT_READY : DOCUMENT_BAD;
    if (!ok)
        d->complaint = *c;
    return ok;
}
