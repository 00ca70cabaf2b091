/* SPDX-License-Identifier: Apache-2.0 */
#include "store.h"

#include "no_memory.h"
#include "pointer.h"
#include "uri.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct jsonl_text NAMELESS = {NULL, 0};

static struct jsonl_text text_of(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

bool complain(struct complaint *c, const struct document *d, const struct jsonl_value *v, const char *format, ...)
{
    char message[sizeof c->error.message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct jsonl_writer *w = d && v ? jsonl_writer_new(-1) : NULL;
    if (w)
        pointer_write(w, jsonl_document_root(d->json), v);
    struct jsonl_text pointer = w ? jsonl_writer_text(w) : (struct jsonl_text){"", 0};
    if (d && v)
        jsonl_error_set(&c->error, "%s: %s", pointer.n ? pointer.s : "(root)", message);
    else
        jsonl_error_set(&c->error, "%s", message);
    c->file = d ? d->name : NULL;
    if (d && v)
        jsonl_document_locate(d->json, v, &c->error.line, &c->error.column);
    jsonl_writer_free(w);
    return false;
}

void *complain_no_memory(struct complaint *c)
{
    c->file = NULL;
    return error_no_memory(&c->error);
}

struct resource *resource_add(struct store *s, struct document *d, const struct jsonl_value *root, const char *uri,
                              const struct dialect *dialect, struct complaint *c)
{
    struct resource *r = jsonl_arena_alloc(&s->arena, sizeof *r, 1);
    if (!r || !table_add(&s->names, root, NAMELESS, r) ||
        (*uri && !table_find(&s->names, NULL, text_of(uri)) && !table_add(&s->names, NULL, text_of(uri), r)))
        return complain_no_memory(c);
    *r = (struct resource){.next = s->resources,
                           .peer = d->resources,
                           .uri = uri,
                           .document = d,
                           .text = jsonl_document_text(d->json).s,
                           .root = root,
                           .dialect = *dialect};
    d->resources = r;
    s->resources = r;
    return r;
}

static struct document *document_new(struct store *s, const char *name, struct jsonl_document *json,
                                     struct complaint *c)
{
    struct document *d = jsonl_arena_alloc(&s->arena, sizeof *d, 1);
    char *copy = jsonl_arena_copy(&s->arena, name, strlen(name));
    if (!d || !copy) {
        jsonl_document_free(json);
        return complain_no_memory(c);
    }
    *d = (struct document){
        .next = s->documents, .json = json, .name = copy, .state = json ? DOCUMENT_REGISTERED : DOCUMENT_BAD};
    s->documents = d;
    return d;
}

/* The $id of a document's root, NULL if it has none that counts; *draft, that of schemas without $schema, becomes the
 * root's, as far as that can be told without its meta-schema. */
static const struct jsonl_value *root_id(const struct jsonl_value *root, enum draft *draft)
{
    const struct jsonl_value *named = jsonl_get(root, "$schema");
    bool known = named && draft_by_uri(jsonl_text(named), draft);
    const struct jsonl_value *id = draft_id(*draft, root);
    return id || known ? id : draft_id(*draft == DRAFT_4 ? DRAFT_2020_12 : DRAFT_4, root);
}

struct resource *store_register(struct store *s, const char *name, const char *uri, struct jsonl_document *json,
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
    struct dialect dialect = dialect_standard(s->draft);
    const struct jsonl_value *id = root_id(root, &dialect.draft);
    const char *own = uri_resolve(&s->arena, uri, id ? jsonl_text(id) : (struct jsonl_text){"", 0});
    if (!own)
        return complain_no_memory(c);
    d->root = resource_add(s, d, root, own, &dialect, c);
    if (d->root && *uri && strcmp(uri, own) != 0 && !table_find(&s->names, NULL, text_of(uri)) &&
        !table_add(&s->names, NULL, text_of(uri), d->root)) { /* it is known by both */
        return complain_no_memory(c);
    }
    return d->root;
}

struct resource *store_known(const struct store *s, const char *uri)
{
    return table_find(&s->names, NULL, text_of(uri));
}

const struct resource *store_owner(const struct store *s, const struct jsonl_value *v, const struct resource *otherwise)
{
    const struct resource *r = table_find(&s->names, v, NAMELESS);
    return r ? r : otherwise;
}

const struct anchor *store_anchor(const struct store *s, const struct resource *r, struct jsonl_text name)
{
    return table_find(&s->names, r, name);
}

/* The member of that name, by a table where there are many: a thousand references to a thousand members take a
 * thousand steps. */
static const struct jsonl_value *member_of(struct store *s, const struct jsonl_value *object, struct jsonl_text name,
                                           bool *failed)
{
    enum { FEW = 16 };
    const struct jsonl_value *key = object + 1;
    if (object->len <= FEW)
        return jsonl_member(object, name);
    if (!table_find(&s->members, object, NAMELESS)) {
        for (uint32_t i = 0; i < object->len; i++, key += 1 + key[1].span)
            *failed = !table_add(&s->members, object, jsonl_text(key), key + 1) || *failed;
        *failed = !table_add(&s->members, object, NAMELESS, object) || *failed;
    }
    return table_find(&s->members, object, name);
}

const struct jsonl_value *store_follow(struct store *s, const struct resource *from, struct jsonl_text pointer,
                                       const struct resource **owner, struct complaint *c)
{
    const struct jsonl_value *v = from->root;
    bool failed = false;
    *owner = from;
    while (v && pointer.n > 0 && !failed) {
        if (pointer.s[0] != '/')
            return NULL;
        struct jsonl_text token = pointer_token(&s->arena, &pointer, &failed);
        if (!token.s)
            v = NULL;
        else
            v = v->type == JSONL_OBJECT ? member_of(s, v, token, &failed) : pointer_element(v, token);
        if (v)
            *owner = store_owner(s, v, *owner);
    }
    if (failed)
        complain_no_memory(c);
    return failed ? NULL : v;
}

void store_free(struct store *s)
{
    for (struct document *d = s->documents; d; d = d->next)
        jsonl_document_free(d->json);
    table_free(&s->names);
    table_free(&s->members);
    lexicon_free(&s->lexicon);
    jsonl_arena_free(&s->arena);
}
