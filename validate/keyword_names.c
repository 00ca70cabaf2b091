/* SPDX-License-Identifier: Apache-2.0
 * propertyNames; dependentRequired, dependentSchemas, and their ancestor `dependencies`. */
#include "keyword.h"

#include "describe.h"
#include "run.h"

#include <stdlib.h>

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

/* ---- Dependencies: which of the names in question are there is found in one pass over the members ---- */

struct dependency {
    const struct instruction *in; /* at the member that has it */
    uint32_t member;              /* that it depends on: index among `names` */
    const uint32_t *needed;       /* likewise, one for each name; or: */
    const struct schema *schema;
};

struct name_slot {
    uint32_t number; /* in the lexicon; LEXICON_NONE: free */
    uint32_t index;
};

struct dependencies {
    struct name_slot *names; /* open addressing by number, at most half full */
    size_t mask;             /* slots, less 1 */
    uint32_t names_n;
    struct dependency *at;
    size_t n;
};

static struct name_slot *name_slot(const struct dependencies *d, uint32_t number)
{
    size_t i = number & d->mask;
    while (d->names[i].number != number && d->names[i].number != LEXICON_NONE)
        i = (i + 1) & d->mask;
    return &d->names[i];
}

static bool dependency_check(struct run *run, const struct dependency *d, const uint64_t *there,
                             const struct jsonl_value *v)
{
    if (!(there[d->member / 64] >> d->member % 64 & 1))
        return true;
    if (d->schema)
        return run_schema(run, d->schema, v);
    bool ok = true;
    for (uint32_t i = 0; i < d->in->key[1].len; i++) {
        if (!(there[d->needed[i] / 64] >> d->needed[i] % 64 & 1))
            ok = run_fail(run, d->in, v, i);
    }
    return ok;
}

static bool dependencies_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    enum { FEW = 4 };
    const struct dependencies *d = in->u.data;
    uint64_t few[FEW] = {0}, *there = few;
    size_t words = d->names_n / 64 + 1;
    if (words > FEW && !(there = calloc(words, sizeof *there)))
        return run_no_memory(run, v);
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        const struct name_slot *slot = name_slot(d, run_name(run, key));
        if (slot->number != LEXICON_NONE)
            there[slot->index / 64] |= UINT64_C(1) << slot->index % 64;
    }
    bool ok = true;
    for (size_t i = 0; i < d->n && (ok || run->faults) && !run->trouble.why; i++)
        ok = dependency_check(run, &d->at[i], there, v) && ok;
    if (there != few)
        free(there);
    return ok;
}

static void dependency_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                            const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)v;
    jsonl_puts(w, "member ");
    describe_text(w, jsonl_text(in->key + 2 + detail));
    jsonl_puts(w, " is missing, which goes with ");
    describe_text(w, jsonl_text(in->key));
}

static const struct operation dependencies_operation = {.check = dependencies_check};
static const struct operation dependency_operation = {.tell = dependency_tell};

/* The index of a name, which is added if it is new.  false with a complaint. */
static bool name_index(struct compiler *c, struct dependencies *d, const struct jsonl_value *name, uint32_t *index)
{
    uint32_t number = lexicon_add(&c->store->lexicon, jsonl_text(name));
    if (number == LEXICON_NONE)
        return compile_no_memory(c);
    struct name_slot *slot = name_slot(d, number);
    if (slot->number == LEXICON_NONE)
        *slot = (struct name_slot){number, d->names_n++};
    *index = slot->index;
    return true;
}

static bool needed_compile(struct compiler *c, struct schema *s, struct dependencies *d, struct dependency *dependency,
                           const struct jsonl_value *names)
{
    uint32_t *needed = compile_take(c, names->len * sizeof *needed);
    if (!needed)
        return false;
    dependency->needed = needed;
    const struct jsonl_value *v = names + 1;
    for (uint32_t i = 0; i < names->len; i++, v += v->span) {
        if (v->type != JSONL_STRING)
            return compile_error(c, s, v, "should be the name of a member");
        if (!name_index(c, d, v, &needed[i]))
            return false;
    }
    return true;
}

static bool dependency_compile(struct compiler *c, struct schema *s, struct dependencies *d,
                               const struct jsonl_value *keyword, const struct jsonl_value *key)
{
    struct dependency *dependency = &d->at[d->n++];
    if (!(dependency->in = compile_emit(c, s, key, 0, &dependency_operation)) ||
        !name_index(c, d, key, &dependency->member))
        return false;
    if (key[1].type == JSONL_ARRAY && !jsonl_text_is(jsonl_text(keyword), "dependentSchemas"))
        return needed_compile(c, s, d, dependency, key + 1);
    if (jsonl_text_is(jsonl_text(keyword), "dependentRequired"))
        return compile_error(c, s, key + 1, "should be an array of names");
    return (dependency->schema = compile_schema(c, s, key + 1));
}

bool compile_dependencies(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_OBJECT))
        return false;
    size_t size = 1; /* its span is more than the names that it holds */
    while (size < 2 * (size_t)key[1].span)
        size *= 2;
    struct dependencies *d = compile_take(c, sizeof *d);
    struct instruction *in = compile_emit(c, s, key, ON_OBJECT, &dependencies_operation);
    if (!d || !in || !(d->names = compile_take(c, size * sizeof *d->names)) ||
        !(d->at = compile_take(c, key[1].len * sizeof *d->at)))
        return false;
    d->mask = size - 1;
    in->u.data = d;
    const struct jsonl_value *k = key + 2;
    for (uint32_t i = 0; i < key[1].len; i++, k += 1 + k[1].span) {
        if (!dependency_compile(c, s, d, key, k))
            return false;
    }
    return true;
}
