/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "closest.h"
#include "run.h"

/* The meta-schema of a resource, ready to run. */
static const struct program *meta_program(struct store *s, const struct resource *r, struct complaint *c)
{
    const char *uri = r->dialect.meta ? r->dialect.meta->uri : draft_uri(r->dialect.draft);
    struct resource *meta = store_find(s, uri, c);
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

/* The first fault in the order of the file that concerns this resource; NULL: none does. */
static const struct fault *fault_first(const struct faults *f, const struct resource *r)
{
    const struct fault *first = NULL;
    for (size_t i = 0; i < f->n; i += f->at[i].span) {
        if ((!first || f->at[i].v < first->v) && !is_foreign(r, f->at[i].v))
            first = fault_inmost(f, i);
    }
    return first;
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
        return complain(c, NULL, NULL, "out of memory");
    run_program(meta, NULL, r->text, r->root, &faults);
    const struct fault *fault = fault_first(&faults, r);
    if (fault) {
        fault_tell(w, &faults, fault);
        complain(c, r->document, fault->v, "%s", jsonl_writer_text(w).s);
    }
    faults_free(&faults);
    jsonl_writer_free(w);
    return !fault;
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
