/* SPDX-License-Identifier: Apache-2.0
 * required, properties, patternProperties and additionalProperties, in one pass over the members. */
#include "keyword.h"

#include "describe.h"
#include "edits.h"
#include "keywords.h"
#include "run.h"

#include <stdlib.h>

struct member_pattern {
    struct pattern *pattern;
    const struct schema *schema;
    const struct instruction *in; /* for a match that was given up */
};

/* What is known of a name. */
struct member {
    uint32_t number;             /* of the name in the lexicon; LEXICON_NONE: a free slot, which says nothing of any */
    uint32_t required;           /* where it stands in `required`, from 1; 0: not there */
    const struct schema *schema; /* NULL: `properties` has none */
};

struct members {
    struct member *at; /* open addressing by number, at most half full; the names of a schema mostly have numbers that
                          follow each other, so that their last bits find them at once */
    size_t mask;       /* slots, less 1 */
    size_t required_n; /* names that are required */
    struct member_pattern *patterns;
    size_t patterns_n;
    const struct schema *additional;                 /* NULL: anything goes */
    const struct instruction *unknown;               /* additionalProperties is false: says so */
    const struct instruction *missing;               /* says what is missing */
    const struct jsonl_value *required, *properties; /* the keywords' values; NULL: not there */
};

/* The slot of a name, or a free one. */
static inline struct member *member_find(const struct members *m, uint32_t number)
{
    size_t i = number & m->mask;
    while (m->at[i].number != number && m->at[i].number != LEXICON_NONE)
        i = (i + 1) & m->mask;
    return &m->at[i];
}

static bool patterns_check(struct run *run, const struct members *m, const struct jsonl_value *key, bool *known)
{
    bool ok = true;
    for (size_t i = 0; i < m->patterns_n; i++) {
        const struct member_pattern *p = &m->patterns[i];
        enum pattern_result r = pattern_match(p->pattern, run->room, key->u.str, key->len);
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

/* A member that is not, or not only, among `properties`; *known: some schema was meant for it. */
static bool other_check(struct run *run, const struct members *m, const struct jsonl_value *key, bool *known)
{
    bool ok = m->patterns_n == 0 || patterns_check(run, m, key, known);
    if (*known || !m->additional)
        return ok;
    *known = true;
    if (m->unknown)
        return run_fail(run, m->unknown, key, 0);
    return run_child(run, m->additional, key + 1) && ok;
}

/* Says which of the required members are missing, each once. */
static bool missing_fail(struct run *run, const struct members *m, const struct jsonl_value *object)
{
    bool *there = run->faults ? calloc(m->required->len, sizeof *there) : NULL;
    if (!there)
        return run->faults ? run_no_memory(run, object) : false;
    const struct jsonl_value *key = object + 1;
    for (uint32_t i = 0; i < object->len; i++, key += 1 + key[1].span) {
        uint32_t required = member_find(m, run_name(run, key))->required;
        if (required)
            there[required - 1] = true;
    }
    for (uint32_t i = 0; i < m->required->len; i++) {
        uint32_t number = lexicon_find(run->program->lexicon, jsonl_text(m->required + 1 + i));
        if (!there[i] && member_find(m, number)->required == i + 1)
            run_fail(run, m->missing, object, i);
    }
    free(there);
    return false;
}

/* Where nobody asks which faults there are, and there are no patterns: as most objects of most lines are checked. */
static bool members_check_quickly(struct run *run, const struct members *m, const struct jsonl_value *object)
{
    const struct jsonl_value *key = object + 1, *end = object + object->span;
    bool marks = run->evaluated;
    size_t required = 0;
    for (uint32_t i = 0; key < end; key += 1 + key[1].span, i++) {
        const struct member *member = member_find(m, key->name);
        const struct schema *s = member->schema ? member->schema : m->additional;
        required += member->required > 0;
        if (!s)
            continue;
        if (!run_child(run, s, key + 1))
            return false;
        if (marks)
            run_mark(run, i);
    }
    return required == m->required_n;
}

static bool members_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct members *m = in->u.data;
    if (run->taught && !run->faults && m->patterns_n == 0)
        return members_check_quickly(run, m, v);
    const struct jsonl_value *key = v + 1;
    bool ok = true, others = m->patterns_n > 0 || m->additional;
    size_t required = 0;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        const struct member *member = member_find(m, run_name(run, key));
        bool known = member->schema;
        required += member->required > 0;
        if (known && !run_child(run, member->schema, key + 1))
            ok = false;
        if (others && (ok || run->faults) && (!known || m->patterns_n > 0) && !other_check(run, m, key, &known))
            ok = false;
        if (!ok && !run->faults)
            return false;
        if (known)
            run_mark(run, i);
    }
    return required == m->required_n ? ok : missing_fail(run, m, v);
}

static void missing_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)v, (void)text;
    const struct members *m = in->u.data;
    jsonl_puts(w, "member ");
    describe_text(w, jsonl_text(m->required + 1 + detail));
    jsonl_puts(w, " is missing");
}

/* The known name that is most like the key, absent if none is, or if they are too many to compare with each. */
static struct jsonl_text name_near(const struct members *m, struct jsonl_text key)
{
    enum { MANY = 500 };
    struct jsonl_text best = {NULL, 0};
    int least = 0;
    const struct jsonl_value *name = m->properties && m->properties->len <= MANY ? m->properties + 1 : NULL;
    for (uint32_t i = 0; name && i < m->properties->len; i++, name += 1 + name[1].span) {
        int distance = edits_slip(jsonl_text(name), key);
        if (distance >= 0 && (!best.s || distance < least)) {
            best = jsonl_text(name);
            least = distance;
        }
    }
    return best;
}

static void unknown_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)detail;
    struct jsonl_text near = name_near(in->u.data, jsonl_text(v));
    jsonl_puts(w, "there is no such member");
    if (near.s) {
        jsonl_puts(w, "; did you mean ");
        describe_text(w, near);
        jsonl_puts(w, "?");
    }
}

static const struct operation members_operation = {.check = members_check};
static const struct operation missing_operation = {.tell = missing_tell};
static const struct operation unknown_operation = {.tell = unknown_tell};
static const struct operation pattern_operation = {0};

/* ---- Compiling ---- */

/* Whether it is an array of names: a meta-schema of one's own may have let anything through. */
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

/* The slot of a name, taken now if it was free.  NULL with a complaint. */
static struct member *member_add(struct compiler *c, struct members *m, const struct jsonl_value *name)
{
    uint32_t number = lexicon_add(&c->store->lexicon, jsonl_text(name));
    if (number == LEXICON_NONE)
        return compile_no_memory(c);
    struct member *member = member_find(m, number);
    member->number = number;
    return member;
}

static bool names_compile(struct compiler *c, struct schema *s, struct members *m)
{
    size_t n = (m->required ? m->required->len : 0) + (size_t)(m->properties ? m->properties->len : 0), size = 1;
    while (size < 2 * n)
        size *= 2;
    m->mask = size - 1;
    m->at = compile_take(c, size * sizeof *m->at);
    if (!m->at)
        return false;
    for (uint32_t i = 0; m->required && i < m->required->len; i++) {
        struct member *member = member_add(c, m, m->required + 1 + i);
        if (!member)
            return false;
        m->required_n += member->required == 0;
        if (member->required == 0)
            member->required = i + 1;
    }
    const struct jsonl_value *key = m->properties ? m->properties + 1 : NULL;
    for (uint32_t i = 0; key && i < m->properties->len; i++, key += 1 + key[1].span) {
        struct member *member = member_add(c, m, key);
        if (!member || !(member->schema = compile_schema(c, s, key + 1)))
            return false;
    }
    return true;
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
    const struct jsonl_value *required = keyword_sibling(s, "required"), *properties = keyword_sibling(s, "properties"),
                             *patterns = keyword_sibling(s, "patternProperties"),
                             *additional = keyword_sibling(s, "additionalProperties");
    const struct jsonl_value *first = required ? required : properties ? properties : patterns ? patterns : additional;
    if (key + 1 != first)
        return true; /* done with the first of them */
    if (!required_names(c, s, required) || (properties && !compile_expect(c, s, properties - 1, JSONL_OBJECT)) ||
        (patterns && !compile_expect(c, s, patterns - 1, JSONL_OBJECT)))
        return false;
    struct members *m = compile_take(c, sizeof *m);
    struct instruction *in = compile_emit(c, s, key, ON_OBJECT, &members_operation);
    if (!m || !in)
        return false;
    m->required = required;
    m->properties = properties;
    if (!names_compile(c, s, m) || (patterns && !patterns_compile(c, s, m, patterns)) ||
        (additional && !(m->additional = compile_schema(c, s, additional))) ||
        (additional && additional->type == JSONL_FALSE &&
         !(m->unknown = teller(c, s, additional, &unknown_operation, m))) ||
        (required && !(m->missing = teller(c, s, required, &missing_operation, m))))
        return false;
    in->u.data = m;
    return true;
}
