/* SPDX-License-Identifier: Apache-2.0 */
#include "compile.h"

#include "closest.h"
#include "index.h"
#include "keywords.h"
#include "pointer.h"
#include "run.h"
#include "tell.h"

#include <string.h>

/* The meta-schema of a resource, ready to run. */
static const struct program *meta_program(struct store *s, const struct resource *r, struct complaint *c)
{
    const char *uri = r->dialect.meta ? r->dialect.meta->uri : draft_uri(r->dialect.draft);
    struct resource *meta = resource_find(s, uri, c);
    if (meta && !meta->program)
        meta->program = program_compile(s, meta, false, c);
    return meta ? meta->program : NULL;
}

/* Whether a value lies in a resource that has another dialect than `r`, which it is in, too. */
static bool is_foreign(const struct resource *r, const struct jsonl_value *v)
{
    for (const struct resource *in = r->document->resources; in && r->document->foreign; in = in->peer) {
        bool other = in->dialect.draft != r->dialect.draft || in->dialect.meta != r->dialect.meta;
        if (other && in->root > r->root && in->root <= v && v < in->root + in->root->span)
            return true;
    }
    return false;
}

/* The fault to tell of: that of the alternative which comes closest, if it is about alternatives. */
static const struct fault *fault_inmost(const struct faults *f, size_t i)
{
    while (f->at[i].span > 1) {
        size_t k = i + 1, end = i + f->at[i].span, closest = closest_find(f, i).at[0];
        while (k < end && f->at[k].branch != closest)
            k += f->at[k].span;
        if (k == end)
            break;
        i = k;
    }
    return &f->at[i];
}

/* Whether a fault before the i-th is about the same value: each vocabulary says of it what it finds. */
static bool is_repeated(const struct faults *f, size_t i)
{
    size_t k = 0;
    while (k < i && f->at[k].v != f->at[i].v)
        k += f->at[k].span;
    return k < i;
}

/* The first fault in the order of the file that concerns this resource, and how many values are wrong; NULL: none. */
static const struct fault *fault_first(const struct faults *f, const struct resource *r, size_t *n)
{
    const struct fault *first = NULL;
    *n = 0;
    for (size_t i = 0; i < f->n; i += f->at[i].span) {
        if (is_foreign(r, f->at[i].v))
            continue;
        *n += !is_repeated(f, i);
        if (!first || f->at[i].v < first->v)
            first = fault_inmost(f, i);
    }
    return first;
}

/* Mistakes that many make, and what they mean: said instead of what the meta-schema says. */
static const struct advice {
    const char *keyword; /* string */
    unsigned types;      /* that its value is of: bits by enum jsonl_type */
    unsigned drafts;     /* bits by enum draft */
    const char *words;
} advices[] = {
    {"required", 1 << JSONL_TRUE | 1 << JSONL_FALSE, SINCE_4,
     "should be a list of names, beside \"properties\": that of draft 3 is gone"},
    {"exclusiveMinimum", 1 << JSONL_TRUE | 1 << JSONL_FALSE, SINCE_6,
     "should be a number, the limit itself: true beside \"minimum\" is draft 4's"},
    {"exclusiveMaximum", 1 << JSONL_TRUE | 1 << JSONL_FALSE, SINCE_6,
     "should be a number, the limit itself: true beside \"maximum\" is draft 4's"},
    {"exclusiveMinimum", 1 << JSONL_NUMBER, 1 << DRAFT_4,
     "should be true, beside \"minimum\": a number is understood since draft 6"},
    {"exclusiveMaximum", 1 << JSONL_NUMBER, 1 << DRAFT_4,
     "should be true, beside \"maximum\": a number is understood since draft 6"},
    {"items", 1 << JSONL_ARRAY, SINCE_2020,
     "should be one schema, for all elements: a list of schemas is called \"prefixItems\" since 2020-12"},
};

/* Types of other languages. */
static const char *const types[][2] = {
    {"int", "integer"},    {"int64", "integer"}, {"long", "integer"},  {"float", "number"}, {"double", "number"},
    {"decimal", "number"}, {"str", "string"},    {"text", "string"},   {"bool", "boolean"}, {"list", "array"},
    {"dict", "object"},    {"map", "object"},    {"struct", "object"}, {"none", "null"},    {"nil", "null"},
};

/* Whether a value is that of a keyword, and not of a member that happens to have its name. */
static bool is_keyword(const struct resource *r, const struct jsonl_value *v, const char *name, struct jsonl_writer *w)
{
    static const char *const maps[] = {"/properties/",  "/patternProperties/", "/$defs/",
                                       "/definitions/", "/dependentSchemas/",  "/dependencies/"};
    if (v == r->root || v[-1].type != JSONL_STRING || !jsonl_text_is(jsonl_text(v - 1), name))
        return false;
    jsonl_writer_clear(w);
    pointer_write(w, r->root, v);
    struct jsonl_text t = jsonl_writer_text(w);
    size_t before = t.n - strlen(name);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        size_t n = strlen(maps[i]);
        if (before >= n && memcmp(t.s + before - n, maps[i], n) == 0)
            return false;
    }
    return true;
}

/* What to say of a fault; a string that lives on, or NULL for the fault's own words. */
static const char *advice_find(const struct resource *r, const struct jsonl_value *v, struct jsonl_writer *w)
{
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        const struct advice *a = &advices[i];
        if (a->drafts >> r->dialect.draft & 1 && a->types >> v->type & 1 && is_keyword(r, v, a->keyword, w))
            return a->words;
    }
    return NULL;
}

/* The type that is meant by a name of another language, NULL: none.  Types are all that meta-schemas have lists of. */
static const char *type_meant(const struct fault *fault)
{
    struct jsonl_text name = jsonl_text(fault->v);
    if (!name.s || !fault->in || !jsonl_text_is(jsonl_text(fault->in->key), "enum"))
        return NULL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (jsonl_text_compare_nocase(name, (struct jsonl_text){types[i][0], strlen(types[i][0])}) == 0)
            return types[i][1];
    }
    return NULL;
}

static bool resource_check(struct store *s, const struct resource *r, struct complaint *c)
{
    const struct program *meta = meta_program(s, r, c);
    struct faults faults = {0};
    if (!meta)
        return false;
    if (run_program(meta, NULL, r->text, r->root, NULL))
        return true;
    struct jsonl_writer *w = jsonl_writer_new(-1);
    if (!w)
        return complain_no_memory(c);
    run_program(meta, NULL, r->text, r->root, &faults);
    size_t n;
    const struct fault *fault = fault_first(&faults, r, &n);
    const char *advice = fault ? advice_find(r, fault->v, w) : NULL, *type = fault ? type_meant(fault) : NULL;
    jsonl_writer_clear(w);
    if (advice)
        jsonl_puts(w, advice);
    else if (fault)
        fault_tell(w, &faults, fault);
    if (type)
        jsonl_printf(w, "; did you mean \"%s\"?", type);
    if (n > 1)
        jsonl_printf(w, " (the first of %zu faults)", n);
    if (fault)
        complain(c, r->document, fault->v, "%s", jsonl_writer_text(w).s);
    faults_free(&faults);
    jsonl_writer_free(w);
    return !fault;
}

void meta_programs_free(struct store *s)
{
    for (struct resource *r = s->resources; r; r = r->next) {
        program_free(r->program);
        r->program = NULL;
    }
}

bool document_check(struct store *s, struct document *d, struct complaint *c)
{
    if (d->checked)
        return true;
    d->checked = true;
    if (!resource_check(s, d->root, c))
        return false;
    for (const struct resource *r = d->resources; r && d->foreign; r = r->peer) {
        if (r != d->root && !resource_check(s, r, c))
            return false;
    }
    return true;
}
