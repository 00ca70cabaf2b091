/* SPDX-License-Identifier: Apache-2.0
 * minItems, maxItems, minProperties, maxProperties, minLength, maxLength: how many elements, members, or characters. */
#include "keyword.h"

#include "describe.h"
#include "run.h"
#include "utf8.h"

/* Code points of a string, elements, members: no more than `len` says. */
static uint64_t count_of(const struct jsonl_value *v)
{
    return v->type == JSONL_STRING ? utf8_count(v->u.str, v->len) : v->len;
}

static bool least_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return count_of(v) >= in->u.count || run_fail(run, in, v, 0);
}

static bool most_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return v->len <= in->u.count || count_of(v) <= in->u.count || run_fail(run, in, v, 0);
}

static void count_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail);

static const struct count {
    const char *name;
    unsigned types;
    const char *words;
    struct operation op;
} counts[] = {
    {"minItems", ON_ARRAY, "at least", {.check = least_check, .tell = count_tell}},
    {"maxItems", ON_ARRAY, "at most", {.check = most_check, .tell = count_tell}},
    {"minProperties", ON_OBJECT, "at least", {.check = least_check, .tell = count_tell}},
    {"maxProperties", ON_OBJECT, "at most", {.check = most_check, .tell = count_tell}},
    {"minLength", ON_STRING, "at least", {.check = least_check, .tell = count_tell}},
    {"maxLength", ON_STRING, "at most", {.check = most_check, .tell = count_tell}},
};

static void count_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                       const struct jsonl_value *v, size_t detail)
{
    static const char *const names[][2] = {[JSONL_STRING] = {"character", "characters"},
                                           [JSONL_ARRAY] = {"element", "elements"},
                                           [JSONL_OBJECT] = {"member", "members"}};
    (void)detail;
    const struct count *c = counts;
    while (in->op != &c->op)
        c++;
    jsonl_printf(w, "should have %s ", c->words);
    describe_count(w, in->u.count, names[v->type][0], names[v->type][1]);
    jsonl_printf(w, ", has %llu", (unsigned long long)count_of(v));
    if (v->type == JSONL_STRING) {
        jsonl_puts(w, ": ");
        describe_value(w, v, text);
    }
}

bool compile_count(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    uint64_t n;
    const struct count *count = counts;
    if (!compile_whole(c, s, key, &n))
        return false;
    while (!jsonl_text_is(jsonl_text(key), count->name))
        count++;
    struct instruction *in = compile_emit(c, s, key, count->types, &count->op);
    if (in)
        in->u.count = n;
    return in;
}
