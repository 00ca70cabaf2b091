/* SPDX-License-Identifier: Apache-2.0
 * type, enum, const, format: on values of any type. */
#include "keyword.h"

#include "describe.h"
#include "edits.h"
#include "equal.h"
#include "format.h"
#include "hash.h"
#include "run.h"

#include <stdlib.h>

void tell_found(struct jsonl_writer *w, const char *text, const struct jsonl_value *v)
{
    jsonl_puts(w, ", is ");
    describe_value(w, v, text);
}

/* ---- type ---- */

static const struct type_name {
    const char *name;
    const char *words;
    unsigned bits;
} type_names[] = {
    {"null", "null", 1 << JSONL_NULL},
    {"boolean", "a boolean", 1 << JSONL_FALSE | 1 << JSONL_TRUE},
    {"integer", "a whole number", SCHEMA_BIT_INTEGER},
    {"number", "a number", 1 << JSONL_NUMBER},
    {"string", "a string", 1 << JSONL_STRING},
    {"array", "an array", 1 << JSONL_ARRAY},
    {"object", "an object", 1 << JSONL_OBJECT},
};
enum { TYPE_NAMES = sizeof type_names / sizeof *type_names };

static void type_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                      const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    jsonl_puts(w, "should be ");
    unsigned left = (unsigned)in->u.count, all = left;
    for (size_t i = 0; i < TYPE_NAMES; i++) {
        if (!(left & type_names[i].bits))
            continue;
        jsonl_puts(w, left != all ? (left & ~type_names[i].bits ? ", " : " or ") : "");
        jsonl_puts(w, type_names[i].words);
        left &= ~type_names[i].bits;
    }
    tell_found(w, text, v);
}

/* To draft 4, 1.0 is no integer: "without a fraction or exponent part" (core, 3.5). */
static bool integer_4_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return v->flags & JSONL_INTEGER || run_fail(run, in, v, 0);
}

static const struct operation type_operation = {.tell = type_tell, .kind = true};
static const struct operation integer_4 = {.check = integer_4_check, .tell = type_tell, .kind = true, .glanced = true};

static bool type_add(struct compiler *c, struct schema *s, const struct jsonl_value *name, unsigned *types)
{
    for (size_t i = 0; i < TYPE_NAMES; i++) {
        if (jsonl_text_is(jsonl_text(name), type_names[i].name)) {
            *types |= type_names[i].bits;
            return true;
        }
    }
    return compile_error(c, s, name, "should be null, boolean, integer, number, string, array or object");
}

bool compile_type(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    const struct jsonl_value *v = key + 1;
    unsigned types = 0;
    if (v->type == JSONL_ARRAY) {
        if (v->len == 0)
            return compile_error(c, s, v, "should name at least one type");
        for (uint32_t i = 0; i < v->len; i++) {
            if (!type_add(c, s, v + 1 + i, &types)) /* anything but a string is refused, so each spans one value */
                return false;
        }
    } else if (!type_add(c, s, v, &types)) {
        return false;
    }
    s->types = types;
    if (s->resource->dialect.draft == DRAFT_4 && types & SCHEMA_BIT_INTEGER && !(types & ON_NUMBER)) {
        struct instruction *integer = compile_emit(c, s, key, ON_NUMBER, &integer_4);
        if (!integer)
            return false;
        integer->u.count = types;
        glance_no_fractions(&s->glance);
        s->types = (types & ~(unsigned)SCHEMA_BIT_INTEGER) | ON_NUMBER;
    }
    struct instruction *in = compile_emit(c, s, key, 0, &type_operation);
    s->type = in;
    if (in)
        in->u.count = types;
    return in;
}

/* ---- enum and const ---- */

struct choice {
    uint64_t hash;
    const struct jsonl_value *v;
};

struct choices {
    struct choice *at; /* in the order of their hashes if there are many, else as they stand */
    size_t n;
    bool sorted;
};

static bool enum_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct choices *choices = in->u.data;
    const char *text = schema_text(in->owner);
    size_t i = 0;
    uint64_t hash = choices->sorted ? value_hash(v, run->text) : 0;
    for (size_t high = choices->sorted ? choices->n : 0; i < high;) {
        size_t middle = i + (high - i) / 2;
        if (choices->at[middle].hash < hash)
            i = middle + 1;
        else
            high = middle;
    }
    for (; i < choices->n && (!choices->sorted || choices->at[i].hash == hash); i++) {
        const struct jsonl_value *choice = choices->at[i].v;
        if (choice->type == v->type && (v->type != JSONL_STRING || choice->len == v->len) &&
            value_equal(v, run->text, choice, text))
            return true;
    }
    return run_fail(run, in, v, 0);
}

static const struct jsonl_value *choice_near(const struct jsonl_value *list, const struct jsonl_value *v)
{
    const struct jsonl_value *best = NULL, *choice = list + 1;
    int least = 0;
    for (uint32_t i = 0; i < list->len && v->type == JSONL_STRING; i++, choice += choice->span) {
        int distance = choice->type == JSONL_STRING ? edits_slip(jsonl_text(choice), jsonl_text(v)) : -1;
        if (distance >= 0 && (!best || distance < least)) {
            best = choice;
            least = distance;
        }
    }
    return best;
}

static void enum_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                      const struct jsonl_value *v, size_t detail)
{
    enum { SHOWN = 8 };
    (void)detail;
    const struct jsonl_value *list = in->key + 1, *choice = list + 1;
    const char *own = schema_text(in->owner);
    jsonl_puts(w, list->len == 1 ? "should be " : list->len ? "should be one of " : "should be one of no values");
    for (uint32_t i = 0; i < list->len && i < SHOWN; i++, choice += choice->span) {
        jsonl_puts(w, i ? ", " : "");
        describe_value(w, choice, own);
    }
    if (list->len > SHOWN)
        jsonl_printf(w, " or %u others", (unsigned)(list->len - SHOWN));
    tell_found(w, text, v);
    const struct jsonl_value *near = choice_near(list, v);
    if (near) {
        jsonl_puts(w, "; did you mean ");
        describe_value(w, near, own);
        jsonl_puts(w, "?");
    }
}

static const struct operation enum_operation = {enum_check, enum_tell, .kind = true};

static int choice_compare(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

bool compile_enum(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    enum { MANY = 8 };
    if (!compile_expect(c, s, key, JSONL_ARRAY))
        return false;
    size_t n = key[1].len;
    struct choices *choices = compile_take(c, sizeof *choices);
    struct choice *at = compile_take(c, n * sizeof *at);
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, &enum_operation);
    if (!choices || !at || !in)
        return false;
    const struct jsonl_value *v = key + 2;
    for (size_t i = 0; i < n; i++, v += v->span)
        at[i] = (struct choice){value_hash(v, schema_text(s)), v};
    *choices = (struct choices){at, n, n > MANY};
    if (choices->sorted)
        qsort(at, n, sizeof *at, choice_compare);
    in->u.data = choices;
    return true;
}

static bool const_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return value_equal(v, run->text, in->key + 1, schema_text(in->owner)) || run_fail(run, in, v, 0);
}

static void const_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    jsonl_puts(w, "should be ");
    describe_value(w, in->key + 1, schema_text(in->owner));
    tell_found(w, text, v);
}

static const struct operation const_operation = {const_check, const_tell, .kind = true};

bool compile_const(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_emit(c, s, key, SCHEMA_ANY, &const_operation);
}

/* ---- format ---- */

static bool format_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct format *f = in->u.data;
    switch (format_judge(f, jsonl_text(v))) {
    case FORMAT_YES:
        return true;
    case FORMAT_NO_MEMORY:
        return run_no_memory(run, v);
    default:
        return run_fail(run, in, v, 0);
    }
}

static void format_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                        const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    const struct format *f = in->u.data;
    jsonl_printf(w, "should be %s", f->words);
    tell_found(w, text, v);
}

static const struct operation format_operation = {format_check, format_tell, .kind = false};

bool compile_format(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_STRING))
        return false;
    bool required = s->resource->dialect.vocabularies & VOCABULARY_ASSERTION;
    const struct format *f = c->formats || required ? format_find(jsonl_text(key + 1)) : NULL;
    if (!f && required)
        return compile_error(c, s, key + 1, "\"%s\" is no format that is known here, and the meta-schema asks for all",
                             compile_string(c, key + 1));
    if (!f)
        return true; /* an annotation, also where nobody knows the format */
    struct instruction *in = compile_emit(c, s, key, ON_STRING, &format_operation);
    if (in)
        in->u.data = f;
    return in;
}
