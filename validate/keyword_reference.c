/* SPDX-License-Identifier: Apache-2.0
 * $ref, $dynamicRef, $recursiveRef; definitions and $defs, which only have to be well made. */
#include "keyword.h"

#include "clip.h"
#include "compile.h"
#include "index.h"
#include "loop.h"
#include "run.h"
#include "uri.h"

#include <stdio.h>
#include <string.h>

/* With a file that was passed over: it may be the one that is missed. */
static void nowhere_error(struct compiler *c, const struct schema *s, const struct jsonl_value *reference,
                          const char *uri)
{
    const struct complaint *passed = &c->store->passed;
    char place[48] = "";
    if (passed->error.line)
        snprintf(place, sizeof place, "%zu:%zu:", passed->error.line, passed->error.column);
    if (passed->file)
        compile_error(c, s, reference,
                      "\"%s\" is not here: no schema in the folders of -r has that name; passed over: %s:%s %s", uri,
                      passed->file, place, passed->error.message);
    else
        compile_error(c, s, reference, "\"%s\" is not here: nothing is fetched, %s", uri,
                      c->store->folders ? "and no schema in the folders of -r has that name"
                                        : "give its folder with -r");
}

/* The schema that a reference (the value of $ref and its like) names.  NULL with a complaint. */
static struct schema *reference_target(struct compiler *c, struct schema *s, const struct jsonl_value *reference)
{
    if (reference->type != JSONL_STRING) {
        compile_error(c, s, reference, "should be a string");
        return NULL;
    }
    bool failed = false;
    struct jsonl_arena *arena = &c->program->arena;
    struct jsonl_text fragment = uri_fragment(arena, jsonl_text(reference), &failed);
    const char *uri = uri_resolve(arena, s->resource->uri, jsonl_text(reference));
    if (!uri || failed)
        return compile_no_memory(c);
    bool here = strcmp(uri, s->resource->uri) == 0; /* a document without $id has no URI that is its own */
    const struct resource *r = here ? s->resource : resource_find(c->store, uri, c->complaint);
    if (!r) {
        if (c->complaint->error.message[0] == '\0')
            nowhere_error(c, s, reference, uri);
        return NULL;
    }
    if (!document_check(c->store, r->document, c->complaint))
        return NULL;
    const struct resource *owner = r;
    const struct anchor *anchor = fragment.n > 0 && fragment.s[0] != '/' ? store_anchor(c->store, r, fragment) : NULL;
    const struct jsonl_value *target =
        anchor ? anchor->value : store_follow(c->store, r, fragment, &owner, c->complaint);
    if (!target && c->complaint->error.message[0] == '\0')
        compile_error(c, s, reference, "there is no \"#%.*s\" in %s", clip(fragment, 100), fragment.s,
                      r->document->name);
    return target ? compile_value(c, owner, target) : NULL;
}

static bool reference_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return run_reference(run, in, in->u.schema, v);
}

static const struct operation reference_operation = {.check = reference_check};

/* A reference that leads to the same schema whatever the way to it. */
static bool reference_compile(struct compiler *c, struct schema *s, const struct jsonl_value *key,
                              struct schema *target)
{
    struct instruction *in = target ? compile_emit(c, s, key, SCHEMA_ANY, &reference_operation) : NULL;
    if (in)
        in->u.schema = target;
    return in && loop_note(c, s, key, target);
}

bool compile_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return reference_compile(c, s, key, reference_target(c, s, key + 1));
}

bool compile_definitions(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_OBJECT))
        return false;
    const struct jsonl_value *k = key + 2;
    for (uint32_t i = 0; i < key[1].len; i++, k += 1 + k[1].span) {
        if (!compile_schema(c, s, k + 1))
            return false;
    }
    return true;
}

/* ---- References that depend on the way: the outermost resource on it that has the anchor too ---- */

struct dynamic {
    const struct schema *first; /* where it points to by itself */
    struct jsonl_text name;     /* of the anchor; s == NULL: $recursiveAnchor */
};

/* An anchor that some reference asks for dynamically, and how far the resources have been searched for it. */
struct dynamic_name {
    struct dynamic_name *next; /* of the compiler */
    struct jsonl_text name;
    const struct resource *seen; /* this resource and older ones have been asked */
};

static bool dynamic_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct dynamic *d = in->u.data;
    const struct schema *target = d->first;
    for (const struct scope *scope = run->scope; scope; scope = scope->outer) {
        const struct schema *found = table_find(&run->program->dynamics, scope->resource, d->name);
        target = found ? found : target;
    }
    return run_reference(run, in, target, v);
}

static const struct operation dynamic_operation = {.check = dynamic_check};

static bool dynamic_enlist(struct compiler *c, struct jsonl_text name)
{
    c->program->dynamic = true;
    for (struct dynamic_name *n = c->dynamics; n; n = n->next) {
        if (!n->name.s == !name.s && jsonl_text_compare(n->name, name) == 0)
            return true;
    }
    struct dynamic_name *n = compile_take(c, sizeof *n);
    if (!n)
        return false;
    *n = (struct dynamic_name){c->dynamics, name, NULL};
    c->dynamics = n;
    return true;
}

static bool dynamic_compile(struct compiler *c, struct schema *s, const struct jsonl_value *key,
                            const struct schema *first, struct jsonl_text name)
{
    struct dynamic *d = compile_take(c, sizeof *d);
    struct instruction *in = d ? compile_emit(c, s, key, SCHEMA_ANY, &dynamic_operation) : NULL;
    if (!in)
        return false;
    *d = (struct dynamic){first, name};
    in->u.data = d;
    return dynamic_enlist(c, name);
}

/* It is dynamic only where the anchor that it points to by itself is (2020-12, core, 8.2.3.2). */
bool compile_dynamic_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    bool failed = false;
    struct schema *first = reference_target(c, s, key + 1);
    if (!first)
        return false;
    struct jsonl_text name = uri_fragment(&c->program->arena, jsonl_text(key + 1), &failed);
    if (failed)
        return compile_no_memory(c);
    const struct anchor *own = name.s ? store_anchor(c->store, first->resource, name) : NULL;
    return own && own->dynamic && own->value == first->value ? dynamic_compile(c, s, key, first, name)
                                                             : reference_compile(c, s, key, first);
}

/* Dynamic where the resource has $recursiveAnchor true (2019-09, core, 8.2.4.2). */
bool compile_recursive_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct schema *first = reference_target(c, s, key + 1);
    return first && (first->resource->recursive ? dynamic_compile(c, s, key, first, (struct jsonl_text){0})
                                                : reference_compile(c, s, key, first));
}

/* What the anchor means in a resource, NULL: it has none of that name. */
static const struct jsonl_value *dynamic_target(struct compiler *c, const struct resource *r, struct jsonl_text name)
{
    const struct anchor *a = name.s ? store_anchor(c->store, r, name) : NULL;
    return a && a->dynamic ? a->value : !name.s && r->recursive ? r->root : NULL;
}

bool dynamics_complete(struct compiler *c)
{
    const struct resource *newest = c->store->resources;
    for (struct dynamic_name *n = c->dynamics; n; n = n->next) {
        for (const struct resource *r = newest; r && r != n->seen; r = r->next) {
            const struct jsonl_value *v = dynamic_target(c, r, n->name);
            const struct schema *s = v ? compile_value(c, r, v) : NULL;
            if (v && (!s || !table_add(&c->program->dynamics, r, n->name, s)))
                return s ? compile_no_memory(c) : false;
        }
        n->seen = newest;
    }
    return true;
}
