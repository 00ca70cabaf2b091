/* SPDX-License-Identifier: Apache-2.0
 * minLength, maxLength (in code points), pattern. */
#include "keyword.h"

#include "describe.h"
#include "format.h"
#include "keywords.h"
#include "run.h"
#include "utf8.h"

/* Code points of a string. */
static uint64_t length_of(const struct jsonl_value *v)
{
    return utf8_count(v->u.str, v->len);
}

static bool min_length_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return length_of(v) >= in->u.count || run_fail(run, in, v, 0);
}

static bool max_length_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    return v->len <= in->u.count || length_of(v) <= in->u.count || run_fail(run, in, v, 0);
}

static void length_write(struct jsonl_writer *w, const char *words, const char *text, const struct instruction *in,
                         const struct jsonl_value *v)
{
    jsonl_printf(w, "should have %s ", words);
    describe_count(w, in->u.count, "character", "characters");
    jsonl_printf(w, ", has %llu", (unsigned long long)length_of(v));
    jsonl_puts(w, ": ");
    describe_value(w, v, text);
}

static void min_length_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                            const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    length_write(w, "at least", text, in, v);
}

static void max_length_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                            const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    length_write(w, "at most", text, in, v);
}

static const struct operation min_length = {.check = min_length_check, .tell = min_length_tell};
static const struct operation max_length = {.check = max_length_check, .tell = max_length_tell};

bool compile_length(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    uint64_t count;
    if (!compile_count(c, s, key, &count))
        return false;
    bool least = jsonl_text_is(jsonl_text(key), "minLength");
    struct instruction *in = compile_emit(c, s, key, ON_STRING, least ? &min_length : &max_length);
    if (in)
        in->u.count = count;
    return in;
}

static bool pattern_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    switch (pattern_match(in->u.pattern, run->room, v->u.str, v->len)) {
    case PATTERN_YES:
        return true;
    case PATTERN_GAVE_UP:
        return run_trouble(run, in, v, "takes too long to match against the pattern");
    default:
        return run_fail(run, in, v, 0);
    }
}

static void pattern_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    const struct jsonl_value *format = keyword_sibling(in->owner, "format");
    const struct format *f = format ? format_find(jsonl_text(format)) : NULL;
    if (f && f->words) { /* the words are easier to read than the expression */
        jsonl_printf(w, "should be %s", f->words);
    } else {
        jsonl_puts(w, "should match ");
        describe_text(w, jsonl_text(in->key + 1));
    }
    tell_found(w, text, v);
}

static const struct operation pattern_operation = {.check = pattern_check, .tell = pattern_tell};

bool compile_pattern_keyword(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_STRING))
        return false;
    struct pattern *p = compile_pattern(c, s, key + 1);
    struct instruction *in = p ? compile_emit(c, s, key, ON_STRING, &pattern_operation) : NULL;
    if (in)
        in->u.pattern = p;
    return in;
}
