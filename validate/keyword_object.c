/* SPDX-License-Identifier: Apache-2.0
 * required, properties, patternProperties and additionalProperties, in one pass over the members; minProperties and
 * maxProperties. */
#include "keyword.h"

#include "describe.h"
#include "run.h"

#include <string.h>

struct member_pattern {
    struct pattern *pattern;
    const struct schema *schema;
    const struct instruction *in; /* for a match that was given up */
};

/* `names` are those of `required` first, then those of `properties` alone. */
struct members {
    struct jsonl_keys *keys; /* of `names`; NULL: there are none */
    const char **names;
    size_t names_n, required_n;
    const struct schema **schemas; /* by name; NULL: required only */
    struct member_pattern *patterns;
    size_t patterns_n;
    const struct schema *additional;    /* NULL: anything goes */
    const struct instruction *unknown;  /* additionalProperties is false: says so */
    const struct instruction *required; /* says what is missing */
};

static bool patterns_check(struct run *run, const struct members *m, const struct jsonl_value *key, bool *known)
{
    bool ok = true;
    for (size_t i = 0; i < m->patterns_n; i++) {
        const struct member_pattern *p = &m->patterns[i];
        enum pattern_result r = pattern_match(p->pattern, key->u.str, key->len);
        if (r == PATTERN_GAVE_UP)
            return run_trouble(run, p->in, key, "takes too long to match against a pattern");
        if (r == PATTERN_NO)
            continue;
        *known = true;
        ok = run_child(run, p->schema, key + 1) && ok;
        if (!ok && !run->faults)
            return false;
    }
    return ok;
}

/* One member; *known: some schema was meant for it. */
static bool member_check(struct run *run, const struct members *m, int name, const struct jsonl_value *key, bool *known)
{
    bool ok = true;
    if (name >= 0 && m->schemas[name]) {
        *known = true;
        ok = run_child(run, m->schemas[name], key + 1);
        if (!ok && !run->faults)
            return false;
    }
    if (m->patterns_n > 0)
        ok = patterns_check(run, m, key, known) && ok;
    if (*known || !m->additional)
        return ok;
    *known = true;
    if (m->unknown)
        return run_fail(run, m->unknown, key, 0);
    return run_child(run, m->additional, key + 1) && ok;
}

static bool missing_fail(struct run *run, const struct members *m, const struct jsonl_value *object)
{
    for (size_t i = 0; i < m->required_n && run->faults; i++) {
        if (!jsonl_get(object, m->names[i]))
            run_fail(run, m->required, object, i);
    }
    return false;
}

static bool members_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct members *m = in->u.data;
    const struct jsonl_value *key = v + 1;
    size_t required = 0;
    bool ok = true;
    for (size_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        int name = m->keys ? jsonl_keys_find(m->keys, i, key) : -1;
        bool known = false;
        required += name >= 0 && (size_t)name < m->required_n;
        if (!member_check(run, m, name, key, &known)) {
            ok = false;
            if (!run->faults)
                return false;
        }
        if (known)
            run_mark(run, i);
    }
    return required == m->required_n ? ok : missing_fail(run, m, v);
}

static void missing_tell(struct jsonl_writer *w, const struct run *run, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)in, (void)v, (void)run;
    const struct members *m = in->u.data;
    jsonl_puts(w, "member ");
    describe_text(w, (struct jsonl_text){m->names[detail], strlen(m->names[detail])});
    jsonl_puts(w, " is missing");
}

/* The known name that is most like the key, NULL if none is. */
static const char *name_near(const struct members *m, struct jsonl_text key)
{
    const char *best = NULL;
    int least = 0;
    for (size_t i = 0; i < m->names_n; i++) {
        int distance =
            m->schemas[i] ? describe_distance((struct jsonl_text){m->names[i], strlen(m->names[i])}, key) : -1;
        if (distance >= 0 && (!best || distance < least)) {
            best = m->names[i];
            least = distance;
        }
    }
    return best;
}

static void unknown_tell(struct jsonl_writer *w, const struct run *run, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)run, (void)detail;
    const char *near = name_near(in->u.data, jsonl_text(v));
    jsonl_puts(w, "there is no such member");
    if (near) {
        jsonl_puts(w, "; did you mean ");
        describe_text(w, (struct jsonl_text){near, strlen(near)});
        jsonl_puts(w, "?");
    }
}

static const struct operation members_operation = {.check = members_check};
static const struct operation missing_operation = {.tell = missing_tell};
static const struct operation unknown_operation = {.tell = unknown_tell};
static const struct operation pattern_operation = {0};

/* ---- Compiling ---- */

/* draft 4 has no empty list */
static bool required_names(struct compiler *c, struct schema *s, const struct jsonl_value *required)
{
    if (!required)
        return true;
    if (required->type != JSONL_ARRAY)
        return compile_error(c, s, required, "should be an array of names");
    for (const struct jsonl_value *v = required + 1, *end = required + required->span; v < end; v += v->span) {
        if (v->type != JSONL_STRING)
            return compile_error(c, s, v, "should be an array of names");
    }
    return true;
}

static bool name_add(struct compiler *c, struct schema *s, struct members *m, const struct jsonl_value *name)
{
    if (memchr(name->u.str, 0, name->len))
        return compile_error(c, s, name, "a member whose name holds U+0000 cannot be checked");
    for (size_t i = 0; i < m->required_n; i++) { /* `required` may name one twice, and is short */
        if (jsonl_text_is(jsonl_text(name), m->names[i]))
            return true;
    }
    m->names[m->names_n] = compile_string(c, name);
    return m->names[m->names_n++];
}

static bool names_compile(struct compiler *c, struct schema *s, struct members *m, const struct jsonl_value *required,
                          const struct jsonl_value *properties)
{
    size_t n = (required ? required->len : 0) + (properties ? properties->len : 0);
    m->names = compile_take(c, n * sizeof *m->names);
    m->schemas = compile_take(c, n * sizeof *m->schemas);
    if (!m->names || !m->schemas)
        return false;
    for (uint32_t i = 0; required && i < required->len; i++) {
        if (!name_add(c, s, m, required + 1 + i))
            return false;
        m->required_n = m->names_n;
    }
    const struct jsonl_value *key = properties ? properties + 1 : NULL;
    for (uint32_t i = 0; properties && i < properties->len; i++, key += 1 + key[1].span) {
        size_t before = m->names_n;
        if (!name_add(c, s, m, key))
            return false;
        size_t at = before;
        for (size_t j = 0; m->names_n == before && j < m->required_n; j++) {
            if (jsonl_text_is(jsonl_text(key), m->names[j]))
                at = j;
        }
        m->schemas[at] = compile_schema(c, s, key + 1);
        if (!m->schemas[at])
            return false;
    }
    m->keys = m->names_n ? compile_keys(c, m->names, m->names_n) : NULL;
    return m->names_n == 0 || m->keys;
}

static bool patterns_compile(struct compiler *c, struct schema *s, struct members *m,
                             const struct jsonl_value *patterns)
{
    m->patterns = compile_take(c, patterns->len * sizeof *m->patterns);
    const struct jsonl_value *key = patterns + 1;
    for (size_t i = 0; m->patterns && i < patterns->len; i++, key += 1 + key[1].span) {
        struct member_pattern *p = &m->patterns[m->patterns_n++];
        p->pattern = compile_pattern(c, s, key);
        p->schema = p->pattern ? compile_schema(c, s, key + 1) : NULL;
        p->in = p->schema ? compile_emit(c, s, key, 0, &pattern_operation) : NULL;
        if (!p->in)
            return false;
    }
    return m->patterns;
}

/* An instruction that only tells, of the keyword with this value. */
static const struct instruction *teller(struct compiler *c, struct schema *s, const struct jsonl_value *v,
                                        const struct operation *op, const struct members *m)
{
    struct instruction *in = compile_emit(c, s, v - 1, 0, op);
    if (in)
        in->u.data = m;
    return in;
}

bool compile_members(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    const struct jsonl_value *required = schema_sibling(s, "required"), *properties = schema_sibling(s, "properties"),
                             *patterns = schema_sibling(s, "patternProperties"),
                             *additional = schema_sibling(s, "additionalProperties");
    const struct jsonl_value *first = required ? required : properties ? properties : patterns ? patterns : additional;
    if (key + 1 != first)
        return true; /* done with the first of them */
    if (!required_names(c, s, required) || (properties && !compile_expect(c, s, properties - 1, JSONL_OBJECT)) ||
        (patterns && !compile_expect(c, s, patterns - 1, JSONL_OBJECT)))
        return false;
    struct members *m = compile_take(c, sizeof *m);
    struct instruction *in = compile_emit(c, s, key, ON_OBJECT, &members_operation);
    if (!m || !in || !names_compile(c, s, m, required, properties) ||
        (patterns && !patterns_compile(c, s, m, patterns)) ||
        (additional && !(m->additional = compile_schema(c, s, additional))) ||
        (additional && additional->type == JSONL_FALSE &&
         !(m->unknown = teller(c, s, additional, &unknown_operation, m))) ||
        (required && !(m->required = teller(c, s, required, &missing_operation, m))))
        return false;
    in->u.data = m;
    return true;
}

/* ---- minProperties, maxProperties ---- */

static bool min_members_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return v->len >= in->u.count || run_fail(run, in, v, 0);
}

static bool max_members_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return v->len <= in->u.count || run_fail(run, in, v, 0);
}

static void count_tell(struct jsonl_writer *w, const struct run *run, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail)
{
    (void)run, (void)detail;
    jsonl_printf(w, "should have at %s ", v->len < in->u.count ? "least" : "most");
    describe_count(w, in->u.count, "member", "members");
    jsonl_printf(w, ", has %u", (unsigned)v->len);
}

static const struct operation min_members = {.check = min_members_check, .tell = count_tell};
static const struct operation max_members = {.check = max_members_check, .tell = count_tell};

bool compile_member_count(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    uint64_t count;
    if (!compile_count(c, s, key, &count))
        return false;
    bool least = jsonl_text_is(jsonl_text(key), "minProperties");
    struct instruction *in = compile_emit(c, s, key, ON_OBJECT, least ? &min_members : &max_members);
    if (in)
        in->u.count = count;
    return in;
}
