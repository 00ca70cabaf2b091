/* SPDX-License-Identifier: Apache-2.0
 * pattern. */
#include "keyword.h"

#include "describe.h"
#include "format.h"
#include "keywords.h"
#include "run.h"

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
    if (f && format_judge(f, jsonl_text(v)) == FORMAT_NO) { /* the words are easier to read than the expression */
        jsonl_printf(w, "should be %s", f->about ? f->about : f->words);
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
