/* SPDX-License-Identifier: Apache-2.0 */
#include "store.h"

#include "embed.h"
#include "folder.h"
#include "schema.h"
#include "uri.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name; /* for -d */
    const char *uri;  /* of the meta-schema, less an empty fragment */
} drafts[DRAFTS] = {
    [DRAFT_4] = {"4", "http://json-schema.org/draft-04/schema"},
    [DRAFT_6] = {"6", "http://json-schema.org/draft-06/schema"},
    [DRAFT_7] = {"7", "http://json-schema.org/draft-07/schema"},
    [DRAFT_2019_09] = {"2019-09", "https://json-schema.org/draft/2019-09/schema"},
    [DRAFT_2020_12] = {"2020-12", "https://json-schema.org/draft/2020-12/schema"},
};

bool draft_by_name(const char *name, enum draft *draft)
{
    for (int d = 0; d < DRAFTS; d++) {
        if (strcmp(name, drafts[d].name) == 0) {
            *draft = (enum draft)d;
            return true;
        }
    }
    return false;
}

bool draft_by_uri(struct jsonl_text uri, enum draft *draft)
{
    if (uri.n > 0 && uri.s[uri.n - 1] == '#')
        uri.n--;
    for (int d = 0; d < DRAFTS; d++) {
        if (jsonl_text_is(uri, drafts[d].uri)) {
            *draft = (enum draft)d;
            return true;
        }
    }
    return false;
}

bool complain(struct complaint *c, const struct document *d, const struct jsonl_value *v, const char *format, ...)
{
    char message[sizeof c->error.message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    jsonl_error_set(&c->error, "%s", message);
    c->file = d ? d->name : NULL;
    if (d && v)
        jsonl_document_locate(d->json, v, &c->error.line, &c->error.column);
    return false;
}

static struct resource *resource_new(struct store *s, const struct document *d, const struct jsonl_value *root,
                                     const char *uri, enum draft draft, struct complaint *c)
{
    struct resource *r = jsonl_arena_alloc(&s->arena, sizeof *r, 1);
    if (!r) {
        complain(c, NULL, NULL, "out of memory");
        return NULL;
    }
    *r = (struct resource){.next = s->resources,
                           .uri = uri,
                           .document = d,
                           .text = jsonl_document_text(d->json).s,
                           .root = root,
                           .draft = draft};
    s->resources = r;
    return r;
}

static bool anchor_add(struct store *s, struct resource *r, struct jsonl_text name, const struct jsonl_value *value,
                       bool dynamic, struct complaint *c)
{
    struct anchor *a = jsonl_arena_alloc(&s->arena, sizeof *a, 1);
    if (!a)
        return complain(c, NULL, NULL, "out of memory");
    *a = (struct anchor){r->anchors, name, value, dynamic};
    r->anchors = a;
    return true;
}

/* The draft that `$schema` of a resource's root asks for; it stays as it is without one. */
static bool draft_of(const struct document *d, const struct jsonl_value *v, enum draft *draft, struct complaint *c)
{
    const struct jsonl_value *named = jsonl_get(v, "$schema");
    if (!named || draft_by_uri(jsonl_text(named), draft))
        return true;
    if (named->type != JSONL_STRING)
        return complain(c, d, named, "$schema: should be a string");
    return complain(c, d, named, "$schema: \"%.*s\" is none of the drafts 4, 6, 7, 2019-09 and 2020-12",
                    (int)(named->len < 100 ? named->len : 100), named->u.str);
}

/* The $id of a schema, if it has one that counts: up to draft 7 everything beside a $ref is ignored. */
static const struct jsonl_value *id_of(const struct jsonl_value *v, enum draft draft)
{
    const struct jsonl_value *id = jsonl_get(v, draft == DRAFT_4 ? "id" : "$id");
    return id && id->type == JSONL_STRING && !(draft <= DRAFT_7 && jsonl_get(v, "$ref")) ? id : NULL;
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

static bool index_anchors(struct store *s, struct resource *r, const struct jsonl_value *v, struct complaint *c)
{
    if (r->draft < DRAFT_2019_09)
        return true;
    const struct jsonl_value *anchor = jsonl_get(v, "$anchor"), *dynamic = jsonl_get(v, "$dynamicAnchor");
    if (anchor && anchor->type == JSONL_STRING && !anchor_add(s, r, jsonl_text(anchor), v, false, c))
        return false;
    if (r->draft >= DRAFT_2020_12 && dynamic && dynamic->type == JSONL_STRING &&
        !anchor_add(s, r, jsonl_text(dynamic), v, true, c))
        return false;
    const struct jsonl_value *recursive = jsonl_get(v, "$recursiveAnchor");
    if (r->draft == DRAFT_2019_09 && v == r->root && recursive)
        r->recursive = recursive->type == JSONL_TRUE;
    return true;
}

/* Finds the resource that v starts, or is in; *r is that resource then. */
static bool index_id(struct store *s, struct resource **r, const struct jsonl_value *v, struct complaint *c)
{
    enum draft draft = (*r)->draft;
    const struct jsonl_value *id = id_of(v, draft);
    if (!id || v == (*r)->root)
        return true;
    if (draft <= DRAFT_7 && id->len > 0 && id->u.str[0] == '#')
        return anchor_add(s, *r, (struct jsonl_text){id->u.str + 1, id->len - 1}, v, false, c);
    if (!draft_of((*r)->document, v, &draft, c))
        return false;
    const char *uri = uri_resolve(&s->arena, (*r)->uri, jsonl_text(id));
    if (!uri)
        return complain(c, NULL, NULL, "out of memory");
    *r = resource_new(s, (*r)->document, v, uri, draft, c);
    return *r;
}

static bool index_schema(struct store *s, struct resource *r, const struct jsonl_value *v, struct complaint *c)
{
    if (v->type != JSONL_OBJECT)
        return true;
    if (!index_id(s, &r, v, c) || !index_anchors(s, r, v, c))
        return false;
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        const struct keyword *k = keyword_find(r->draft, key);
        if (k && !index_shape(s, r, k->shape, key + 1, c))
            return false;
    }
    return true;
}

static struct document *document_new(struct store *s, const char *name, struct jsonl_document *json,
                                     struct complaint *c)
{
    struct document *d = jsonl_arena_alloc(&s->arena, sizeof *d, 1);
    char *copy = jsonl_arena_copy(&s->arena, name, strlen(name));
    if (!d || !copy) {
        jsonl_document_free(json);
        complain(c, NULL, NULL, "out of memory");
        return NULL;
    }
    *d = (struct document){s->documents, json, copy};
    s->documents = d;
    return d;
}

struct resource *store_add(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
                           const struct jsonl_error *error, struct complaint *c)
{
    struct document *d = document_new(s, name, json, c);
    if (!d)
        return NULL;
    if (!json) {
        c->file = d->name;
        c->error = *error;
        return NULL;
    }
    const struct jsonl_value *root = jsonl_document_root(json);
    enum draft draft = s->draft;
    if (!draft_of(d, root, &draft, c))
        return NULL;
    const struct jsonl_value *id = id_of(root, draft);
    const char *own = uri_resolve(&s->arena, uri, id ? jsonl_text(id) : (struct jsonl_text){"", 0});
    if (!own) {
        complain(c, NULL, NULL, "out of memory");
        return NULL;
    }
    if (*uri && strcmp(uri, own) != 0) { /* it is known by both */
        struct resource *alias = resource_new(s, d, root, uri, draft, c);
        if (!alias || !index_schema(s, alias, root, c))
            return NULL;
    }
    struct resource *r = resource_new(s, d, root, own, draft, c);
    return r && index_schema(s, r, root, c) ? r : NULL;
}

struct resource *store_load(struct store *s, const char *path, struct complaint *c)
{
    struct jsonl_error error = {0};
    return store_add(s, path, "", jsonl_document_load(path, &error), &error, c);
}

struct resource *store_builtin(struct store *s, const char *name, struct complaint *c)
{
    for (const struct embedded *e = schemas_builtin; e->name; e++) {
        if (strcmp(e->name, name) == 0) {
            struct jsonl_error error = {0};
            struct jsonl_text text = {e->data, e->len};
            return store_add(s, name, "", jsonl_document_parse(name, text, &error), &error, c);
        }
    }
    complain(c, NULL, NULL, "%s: not among the built-in schemas", name);
    return NULL;
}

static struct resource *known(struct store *s, const char *uri)
{
    for (struct resource *r = s->resources; r; r = r->next) {
        if (strcmp(r->uri, uri) == 0)
            return r;
    }
    return NULL;
}

struct resource *store_find(struct store *s, const char *uri, struct complaint *c)
{
    struct resource *r = known(s, uri);
    if (!r && folders_read(s, uri, c))
        r = known(s, uri);
    return r;
}

struct resource *store_owner(struct store *s, const struct document *d, const struct jsonl_value *v)
{
    struct resource *owner = NULL;
    for (struct resource *r = s->resources; r; r = r->next) {
        if (r->document == d && r->root <= v && v < r->root + r->root->span && (!owner || owner->root < r->root))
            owner = r;
    }
    return owner;
}

void store_free(struct store *s)
{
    for (struct document *d = s->documents; d; d = d->next)
        jsonl_document_free(d->json);
    jsonl_arena_free(&s->arena);
}
