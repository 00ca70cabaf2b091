/* SPDX-License-Identifier: Apache-2.0
 * minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf: exact, on the decimals as written. */
#include "keyword.h"

#include "decimal.h"
#include "describe.h"
#include "divisor.h"
#include "equal.h"
#include "run.h"

static int limit_compare(const struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return number_compare(v, run->text, in->key + 1, schema_text(in->owner));
}

static bool minimum_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return limit_compare(run, in, v) >= 0 || run_fail(run, in, v, 0);
}

static bool maximum_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return limit_compare(run, in, v) <= 0 || run_fail(run, in, v, 0);
}

static bool above_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return limit_compare(run, in, v) > 0 || run_fail(run, in, v, 0);
}

static bool below_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return limit_compare(run, in, v) < 0 || run_fail(run, in, v, 0);
}

static void limit_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail);

static const struct limit {
    const char *name;
    const char *exclusive; /* draft 4: with this beside it, the entry two further on */
    const char *words;
    struct operation op;
} limits[] = {
    {"minimum", "exclusiveMinimum", "at least", {.check = minimum_check, .tell = limit_tell, .glanced = true}},
    {"maximum", "exclusiveMaximum", "at most", {.check = maximum_check, .tell = limit_tell, .glanced = true}},
    {"exclusiveMinimum", NULL, "more than", {.check = above_check, .tell = limit_tell, .glanced = true}},
    {"exclusiveMaximum", NULL, "less than", {.check = below_check, .tell = limit_tell, .glanced = true}},
};

static void limit_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    size_t i = 0;
    while (in->op != &limits[i].op)
        i++;
    jsonl_printf(w, "should be %s ", limits[i].words);
    describe_value(w, in->key + 1, schema_text(in->owner));
    tell_found(w, text, v);
}

bool compile_limit(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_NUMBER))
        return false;
    size_t i = 0;
    while (!jsonl_text_is(jsonl_text(key), limits[i].name))
        i++;
    const struct jsonl_value *exclusive =
        s->resource->dialect.draft == DRAFT_4 && limits[i].exclusive ? jsonl_get(s->value, limits[i].exclusive) : NULL;
    if (exclusive && exclusive->type == JSONL_TRUE)
        i += 2;
    if (i % 2 == 0)
        glance_least(&s->glance, key + 1, i >= 2);
    else
        glance_most(&s->glance, key + 1, i >= 2);
    return compile_emit(c, s, key, ON_NUMBER, &limits[i].op);
}

bool compile_exclusive_4(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_expect(c, s, key, JSONL_TRUE);
}

static bool multiple_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    struct decimal d = decimal_of(v, run->text);
    return divisor_divides(in->u.data, &d) || run_fail(run, in, v, 0);
}

static void multiple_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                          const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    jsonl_puts(w, "should be a multiple of ");
    describe_value(w, in->key + 1, schema_text(in->owner));
    tell_found(w, text, v);
}

static const struct operation multiple_operation = {.check = multiple_check, .tell = multiple_tell};

bool compile_multiple_of(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_NUMBER))
        return false;
    struct decimal d = decimal_of(key + 1, schema_text(s));
    struct divisor *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, ON_NUMBER, &multiple_operation);
    bool failed = false;
    if (!data || !in)
        return false;
    bool fits = divisor_init(data, &d, &c->program->arena, &failed);
    if (failed)
        return compile_no_memory(c);
    if (!fits)
        return compile_error(c, s, key + 1, "should be more than 0, with at most %d significant digits",
                             DIVISOR_DIGITS);
    in->u.data = data;
    return true;
}
