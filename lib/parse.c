/* SPDX-License-Identifier: Apache-2.0
 * One pass over a text, without recursion: the containers that are open are a stack of indices. */
#include "no_memory.h"
#include "parse_number.h"
#include "parser.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

struct jsonl_parser *jsonl_parser_new(void)
{
    const struct record_tables *records = record_tables();
    struct jsonl_parser *p = calloc(1, sizeof *p);
    if (records && p && jsonl_parser_use(p, records->names))
        return p;
    jsonl_parser_free(p);
    return NULL;
}

void jsonl_parser_free(struct jsonl_parser *p)
{
    if (!p)
        return;
    name_table_clear(&p->learned);
    free(p->followers);
    free(p->values);
    free(p->decoded);
    free(p->copy);
    free(p->keys);
    free(p);
}

bool jsonl_parser_use(struct jsonl_parser *p, const struct jsonl_names *names)
{
    static const struct name none = {.word = {1}};
    size_t ids = (names ? names->len : 0) + PARSE_LEARNED_MAX + 1;
    struct parse_followers *followers = malloc(ids * sizeof *followers);
    struct jsonl_names learned;
    if (!followers || !name_table_init(&learned, PARSE_LEARNED_MAX)) {
        free(followers);
        return false;
    }
    for (size_t i = 0; i < ids; i++)
        followers[i] = (struct parse_followers){&none, &none};
    name_table_clear(&p->learned);
    free(p->followers);
    p->learned = learned;
    p->followers = followers;
    p->given = names;
    return true;
}

/* Where the parser is: the text's place, the next value's, and the innermost container that is open.  All that takes it
 * is inlined into parse_text, so that it lives in registers. */
struct walk {
    const char *p;
    struct jsonl_value *next, *limit;
    struct jsonl_value *container; /* NULL: none */
    uint32_t depth;                /* of containers that are open */
};

#define INLINE static inline __attribute__((always_inline))

/* More room for values; what points to them is set anew. */
static bool values_grow(struct jsonl_parser *p, struct walk *w)
{
    size_t len = p->cap, cap = len ? len * 2 : 256;
    struct jsonl_value *values = realloc(p->values, cap * sizeof *values);
    if (!values)
        return parse_refuse(p, NULL, w->p) != NULL;
    p->values = values;
    p->cap = cap;
    w->next = values + len;
    w->limit = values + cap;
    w->container = w->depth ? values + p->open[w->depth - 1] : NULL;
    return true;
}

INLINE const char *skip_space(const char *p, const char *end)
{
    if (PARSE_LIKELY((unsigned char)*p > ' '))
        return p;
    if (*p == ' ' && PARSE_LIKELY((unsigned char)p[1] > ' '))
        return p + 1;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        p++;
    return p;
}

/* Returns what follows the literal name. */
static const char *parse_literal(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    static const struct {
        const char *text;
        size_t n;
        enum jsonl_type type;
    } literals[] = {{"true", 4, JSONL_TRUE}, {"false", 5, JSONL_FALSE}, {"null", 4, JSONL_NULL}};
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++) {
        if (memcmp(p, literals[i].text, literals[i].n) == 0) {
            *v = (struct jsonl_value){.type = (uint8_t)literals[i].type, .span = 1, .at = (uint32_t)(p - parser->text)};
            return p + literals[i].n;
        }
    }
    return parse_refuse_found(parser, "a value was expected", p);
}

/* A member's name and the colon.  Most often the name is the one that followed the last one before. */
INLINE bool parse_key(struct jsonl_parser *parser, struct walk *w)
{
    const char *p = w->p;
    if (*p != '"')
        return parse_refuse_found(parser, "a member's name in quotes was expected", p) != NULL;
    if (w->next == w->limit && !values_grow(parser, w))
        return false;
    const struct parse_followers *followers = &parser->followers[parser->last];
    const struct name *name = followers->first;
    if (PARSE_LIKELY(name_is_at(name, p + 1)) || name_is_at(name = followers->other, p + 1)) {
        *w->next++ = (struct jsonl_value){.type = JSONL_STRING,
                                          .name = name->number,
                                          .span = 1,
                                          .at = (uint32_t)(p - parser->text),
                                          .len = name->n,
                                          .u.str = p + 1};
        p += name->n + 2;
        parser->last = name->id;
        parse_seen_note(&parser->seen[w->depth - 1], name->id);
    } else {
        p = parse_key_other(parser, &parser->seen[w->depth - 1], w->next++, p + 1);
        if (!p)
            return false;
    }
    p = skip_space(p, parser->end);
    if (*p != ':')
        return parse_refuse_found(parser, "':' was expected after the member's name", p) != NULL;
    w->p = skip_space(p + 1, parser->end);
    return true;
}

/* Opens the container that begins here.  *opened: it is not empty, and the text goes on with its first value. */
INLINE bool container_open(struct jsonl_parser *parser, struct walk *w, bool *opened)
{
    bool object = *w->p == '{';
    if (w->depth == JSONL_DEPTH_MAX)
        return parse_refuse(parser, "nested too deep: more than 512 arrays and objects inside one another", w->p) !=
               NULL;
    *w->next = (struct jsonl_value){
        .type = object ? JSONL_OBJECT : JSONL_ARRAY, .span = 1, .at = (uint32_t)(w->p - parser->text)};
    w->p = skip_space(w->p + 1, parser->end);
    *opened = *w->p != (object ? '}' : ']');
    if (!*opened) {
        w->p++;
        w->next++;
        return true;
    }
    parser->open[w->depth] = (uint32_t)(w->next - parser->values);
    if (object)
        parser->seen[w->depth] = (struct parse_seen){.maybe = false};
    w->depth++;
    w->container = w->next++;
    return true;
}

/* Closes the innermost container. */
INLINE bool container_close(struct jsonl_parser *parser, struct walk *w)
{
    struct jsonl_value *c = w->container;
    w->depth--;
    if (c->type == JSONL_OBJECT && parser->seen[w->depth].maybe && !parse_shadow_duplicates(parser, c, w->next))
        return parse_refuse(parser, NULL, w->p) != NULL;
    c->span = (uint32_t)(w->next - c);
    w->container = w->depth ? parser->values + parser->open[w->depth - 1] : NULL;
    return true;
}

INLINE bool parse_scalar(struct jsonl_parser *parser, struct walk *w)
{
    const char *p = w->p;
    if (*p == '"')
        w->p = parse_string(parser, w->next++, p + 1);
    else if (*p == '-' || is_digit(*p))
        w->p = parse_number(parser, w->next++, p);
    else
        w->p = parse_literal(parser, w->next++, p);
    return w->p != NULL;
}

/* After a value: closes what ends there, up to the comma before the next value, or the end of the root. */
INLINE bool parse_after(struct jsonl_parser *parser, struct walk *w)
{
    for (;;) {
        w->p = skip_space(w->p, parser->end);
        if (!w->container)
            return true;
        w->container->len++;
        if (PARSE_LIKELY(*w->p == ',')) {
            w->p = skip_space(w->p + 1, parser->end);
            return true;
        }
        bool object = w->container->type == JSONL_OBJECT;
        if (*w->p != (object ? '}' : ']'))
            return parse_refuse_found(parser,
                                      object ? "',' or '}' was expected after a member"
                                             : "',' or ']' was expected after an element",
                                      w->p) != NULL;
        if (!container_close(parser, w))
            return false;
        w->p++;
    }
}

static bool parse_text(struct jsonl_parser *parser)
{
    struct walk w = {.p = skip_space(parser->text, parser->end),
                     .next = parser->values,
                     .limit = parser->values ? parser->values + parser->cap : NULL};
    do {
        bool opened = false;
        if (w.container && w.container->type == JSONL_OBJECT && !parse_key(parser, &w))
            return false;
        if (w.next == w.limit && !values_grow(parser, &w))
            return false;
        if (!(*w.p == '{' || *w.p == '[' ? container_open(parser, &w, &opened) : parse_scalar(parser, &w)))
            return false;
        if (!opened && !parse_after(parser, &w))
            return false;
    } while (w.container);
    if (w.p < parser->end) {
        parse_refuse_found(parser, "nothing may follow the value", w.p);
        parser->fault.behind = true;
        return false;
    }
    if (parser->shadowed)
        parse_drop_shadowed(parser, w.next);
    return true;
}

/* line: that of the text, NULL: it is none. */
static const struct jsonl_value *parse_padded(struct jsonl_parser *p, const char *text, size_t n,
                                              const struct jsonl_line *line, struct jsonl_error *err)
{
    p->text = text;
    p->end = text + n;
    p->decoded_len = 0;
    p->last = 0;
    if (!parse_text(p)) {
        parse_fault_explain(p, line, err);
        return NULL;
    }
    p->values[0].name = p->given ? p->given->tag : 0;
    return p->values;
}

const struct jsonl_value *jsonl_parse(struct jsonl_parser *p, const char *text, size_t n, struct jsonl_error *err)
{
    if (n >= UINT32_MAX) {
        jsonl_error_set(err, "the text is longer than 4 GB");
        return NULL;
    }
    if (n + SCAN_PADDING > p->copy_cap) {
        char *copy = realloc(p->copy, n + SCAN_PADDING);
        if (!copy)
            return error_no_memory(err);
        p->copy = copy;
        p->copy_cap = n + SCAN_PADDING;
    }
    if (n)
        memcpy(p->copy, text, n);
    memset(p->copy + n, 0, SCAN_PADDING);
    return parse_padded(p, p->copy, n, NULL, err);
}

const struct jsonl_value *jsonl_parse_line(struct jsonl_parser *p, const struct jsonl_line *line,
                                           struct jsonl_error *err)
{
    if (line->len >= UINT32_MAX) {
        jsonl_error_set(err, "the line is longer than 4 GB");
        return NULL;
    }
    return parse_padded(p, line->text, line->len, line, err);
}
