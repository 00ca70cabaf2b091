/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "describe.h"
#include "hint.h"
#include "pointer.h"
#include "run.h"

#include <stdlib.h>
#include <string.h>

void faults_free(struct faults *f)
{
    free(f->at);
    free(f->steps);
}

void faults_clear(struct faults *f)
{
    f->n = f->steps_n = f->dropped = f->branch = 0;
}

void faults_start(struct faults *f, const struct run *run)
{
    faults_clear(f);
    f->program = run->program;
    f->text = run->text;
    f->root = run->root;
}

/* Room for `more` behind the n things of `size` bytes at `at`; NULL: out of memory. */
static void *grown(void *at, size_t n, size_t more, size_t size, size_t *room)
{
    if (at && more <= *room - n)
        return at;
    size_t wanted = 2 * (n + more) + 16;
    void *larger = realloc(at, wanted * size);
    if (larger)
        *room = wanted;
    return larger;
}

/* The references on the way to the fault, which come innermost first. */
static bool steps_add(struct faults *f, const struct run *run, struct fault *fault)
{
    size_t n = 0;
    for (const struct hop *h = run->hops; h; h = h->outer)
        n++;
    struct fault_step *steps = grown(f->steps, f->steps_n, n, sizeof *steps, &f->steps_size);
    if (!steps)
        return false;
    f->steps = steps;
    fault->step = f->steps_n;
    fault->steps = n;
    f->steps_n += n;
    for (const struct hop *h = run->hops; h; h = h->outer)
        steps[fault->step + --n] = (struct fault_step){h->reference, h->target};
    return true;
}

static void add(struct faults *f, const struct run *run, struct fault fault)
{
    struct fault *at = grown(f->at, f->n, 1, sizeof *at, &f->size);
    if (at)
        f->at = at;
    if (!at || !steps_add(f, run, &fault))
        f->dropped++;
    else
        at[f->n++] = fault;
}

void faults_add(struct faults *f, const struct run *run, const struct instruction *in, const struct jsonl_value *v,
                size_t detail)
{
    if (f->n >= FAULTS_MAX)
        f->dropped++;
    else
        add(f, run, (struct fault){.v = v, .in = in, .detail = detail, .span = 1, .branch = f->branch});
}

void faults_add_trouble(struct faults *f, const struct run *run)
{
    if (f->n > FAULTS_MAX)
        f->n = FAULTS_MAX;
    add(f, run, (struct fault){.v = run->trouble.v, .in = run->trouble.in, .trouble = run->trouble.why, .span = 1});
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

/* Whether a keyword speaks of a member's name (by propertyNames), and not of the member. */
static bool is_name(const struct faults *f, const struct fault *fault)
{
    static const char *const of_members[] = {"additionalProperties", "unevaluatedProperties"};
    const struct jsonl_value *parent = pointer_parent(f->root, fault->v);
    size_t i;
    if (!parent || parent->type != JSONL_OBJECT || fault->in->key->type != JSONL_STRING ||
        pointer_child(parent, fault->v, &i) != fault->v)
        return false;
    for (i = 0; i < sizeof of_members / sizeof *of_members; i++) {
        if (jsonl_text_is(jsonl_text(fault->in->key), of_members[i]))
            return false;
    }
    return true;
}

void fault_tell(struct jsonl_writer *w, const struct faults *f, const struct fault *fault)
{
    const struct run run = {.program = f->program, .text = f->text, .root = f->root};
    const struct instruction *in = fault->in;
    if (!fault->trouble) {
        jsonl_puts(w, is_name(f, fault) ? "the name " : "");
        in->op->tell(w, &run, in, fault->v, fault->detail);
        hint_write(w, f, fault);
        return;
    }
    jsonl_puts(w, fault->trouble);
    if (in) { /* a pattern, or the name of one in patternProperties */
        jsonl_puts(w, " ");
        describe_text(w, jsonl_text(in->key[1].type == JSONL_STRING ? in->key + 1 : in->key));
    }
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
