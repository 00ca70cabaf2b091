/* SPDX-License-Identifier: Apache-2.0 */
#include "output_tree.h"

#include "grow.h"
#include "keywords.h"
#include "pointer.h"

#include <stdlib.h>

/* Adds a unit in `parent`; 0: out of memory. */
static size_t unit_add(struct tree *t, size_t parent, struct unit unit)
{
    if (!GROW(t->at, t->n + 1, t->size))
        return 0;
    size_t i = t->n++;
    t->at[i] = unit;
    if (i == 0)
        return 0;
    struct unit *p = &t->at[parent];
    if (p->last)
        t->at[p->last].next = i;
    else
        p->first = i;
    p->last = i;
    p->inner++;
    return i;
}

/* The unit in `parent` for a place on the way, which may be there already. */
static size_t unit_on_way(struct tree *t, size_t parent, struct unit unit)
{
    for (size_t i = t->at[parent].first; i; i = t->at[i].next) {
        const struct unit *u = &t->at[i];
        if (u->at == unit.at && u->instance == unit.instance && (!u->told || u->fault->span > 1))
            return i;
    }
    return unit_add(t, parent, unit);
}

/* Whether a keyword applies its schemas to members or elements, not to the instance itself. */
static bool goes_inside(const struct jsonl_value *key)
{
    static const char *const names[] = {"properties",  "patternProperties", "additionalProperties",  "items",
                                        "prefixItems", "additionalItems",   "unevaluatedProperties", "unevaluatedItems",
                                        "contains",    "propertyNames"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (jsonl_text_is(jsonl_text(key), names[i]))
            return true;
    }
    return false;
}

/* The member (a key itself, if it is about that) or element in which the fault is. */
static const struct jsonl_value *instance_inside(const struct jsonl_value *instance, const struct jsonl_value *v)
{
    size_t i;
    if (v <= instance || instance->type < JSONL_ARRAY)
        return instance;
    const struct jsonl_value *child = pointer_child(instance, v, &i);
    return instance->type == JSONL_ARRAY || child == v ? child : child + 1;
}

/* The schema on the way to `key` that stands in a keyword's value; NULL: the key is an entry there. */
static const struct jsonl_value *schema_inside(const struct keyword *k, const struct jsonl_value *value,
                                               const struct jsonl_value *key)
{
    size_t i;
    bool list = k->shape == SHAPE_LIST || (k->shape == SHAPE_SCHEMA_OR_LIST && value->type == JSONL_ARRAY);
    if (list)
        return pointer_child(value, key, &i);
    if (k->shape == SHAPE_SCHEMA || k->shape == SHAPE_SCHEMA_OR_LIST)
        return value;
    const struct jsonl_value *entry = pointer_child(value, key, &i);
    return entry == key ? NULL : entry + 1;
}

/* Adds the units from a schema down to where `key` stands; `unit` has the instance and is left with that there. */
static size_t way_add(struct tree *t, size_t parent, const struct jsonl_value *schema, const struct jsonl_value *key,
                      const struct dialect *dialect, struct unit *unit)
{
    while (schema != key) {
        size_t i;
        const struct jsonl_value *name = pointer_child(schema, key, &i);
        const struct keyword *k = name == key ? NULL : keyword_find(dialect, name);
        if (!k || k->shape == SHAPE_NONE)
            break;
        unit->at = name;
        parent = unit_on_way(t, parent, *unit);
        const struct jsonl_value *inside = schema_inside(k, name + 1, key);
        if (!parent || !inside)
            break;
        if (goes_inside(name))
            unit->instance = instance_inside(unit->instance, unit->fault->v);
        unit->at = schema = inside;
        parent = unit_on_way(t, parent, *unit);
        if (!parent)
            break;
    }
    return parent;
}

static bool fault_add(struct tree *t, const struct faults *f, const struct fault *fault)
{
    size_t parent = 0, n = t->n;
    const struct schema *from = f->program->root;
    struct unit unit = {.instance = f->root, .fault = fault};
    for (; !fault->trouble && unit.references < fault->steps; unit.references++) {
        const struct fault_step *step = &f->steps[fault->step + unit.references];
        const struct instruction *in = step->reference;
        parent = way_add(t, parent, from->value, in->key, &in->owner->resource->dialect, &unit);
        unit.at = in->key;
        parent = unit_on_way(t, parent, unit);
        from = step->target;
    }
    if (!fault->trouble)
        parent = way_add(t, parent, from->value, fault->in->key, &fault->in->owner->resource->dialect, &unit);
    unit.at = fault->in ? fault->in->key : from->value;
    unit.instance = fault->v;
    unit.told = true;
    return unit_add(t, parent, unit) || t->n > n;
}

bool tree_build(struct tree *t, const struct faults *f)
{
    struct unit root = {.at = f->program->root->value, .instance = f->root};
    t->n = 0;
    unit_add(t, 0, root);
    for (size_t i = FAULTS_END; t->n > 0 && (i = faults_next(f, 0, f->n, i)) != FAULTS_END;) {
        for (size_t k = i; k < i + f->at[i].span; k++) {
            if (!fault_add(t, f, &f->at[k]))
                return false;
        }
    }
    return t->n > 0;
}

void tree_free(struct tree *t)
{
    free(t->at);
}

const struct unit *tree_shown(const struct tree *t, size_t i)
{
    const struct unit *u = &t->at[i];
    while (!u->told && u->inner == 1)
        u = &t->at[u->first];
    return u;
}

const struct schema *unit_target(const struct unit *u, const struct faults *f)
{
    if (u->told || !u->fault || u->references >= u->fault->steps)
        return NULL;
    const struct fault_step *step = &f->steps[u->fault->step + u->references];
    return step->reference->key == u->at ? step->target : NULL;
}
