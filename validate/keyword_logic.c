/* SPDX-License-Identifier: Apache-2.0
 * allOf, anyOf, oneOf, not, if with then and else: schemas on the same instance. */
#include "keyword.h"

#include "describe.h"
#include "keywords.h"
#include "loop.h"
#include "run.h"

static bool all_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    bool ok = true;
    for (size_t i = 0; i < in->u.schemas.n; i++) {
        if (!run_schema(run, in->u.schemas.at[i], v)) {
            ok = false;
            if (!run->faults)
                return false;
        }
    }
    return ok;
}

/* Tells that no alternative fits, and in it why each does not. */
static bool none_fail(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    struct faults *faults = run->faults;
    if (!faults)
        return false;
    size_t parent = faults->n, branch = faults->branch;
    run_fail(run, in, v, 0);
    for (size_t i = 0; i < in->u.schemas.n; i++) {
        faults->branch = i + 1;
        run_schema(run, in->u.schemas.at[i], v);
    }
    faults->branch = branch;
    faults_nest(faults, parent);
    return false;
}

static bool any_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    bool ok = false;
    for (size_t i = 0; i < in->u.schemas.n; i++) {
        ok = run_quietly(run, in->u.schemas.at[i], v) || ok;
        if (ok && !run->evaluated)
            return true;
        if (run->trouble.why)
            return false;
    }
    return ok || none_fail(run, in, v);
}

/* Of two that fit, `detail` is the first and the second: n * n is beyond no number of alternatives that compiles. */
static bool one_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    size_t n = in->u.schemas.n, found = n;
    for (size_t i = 0; i < n; i++) {
        if (!run_quietly(run, in->u.schemas.at[i], v)) {
            if (run->trouble.why)
                return false;
            continue;
        }
        if (found < n)
            return run_fail(run, in, v, 1 + found * n + i);
        found = i;
    }
    return found < n || none_fail(run, in, v);
}

static void alternatives_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                              const struct jsonl_value *v, size_t detail)
{
    size_t n = in->u.schemas.n;
    describe_value(w, v, text);
    if (detail > 0)
        jsonl_printf(w, " fits alternative %zu as well as %zu, should fit exactly one", (detail - 1) % n + 1,
                     (detail - 1) / n + 1);
    else if (n == 1)
        jsonl_puts(w, " does not fit the only alternative");
    else
        jsonl_printf(w, " fits none of %zu alternatives", n);
}

static const struct operation all_of = {.check = all_check};
static const struct operation any_of = {.check = any_check, .tell = alternatives_tell};
static const struct operation one_of = {.check = one_check, .tell = alternatives_tell};

static bool compile_alternatives(struct compiler *c, struct schema *s, const struct jsonl_value *key,
                                 const struct operation *op)
{
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, op);
    if (!in || !compile_list(c, s, key + 1, &in->u.schemas))
        return false;
    for (size_t i = 0; i < in->u.schemas.n; i++) {
        if (!loop_note(c, s, key, in->u.schemas.at[i]))
            return false;
    }
    return true;
}

bool compile_all_of(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_alternatives(c, s, key, &all_of);
}

bool compile_any_of(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_alternatives(c, s, key, &any_of);
}

bool compile_one_of(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_alternatives(c, s, key, &one_of);
}

/* ---- not ---- */

static bool not_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    struct evaluated *mine = run->evaluated;
    run->evaluated = NULL;
    bool fits = run_quietly(run, in->u.schema, v);
    run->evaluated = mine;
    if (run->trouble.why)
        return false;
    return !fits || run_fail(run, in, v, 0);
}

static void not_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                     const struct jsonl_value *v, size_t detail)
{
    (void)in, (void)detail;
    describe_value(w, v, text);
    jsonl_puts(w, " is what it should not be");
}

static const struct operation not_operation = {.check = not_check, .tell = not_tell};

bool compile_not(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, &not_operation);
    struct schema *other = in ? compile_schema(c, s, key + 1) : NULL;
    if (in)
        in->u.schema = other;
    return other && loop_note(c, s, key, other);
}

/* ---- if, then, else ---- */

struct condition {
    const struct schema *condition, *then, *otherwise; /* the latter two may be NULL */
};

static bool if_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct condition *condition = in->u.data;
    bool fits = run_quietly(run, condition->condition, v);
    if (run->trouble.why)
        return false;
    const struct schema *next = fits ? condition->then : condition->otherwise;
    return !next || run_schema(run, next, v);
}

static const struct operation if_operation = {.check = if_check};

bool compile_if(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct condition *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, SCHEMA_ANY, &if_operation);
    struct schema *condition = data && in ? compile_schema(c, s, key + 1) : NULL;
    const struct jsonl_value *then = keyword_sibling(s, "then"), *otherwise = keyword_sibling(s, "else");
    if (!condition || !loop_note(c, s, key, condition))
        return false;
    in->u.data = data;
    data->condition = condition;
    return (!then || (data->then = compile_schema(c, s, then))) &&
           (!otherwise || (data->otherwise = compile_schema(c, s, otherwise)));
}

bool compile_branch(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_schema(c, s, key + 1);
}
