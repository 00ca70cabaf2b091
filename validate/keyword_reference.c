/* SPDX-License-Identifier: Apache-2.0
 * $ref, $dynamicRef, $recursiveRef; definitions and $defs, which only have to be well made. */
#include "keyword.h"

#include "run.h"
#include "uri.h"

static bool reference_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return run_reference(run, in, in->u.schema, v);
}

static const struct operation reference_operation = {.check = reference_check};

bool compile_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, &reference_operation);
    return in && (in->u.schema = compile_target(c, s, key + 1));
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

struct candidate {
    struct candidate *next;
    const struct resource *resource;
    const struct schema *schema;
};

struct dynamic {
    struct dynamic *next;       /* of the compiler */
    const struct schema *first; /* where it points to by itself */
    struct jsonl_text name;     /* of the anchor; s == NULL: $recursiveAnchor */
    struct candidate *candidates;
    const struct resource *seen; /* this resource and older ones have been asked */
};

static bool dynamic_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct dynamic *d = in->u.data;
    const struct schema *target = d->first;
    for (const struct scope *scope = run->scope; scope; scope = scope->outer) {
        for (const struct candidate *k = d->candidates; k; k = k->next) {
            if (k->resource == scope->resource)
                target = k->schema;
        }
    }
    return run_reference(run, in, target, v);
}

static const struct operation dynamic_operation = {.check = dynamic_check};

static bool candidate_add(struct compiler *c, struct dynamic *d, struct resource *r, const struct jsonl_value *v)
{
    struct candidate *k = compile_take(c, sizeof *k);
    if (!k)
        return false;
    *k = (struct candidate){d->candidates, r, compile_value(c, r, v)};
    d->candidates = k;
    return k->schema;
}

static const struct anchor *dynamic_anchor(const struct resource *r, struct jsonl_text name)
{
    for (const struct anchor *a = r->anchors; a; a = a->next) {
        if (a->dynamic && jsonl_text_compare(a->name, name) == 0)
            return a;
    }
    return NULL;
}

static struct dynamic *dynamic_emit(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct dynamic *d = compile_take(c, sizeof *d);
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, &dynamic_operation);
    if (!d || !in || !(d->first = compile_target(c, s, key + 1)))
        return NULL;
    in->u.data = d;
    return d;
}

static void dynamic_enlist(struct compiler *c, struct dynamic *d)
{
    c->program->dynamic = true;
    d->next = c->dynamics;
    c->dynamics = d;
}

/* It is dynamic only where the anchor that it points to by itself is (2020-12, core, 8.2.3.2). */
bool compile_dynamic_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    bool failed = false;
    struct dynamic *d = dynamic_emit(c, s, key);
    if (!d)
        return false;
    d->name = uri_fragment(&c->program->arena, jsonl_text(key + 1), &failed);
    const struct anchor *own = d->name.s ? dynamic_anchor(d->first->resource, d->name) : NULL;
    if (failed)
        return compile_error(c, NULL, NULL, "out of memory");
    if (own && own->value == d->first->value)
        dynamic_enlist(c, d);
    return true;
}

/* Dynamic where the resource has $recursiveAnchor true (2019-09, core, 8.2.4.2). */
bool compile_recursive_reference(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct dynamic *d = dynamic_emit(c, s, key);
    if (d && d->first->resource->recursive)
        dynamic_enlist(c, d);
    return d;
}

bool dynamics_complete(struct compiler *c)
{
    const struct resource *newest = c->store->resources;
    for (struct dynamic *d = c->dynamics; d; d = d->next) {
        for (struct resource *r = c->store->resources; r && r != d->seen; r = r->next) {
            const struct anchor *a = d->name.s ? dynamic_anchor(r, d->name) : NULL;
            const struct jsonl_value *v = a ? a->value : !d->name.s && r->recursive ? r->root : NULL;
            if (v && !candidate_add(c, d, r, v))
                return false;
        }
        d->seen = newest;
    }
    return true;
}
