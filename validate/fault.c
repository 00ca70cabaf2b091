/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "describe.h"
#include "pointer.h"
#include "run.h"

#include <stdlib.h>
#include <string.h>

bool faults_init(struct faults *f)
{
    *f = (struct faults){.writer = jsonl_writer_new(-1)};
    return f->writer;
}

void faults_free(struct faults *f)
{
    jsonl_writer_free(f->writer);
    jsonl_arena_free(&f->arena);
    free(f->at);
}

void faults_clear(struct faults *f)
{
    jsonl_arena_free(&f->arena);
    f->n = f->dropped = f->branch = 0;
}

/* What the writer holds, as a string of the arena; the writer is empty then. */
static const char *written(struct faults *f)
{
    struct jsonl_text t = jsonl_writer_text(f->writer);
    const char *s = jsonl_arena_copy(&f->arena, t.s, t.n);
    jsonl_writer_clear(f->writer);
    return s ? s : "";
}

/* The pointer of `v` less that of the schema it was reached from: both are in the same document. */
static void path_write(struct jsonl_writer *w, const struct schema *from, const struct jsonl_value *v)
{
    pointer_write(w, from->value, v);
}

/* How evaluation came to the keyword: each reference on the way, then what follows it (JSON Schema 2020-12, core,
 * 12.3.1). */
static const char *path_make(struct faults *f, const struct run *run, const struct jsonl_value *keyword)
{
    const struct hop *hops[RUN_DEPTH_MAX];
    size_t n = 0;
    for (const struct hop *h = run->hops; h && n < RUN_DEPTH_MAX; h = h->outer)
        hops[n++] = h;
    const struct schema *from = run->program->root;
    while (n > 0) {
        const struct hop *h = hops[--n];
        path_write(f->writer, from, h->reference->key);
        from = h->target;
    }
    path_write(f->writer, from, keyword);
    return written(f);
}

static struct fault *fault_new(struct faults *f)
{
    if (f->n == f->size) {
        size_t size = f->size ? 2 * f->size : 16;
        struct fault *at = realloc(f->at, size * sizeof *at);
        if (!at)
            return NULL;
        f->at = at;
        f->size = size;
    }
    return &f->at[f->n++];
}

void faults_add(struct faults *f, const struct run *run, const struct instruction *in, const struct jsonl_value *v,
                size_t detail)
{
    struct fault *fault = f->n < FAULTS_MAX ? fault_new(f) : NULL;
    if (!fault) {
        f->dropped++;
        return;
    }
    *fault = (struct fault){.v = v, .in = in, .schema = in->owner, .span = 1, .branch = f->branch};
    in->op->tell(f->writer, run, in, v, detail);
    fault->message = written(f);
    fault->path = path_make(f, run, in->key);
    fault->kind = in->op->kind;
}

void faults_add_trouble(struct faults *f, const struct run *run)
{
    struct fault *fault = fault_new(f);
    if (!fault) {
        f->dropped++;
        return;
    }
    const struct instruction *in = run->trouble.in;
    *fault = (struct fault){.v = run->trouble.v, .in = in, .schema = in ? in->owner : NULL, .span = 1, .path = ""};
    jsonl_puts(f->writer, run->trouble.why);
    if (in) { /* a pattern, or the name of one in patternProperties */
        jsonl_puts(f->writer, " ");
        describe_text(f->writer, jsonl_text(in->key[1].type == JSONL_STRING ? in->key + 1 : in->key));
    }
    fault->message = written(f);
}

void faults_nest(struct faults *f, size_t parent)
{
    if (parent < f->n)
        f->at[parent].span = f->n - parent;
}

size_t faults_closest(const struct faults *f, size_t parent)
{
    size_t closest = 0, end = parent + f->at[parent].span;
    unsigned long least = 0;
    for (size_t i = parent + 1; i < end;) {
        size_t branch = f->at[i].branch;
        unsigned long score = 0;
        for (; i < end && f->at[i].branch == branch; i += f->at[i].span)
            score += f->at[i].kind && f->at[i].v == f->at[parent].v ? 1000 : 1;
        if (closest == 0 || score < least) {
            closest = branch;
            least = score;
        }
    }
    return closest;
}

/* They come nearly in order, and are few. */
const size_t *faults_in_order(struct faults *f, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < f->n; i += f->at[i].span) {
        size_t k = (*n)++;
        for (; k > 0 && f->at[f->order[k - 1]].v > f->at[i].v; k--)
            f->order[k] = f->order[k - 1];
        f->order[k] = i;
    }
    return f->order;
}
