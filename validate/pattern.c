/* SPDX-License-Identifier: Apache-2.0 */
#include "pattern.h"

#include "match_steps.h"
#include "no_memory.h"
#include "pattern_ecma.h"
#include "pattern_table.h"

#include <stdlib.h>

enum { LIMIT = 1000000, HEAP_KB = 64 << 10, NESTING = 2000 };

struct pattern {
    bool simple; /* it has a table; the others are PCRE2's */
    struct pattern_table table;
    pcre2_code *code;
};

struct pattern_room {
    pcre2_match_data *match;
    pcre2_match_context *limits;
    struct match_steps steps; /* of the match under way */
};

static pcre2_code *code_compile(struct jsonl_text regex, struct jsonl_error *err)
{
    static const uint32_t options =
        PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return error_no_memory(err);
    pcre2_set_parens_nest_limit(context, NESTING);
    int code = 0;
    PCRE2_SIZE at;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)regex.s, regex.n, options, &code, &at, context);
    pcre2_compile_context_free(context);
    if (!compiled) {
        PCRE2_UCHAR why[128];
        pcre2_get_error_message(code, why, sizeof why);
        jsonl_error_set(err, "a regular expression that cannot be run here: %s", (const char *)why);
    }
    return compiled;
}

static pcre2_code *pattern_compile(struct jsonl_text regex, struct jsonl_error *err)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);
    pcre2_code *code = NULL;
    bool translated = w && pattern_translate(w, regex, err);
    if (translated && jsonl_writer_error(w) == 0)
        code = code_compile(jsonl_writer_text(w), err);
    else if (!w || translated)
        error_no_memory(err);
    jsonl_writer_free(w);
    return code;
}

struct pattern *pattern_new(struct jsonl_text regex, struct jsonl_error *err)
{
    struct pattern *p = calloc(1, sizeof *p);
    if (!p)
        return error_no_memory(err);
    p->code = pattern_compile(regex, err); /* also tells whether it is well made */
    if (!p->code) {
        pattern_free(p);
        return NULL;
    }
    p->simple = pattern_table_make(&p->table, regex);
    if (!p->simple)
        pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* where there is none, the interpreter does it */
    return p;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    pcre2_code_free(p->code);
    pattern_table_free(&p->table);
    free(p);
}

struct pattern_room *pattern_room_new(void)
{
    struct pattern_room *room = calloc(1, sizeof *room);
    if (!room)
        return NULL;
    room->match = pcre2_match_data_create(1, NULL);
    room->limits = pcre2_match_context_create(NULL);
    if (!room->match || !room->limits) {
        pattern_room_free(room);
        return NULL;
    }
    pcre2_set_match_limit(room->limits, LIMIT);
    pcre2_set_heap_limit(room->limits, HEAP_KB);
    pcre2_set_callout(room->limits, match_steps_count, &room->steps);
    return room;
}

void pattern_room_free(struct pattern_room *room)
{
    if (!room)
        return;
    pcre2_match_data_free(room->match);
    pcre2_match_context_free(room->limits);
    free(room);
}

enum pattern_result pattern_match(const struct pattern *p, struct pattern_room *room, const char *s, size_t n)
{
    if (p->simple)
        return pattern_table_match(&p->table, s, n) ? PATTERN_YES : PATTERN_NO;
    struct pattern_room *own = room ? NULL : pattern_room_new(), *in = room ? room : own;
    if (!in)
        return PATTERN_GAVE_UP;
    in->steps = (struct match_steps){.left = PATTERN_STEPS + PATTERN_STEPS_PER_BYTE * (uint64_t)n};
    int found = pcre2_match(p->code, (PCRE2_SPTR)s, n, 0, PCRE2_NO_UTF_CHECK, in->match, in->limits);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT) /* which is small; the interpreter has the heap */
        found = pcre2_match(p->code, (PCRE2_SPTR)s, n, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, in->match, in->limits);
    pattern_room_free(own);
    return found >= 0 ? PATTERN_YES : found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_GAVE_UP;
}
