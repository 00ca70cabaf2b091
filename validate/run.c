/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include "equal.h"
#include "no_memory.h"

#include <stdlib.h>
#include <string.h>

/* Far beyond what a schema that somebody wrote takes. */
static const uint64_t STEPS = 10000000, STEPS_PER_VALUE = 10000;

static bool evaluated_init(struct evaluated *e, size_t n)
{
    size_t words = (n + 63) / 64;
    *e = (struct evaluated){.n = n, .bits = e->inside};
    if (words > sizeof e->inside / sizeof *e->inside)
        e->bits = calloc(words, sizeof *e->bits);
    return e->bits;
}

static void evaluated_done(struct evaluated *e)
{
    if (e->bits != e->inside)
        free(e->bits);
}

static void evaluated_copy(struct evaluated *to, const struct evaluated *from)
{
    memcpy(to->bits, from->bits, (from->n + 63) / 64 * sizeof *to->bits);
}

void run_mark_all(struct run *run)
{
    if (run->evaluated)
        memset(run->evaluated->bits, 0xff, (run->evaluated->n + 63) / 64 * sizeof *run->evaluated->bits);
}

bool run_fail(struct run *run, const struct instruction *in, const struct jsonl_value *v, size_t detail)
{
    if (run->faults)
        faults_add(run->faults, run->hops, (struct fault){.v = v, .in = in, .detail = detail});
    return false;
}

bool run_trouble(struct run *run, const struct instruction *in, const struct jsonl_value *v, const char *why)
{
    if (!run->trouble.why) {
        run->trouble.in = in;
        run->trouble.v = v;
        run->trouble.why = why;
    }
    run->steps = 0; /* what is still under way comes to its end at once */
    return false;
}

bool run_no_memory(struct run *run, const struct jsonl_value *v)
{
    run->no_memory = true;
    return run_trouble(run, NULL, v, NO_MEMORY);
}

static bool type_passes(const struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    return s->types >> v->type & 1 ||
           (v->type == JSONL_NUMBER && s->types & SCHEMA_BIT_INTEGER && number_is_integer(v, run->text));
}

static bool run_instructions(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    bool ok = true;
    if (!type_passes(run, s, v)) {
        ok = run_fail(run, s->type, v, 0);
        if (!run->faults)
            return false;
    }
    const struct instruction *const *in = s->by_type[v->type].at, *const *end = in + s->by_type[v->type].n;
    for (; in < end; in++) {
        if ((!ok && (*in)->op->after) || (*in)->op->check(run, *in, v))
            continue;
        ok = false;
        if (!run->faults || run->trouble.why)
            return false;
    }
    return ok;
}

/* A schema with unevaluated* sees what it and its subschemas evaluate, not what its neighbours do; they see what it
 * does, once it passes. */
static bool run_collecting(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    struct evaluated mine, *outer = run->evaluated;
    if (!evaluated_init(&mine, v->len))
        return run_no_memory(run, v);
    run->evaluated = &mine;
    bool ok = run_instructions(run, s, v);
    run->evaluated = outer;
    if (ok && outer) {
        for (size_t i = 0; i < (mine.n + 63) / 64; i++)
            outer->bits[i] |= mine.bits[i];
    }
    evaluated_done(&mine);
    return ok;
}

static bool run_here(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    return s->collects && v->type >= JSONL_ARRAY ? run_collecting(run, s, v) : run_instructions(run, s, v);
}

/* In a program whose references depend on the way, which is noted. */
static bool run_on_the_way(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    struct scope scope = {run->scope, s->resource};
    if (!run->scope || run->scope->resource != s->resource)
        run->scope = &scope;
    bool ok = run_here(run, s, v);
    run->scope = scope.outer;
    return ok;
}

bool run_schema_closely(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    if (run->depth >= RUN_DEPTH_MAX)
        return run_trouble(run, NULL, v, "the schema refers to itself without an end here");
    if (run->steps == 0)
        return run_trouble(run, NULL, v, "takes too many steps to check against this schema");
    run->steps--;
    run->depth++;
    bool ok = run->program->dynamic ? run_on_the_way(run, s, v) : run_here(run, s, v);
    run->depth--;
    return ok;
}

bool run_child_closely(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    struct evaluated *mine = run->evaluated;
    run->evaluated = NULL;
    bool ok = run_schema_closely(run, s, v);
    run->evaluated = mine;
    return ok;
}

bool run_quietly(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    struct faults *faults = run->faults;
    struct evaluated *mine = run->evaluated, copy;
    if (mine) {
        if (!evaluated_init(&copy, mine->n))
            return run_no_memory(run, v);
        evaluated_copy(&copy, mine);
    }
    run->faults = NULL;
    bool ok = run_schema(run, s, v);
    run->faults = faults;
    if (mine) {
        if (!ok)
            evaluated_copy(mine, &copy);
        evaluated_done(&copy);
    }
    return ok;
}

bool run_reference(struct run *run, const struct instruction *in, const struct schema *target,
                   const struct jsonl_value *v)
{
    if (!run->faults)
        return run_schema(run, target, v);
    struct hop hop = {run->hops, {in, target}};
    run->hops = &hop;
    bool ok = run_schema(run, target, v);
    run->hops = hop.outer;
    return ok;
}

bool run_program(const struct program *p, struct pattern_room *room, const char *text, const struct jsonl_value *root,
                 struct faults *faults)
{
    struct run run = {.room = room, .text = text, .root = root, .program = p, .faults = faults};
    run.taught = lexicon_taught(p->lexicon, root);
    run.steps = STEPS + STEPS_PER_VALUE * (uint64_t)root->span;
    if (faults)
        faults_start(faults, p, text, root);
    bool ok = run_schema(&run, p->root, root);
    if (run.trouble.why && faults)
        faults_add(faults, run.hops,
                   (struct fault){.v = run.trouble.v, .in = run.trouble.in, .trouble = run.trouble.why});
    if (run.no_memory && faults)
        faults->no_memory = true;
    return ok && !run.trouble.why;
}
