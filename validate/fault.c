/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "grow.h"
#include "pointer.h"

#include <stdlib.h>

void faults_free(struct faults *f)
{
    free(f->at);
    free(f->steps);
}

void faults_clear(struct faults *f)
{
    f->n = f->steps_n = f->dropped = f->branch = 0;
    f->no_memory = false;
}

void faults_start(struct faults *f, const struct program *program, const char *text, const struct jsonl_value *root)
{
    faults_clear(f);
    f->program = program;
    f->text = text;
    f->root = root;
}

/* The references on the way to the fault, which come innermost first. */
static bool steps_add(struct faults *f, const struct hop *way, struct fault *fault)
{
    size_t n = 0;
    for (const struct hop *h = way; h; h = h->outer)
        n++;
    if (!GROW(f->steps, f->steps_n + n, f->steps_size))
        return false;
    fault->step = f->steps_n;
    fault->steps = n;
    f->steps_n += n;
    for (const struct hop *h = way; h; h = h->outer)
        f->steps[fault->step + --n] = h->step;
    return true;
}

void faults_add(struct faults *f, const struct hop *way, struct fault fault)
{
    if (f->n >= FAULTS_MAX && !fault.trouble) { /* that comes once, and last */
        f->dropped++;
        return;
    }
    if (!GROW(f->at, f->n + 1, f->size) || !steps_add(f, way, &fault)) {
        f->no_memory = true;
        return;
    }
    fault.span = 1;
    fault.branch = f->branch;
    f->at[f->n++] = fault;
}

void faults_nest(struct faults *f, size_t parent)
{
    if (parent < f->n)
        f->at[parent].span = f->n - parent;
}

/* They are few, and have no order of their own: several alternatives, and members before what is missing. */
size_t faults_next(const struct faults *f, size_t from, size_t end, size_t last)
{
    const struct jsonl_value *v = last == FAULTS_END ? NULL : f->at[last].v;
    size_t next = FAULTS_END;
    for (size_t i = from; i < end; i += f->at[i].span) {
        const struct jsonl_value *at = f->at[i].v;
        bool behind = !v || at > v || (at == v && i > last);
        if (behind && (next == FAULTS_END || at < f->at[next].v))
            next = i;
    }
    return next;
}

/* Each part is the pointer of a keyword less that of the schema it was reached from: both are in one document. */
void fault_way_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault, size_t references,
                     const struct jsonl_value *v)
{
    const struct schema *from = f->program->root;
    for (size_t i = 0; i < references; i++) {
        const struct fault_step *step = &f->steps[fault->step + i];
        pointer_write(w, from->value, step->reference->key);
        from = step->target;
    }
    pointer_write(w, from->value, v);
}

void fault_path_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault)
{
    if (!fault->trouble)
        fault_way_write(w, f, fault, fault->steps, fault->in->key);
}
