/* SPDX-License-Identifier: Apache-2.0
 * Log lines as events.
 *
 * A pattern comes from the user and the message from a stranger, so matching is bounded: a message of more than
 * SUBJECT_MAX bytes is not looked at, and at most MATCH_STEPS steps are tried, so that the worst takes a fifth of a
 * second.  What people write takes microseconds.
 */
#include "rules.h"

#include "match_steps.h"
#include "no_memory.h"
#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    PATTERN_MAX = 4 << 10,   /* bytes: PCRE2 has room for a callout at each */
    SUBJECT_MAX = 4 << 10,   /* bytes: a message, not a dump */
    MATCH_STEPS = 50000000,  /* match_steps.h */
    MATCH_LIMIT = 50000,     /* steps back into groups, from one start */
    DEPTH_LIMIT = 10000,     /* nested backtracking, where there is no JIT */
    HEAP_LIMIT_KB = 8 << 10, /* for one match, where there is no JIT */
    GROUPS = 10,             /* \1 to \9, and the match itself */
};

const struct jsonl_rule rules_builtin[RULES_BUILTIN] = {
    {.event = "model_load_start",
     .match = "^(?:Loading (?:vision |audio )?model|Pre-loading model with validation): (.*\\S)",
     .model = "\\1"},
    {.event = "model_load",
     .match = "^(?:Switched to model|Audio model loaded|Model pre-loaded successfully): (.*\\S)",
     .model = "\\1"},
    {.event = "model_unload", .match = "^Model unloaded: (.*\\S)", .model = "\\1"},
};

/* Where a model or label comes from. */
struct source {
    enum { FROM_NOWHERE, FROM_GROUP, FROM_MEMBER, FROM_RULE } from;
    unsigned group;
    const char *text; /* name of a member, or the text itself; the rule's */
};

struct compiled {
    struct jsonl_rule rule; /* a copy */
    pcre2_code *code;       /* or NULL */
    struct source model, label;
};

struct jsonl_rules {
    struct compiled *list;
    size_t len;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    struct match_steps steps; /* of the match under way */
};

static bool copy_string(char **to, const char *from)
{
    return !from || (*to = strdup(from));
}

bool rule_copy(struct jsonl_rule *to, const struct jsonl_rule *from)
{
    *to = (struct jsonl_rule){0};
    return copy_string(&to->event, from->event) && copy_string(&to->match, from->match) &&
           copy_string(&to->member, from->member) && copy_string(&to->equals, from->equals) &&
           copy_string(&to->model, from->model) && copy_string(&to->label, from->label);
}

void rule_free(struct jsonl_rule *rule)
{
    free(rule->event);
    free(rule->match);
    free(rule->member);
    free(rule->equals);
    free(rule->model);
    free(rule->label);
}

/* NULL with *err set: not a pattern. */
static pcre2_code *pattern_compile(const char *pattern, struct jsonl_error *err)
{
    int code;
    size_t at;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return error_no_memory(err);
    pcre2_set_max_pattern_length(context, PATTERN_MAX);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                         PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT, &code, &at, context);
    pcre2_compile_context_free(context);
    if (compiled) {
        pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); /* without it matching is slower, no more */
        return compiled;
    }
    PCRE2_UCHAR why[160];
    pcre2_get_error_message(code, why, sizeof why);
    jsonl_error_set(err, "not a regular expression: %s at its character %zu", (const char *)why,
                    utf8_count(pattern, at) + 1);
    return NULL;
}

/* Reads "\1", "@name" or plain text.  false with *err set. */
static bool source_read(struct source *source, const char *text, const pcre2_code *code, struct jsonl_error *err)
{
    uint32_t groups = 0;
    *source = (struct source){.from = FROM_NOWHERE};
    if (!text)
        return true;
    *source = (struct source){.from = FROM_RULE, .text = text};
    if (*text == '@') {
        *source = (struct source){.from = FROM_MEMBER, .text = text + 1};
        if (text[1])
            return true;
        jsonl_error_set(err, "'@' must be followed by the name of a member");
        return false;
    }
    const char *group = strchr(text, '\\');
    if (!group)
        return true;
    if (group != text || text[1] < '1' || text[1] > '9' || text[2]) {
        jsonl_error_set(err, "a group is \\1 to \\9, alone");
        return false;
    }
    if (code)
        pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    *source = (struct source){.from = FROM_GROUP, .group = (unsigned)(text[1] - '0')};
    if (source->group <= groups)
        return true;
    jsonl_error_set(err, "'match' has no group %u", source->group);
    return false;
}

static enum rule_fault rule_compile(struct compiled *c, const struct jsonl_rule *rule, struct jsonl_error *err)
{
    if (rule->match && !(c->code = pattern_compile(rule->match, err)))
        return RULE_BAD_MATCH;
    if (!source_read(&c->model, rule->model, c->code, err))
        return RULE_BAD_MODEL;
    if (!source_read(&c->label, rule->label, c->code, err))
        return RULE_BAD_LABEL;
    return RULE_FINE;
}

enum rule_fault rule_check(const struct jsonl_rule *rule, struct jsonl_error *err)
{
    struct compiled c = {0};
    enum rule_fault fault = rule_compile(&c, rule, err);
    pcre2_code_free(c.code);
    return fault;
}

/* Room, limits and copies; false: out of memory. */
static bool rules_prepare(struct jsonl_rules *r, const struct jsonl_config *config)
{
    r->list = calloc(config->events_len + 1, sizeof *r->list);
    r->match = pcre2_match_data_create(GROUPS, NULL);
    r->limits = pcre2_match_context_create(NULL);
    if (!r->list || !r->match || !r->limits)
        return false;
    pcre2_set_match_limit(r->limits, MATCH_LIMIT);
    pcre2_set_callout(r->limits, match_steps_count, &r->steps);
    pcre2_set_depth_limit(r->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KB);
    for (; r->len < config->events_len; r->len++)
        if (!rule_copy(&r->list[r->len].rule, &config->events[r->len])) {
            rule_free(&r->list[r->len].rule);
            return false;
        }
    return true;
}

struct jsonl_rules *jsonl_rules_new(const struct jsonl_config *config, struct jsonl_error *err)
{
    struct jsonl_rules *r = calloc(1, sizeof *r);
    if (!r || !rules_prepare(r, config)) {
        error_no_memory(err);
        jsonl_rules_free(r);
        return NULL;
    }
    for (size_t i = 0; i < r->len; i++)
        if (rule_compile(&r->list[i], &r->list[i].rule, err) != RULE_FINE) {
            jsonl_rules_free(r);
            return NULL;
        }
    return r;
}

void jsonl_rules_free(struct jsonl_rules *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->len; i++) {
        rule_free(&r->list[i].rule);
        pcre2_code_free(r->list[i].code);
    }
    free(r->list);
    pcre2_match_data_free(r->match);
    pcre2_match_context_free(r->limits);
    free(r);
}

/* The parser has checked that the text is UTF-8, so it is not checked again.  The JIT's small stack may not do for
 * a long message; the interpreter has the heap. */
static bool pattern_fits(struct jsonl_rules *r, const pcre2_code *code, struct jsonl_text msg)
{
    if (!msg.s || msg.n > SUBJECT_MAX)
        return false;
    PCRE2_SPTR s = (PCRE2_SPTR)msg.s;
    r->steps = (struct match_steps){.left = MATCH_STEPS};
    int rc = pcre2_match(code, s, msg.n, 0, PCRE2_NO_UTF_CHECK, r->match, r->limits);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
        rc = pcre2_match(code, s, msg.n, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, r->match, r->limits);
    return rc >= 0; /* 0: more groups than we ask for */
}

static bool rule_fits(struct jsonl_rules *r, const struct compiled *c, const struct jsonl_value *log,
                      struct jsonl_text msg)
{
    if (c->rule.member) {
        struct jsonl_text member = jsonl_text(jsonl_get(log, c->rule.member));
        if (!member.s || (c->rule.equals && !jsonl_text_is(member, c->rule.equals)))
            return false;
    }
    return !c->code || pattern_fits(r, c->code, msg);
}

/* Absent if the group took no part in the match, or the record has no such string. */
static struct jsonl_text source_text(const struct jsonl_rules *r, const struct source *source,
                                     const struct jsonl_value *log, struct jsonl_text msg)
{
    struct jsonl_text absent = {NULL, 0};
    switch (source->from) {
    case FROM_MEMBER:
        return jsonl_text(jsonl_get(log, source->text));
    case FROM_RULE:
        return (struct jsonl_text){source->text, strlen(source->text)};
    case FROM_GROUP: {
        const size_t *at = pcre2_get_ovector_pointer(r->match) + 2 * source->group;
        /* \K in a lookahead can put a start behind its end. */
        if (at[0] == PCRE2_UNSET || at[0] > at[1])
            return absent;
        return (struct jsonl_text){msg.s + at[0], at[1] - at[0]};
    }
    case FROM_NOWHERE:
        break;
    }
    return absent;
}

bool jsonl_rules_apply(struct jsonl_rules *r, const struct jsonl_value *log, struct jsonl_event *out)
{
    double ts = jsonl_time(jsonl_get(log, "ts"));
    struct jsonl_text msg = jsonl_text(jsonl_get(log, "msg"));
    if (isnan(ts))
        return false;
    for (size_t i = 0; i < r->len; i++) {
        const struct compiled *c = &r->list[i];
        if (!rule_fits(r, c, log, msg))
            continue;
        *out = (struct jsonl_event){
            .ts = ts,
            .name = {c->rule.event, strlen(c->rule.event)},
            .model = source_text(r, &c->model, log, msg),
            .label = source_text(r, &c->label, log, msg),
            .count = (double)NAN,
        };
        if (!out->model.n)
            out->model = jsonl_text(jsonl_get(log, "model"));
        out->model = jsonl_model_id(out->model);
        return true;
    }
    return false;
}
