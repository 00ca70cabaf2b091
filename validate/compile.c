/* SPDX-License-Identifier: Apache-2.0 */
#include "compile.h"

#include "compiler.h"
#include "keywords.h"
#include "loop.h"

#include <stdlib.h>
#include <string.h>

static void false_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)in, (void)v, (void)detail;
    jsonl_puts(w, "nothing is allowed here");
}

static const struct operation false_operation = {.tell = false_tell, .kind = true};

/* What types let through by themselves, and with them what else there is to check. */
static void schema_glance(struct schema *s)
{
    for (size_t t = 0; t < sizeof s->by_type / sizeof *s->by_type; t++) {
        if (s->types >> t & 1 && s->by_type[t].n == 0)
            s->glance.types |= 1u << t;
    }
    if (!(s->types >> JSONL_NUMBER & 1))
        glance_no_fractions(&s->glance);
    if (!(s->types & (1u << JSONL_NUMBER | SCHEMA_BIT_INTEGER)))
        glance_no_numbers(&s->glance);
    for (size_t i = 0; i < s->by_type[JSONL_NUMBER].n; i++) {
        if (!s->by_type[JSONL_NUMBER].at[i]->op->glanced)
            glance_no_numbers(&s->glance);
    }
}

/* Sorts what was emitted by the types that it looks at. */
static bool schema_arrange(struct compiler *c, struct schema *s)
{
    for (size_t t = 0; t < sizeof s->by_type / sizeof *s->by_type; t++) {
        size_t n = 0;
        for (struct emitted *e = c->emitted; e; e = e->next)
            n += e->types >> t & 1;
        s->by_type[t].at = compile_take(c, n * sizeof *s->by_type[t].at);
        if (!s->by_type[t].at)
            return false;
        for (struct emitted *e = c->emitted; e; e = e->next) {
            if (e->types >> t & 1)
                s->by_type[t].at[s->by_type[t].n++] = &e->in;
        }
    }
    schema_glance(s);
    return true;
}

static bool schema_compile(struct compiler *c, struct schema *s)
{
    c->emitted = NULL;
    c->emitted_end = &c->emitted;
    if (s->value->type == JSONL_FALSE) {
        s->types = 0;
        s->type = compile_emit(c, s, s->value, 0, &false_operation);
        return s->type && schema_arrange(c, s);
    }
    const struct dialect *dialect = &s->resource->dialect;
    bool only_reference = dialect->draft <= DRAFT_7 && jsonl_get(s->value, "$ref");
    for (const struct keyword *k = keywords; k->name && s->value->type == JSONL_OBJECT; k++) {
        const struct jsonl_value *v = jsonl_get(s->value, k->name);
        if (!v || !keyword_counts(k, dialect) || (only_reference && strcmp(k->name, "$ref") != 0))
            continue;
        if (!k->compile(c, s, v - 1))
            return false;
    }
    return schema_arrange(c, s);
}

struct program *program_compile(struct store *store, struct resource *root, bool formats, struct complaint *complaint)
{
    struct program *p = calloc(1, sizeof *p);
    if (!p)
        return complain_no_memory(complaint);
    p->lexicon = &store->lexicon;
    struct compiler c = {.store = store, .program = p, .complaint = complaint, .formats = formats};
    p->root = document_check(store, root->document, complaint) ? compile_value(&c, root, root->root) : NULL;
    bool ok = p->root;
    while (ok && c.queue_n > 0) {
        ok = schema_compile(&c, c.queue[--c.queue_n]);
        if (ok && c.queue_n == 0)
            ok = dynamics_complete(&c);
    }
    ok = ok && loop_check(&c);
    free(c.queue);
    free(c.known);
    if (!ok) {
        program_free(p);
        return NULL;
    }
    return p;
}
