/* SPDX-License-Identifier: Apache-2.0
 * propertyNames; dependentRequired, dependentSchemas, and their ancestor `dependencies`. */
#include "keyword.h"

#include "describe.h"
#include "run.h"

/* ---- propertyNames: a key is a value like any string ---- */

static bool names_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct jsonl_value *key = v + 1;
    bool ok = true;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        if (!run_child(run, in->u.schema, key)) {
            ok = false;
            if (!run->faults)
                return false;
        }
    }
    return ok;
}

static const struct operation names_operation = {.check = names_check};

bool compile_property_names(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct instruction *in = compile_emit(c, s, key, ON_OBJECT, &names_operation);
    return in && (in->u.schema = compile_schema(c, s, key + 1));
}

/* ---- Dependencies, an instruction for each member that has some ---- */

/* The value of the member that stands at `key` in the schema; names may hold anything, so not by jsonl_get. */
static const struct jsonl_value *member_named(const struct jsonl_value *object, const struct jsonl_value *key)
{
    const struct jsonl_value *k = object + 1;
    for (uint32_t i = 0; i < object->len; i++, k += 1 + k[1].span) {
        if (jsonl_text_compare(jsonl_text(k), jsonl_text(key)) == 0)
            return k + 1;
    }
    return NULL;
}

static bool dependent_names_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    if (!member_named(v, in->key))
        return true;
    const struct jsonl_value *names = in->key + 1;
    bool ok = true;
    for (uint32_t i = 0; i < names->len; i++) {
        if (!member_named(v, names + 1 + i))
            ok = run_fail(run, in, v, i);
    }
    return ok;
}

static void dependent_names_tell(struct jsonl_writer *w, const struct run *run, const struct instruction *in,
                                 const struct jsonl_value *v, size_t detail)
{
    (void)run, (void)v;
    jsonl_puts(w, "member ");
    describe_text(w, jsonl_text(in->key + 2 + detail));
    jsonl_puts(w, " is missing, which goes with ");
    describe_text(w, jsonl_text(in->key));
}

static bool dependent_schema_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return !member_named(v, in->key) || run_schema(run, in->u.schema, v);
}

static const struct operation dependent_names = {.check = dependent_names_check, .tell = dependent_names_tell};
static const struct operation dependent_schema = {.check = dependent_schema_check};

static bool dependent_names_compile(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    const struct jsonl_value *v = key + 2, *end = key + 1 + key[1].span;
    for (; v < end; v++) {
        if (v->type != JSONL_STRING)
            return compile_error(c, s, v, "should be the name of a member");
    }
    return compile_emit(c, s, key, ON_OBJECT, &dependent_names);
}

bool compile_dependencies(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    bool names_only = jsonl_text_is(jsonl_text(key), "dependentRequired");
    bool schemas_only = jsonl_text_is(jsonl_text(key), "dependentSchemas");
    if (!compile_expect(c, s, key, JSONL_OBJECT))
        return false;
    const struct jsonl_value *k = key + 2;
    for (uint32_t i = 0; i < key[1].len; i++, k += 1 + k[1].span) {
        if (k[1].type == JSONL_ARRAY && !schemas_only) {
            if (!dependent_names_compile(c, s, k))
                return false;
            continue;
        }
        if (names_only)
            return compile_error(c, s, k + 1, "should be an array of names");
        struct instruction *in = compile_emit(c, s, k, ON_OBJECT, &dependent_schema);
        if (!in || !(in->u.schema = compile_schema(c, s, k + 1)))
            return false;
    }
    return true;
}
