/* SPDX-License-Identifier: Apache-2.0
 *
 * One pass over a line, without recursion: the grammar is in the labels of jsonl_parse, the containers that are
 * open are a stack of indices. */
#include "parse.h"
#include "scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct jsonl_parser *jsonl_parser_new(void)
{
    return calloc(1, sizeof(struct jsonl_parser));
}

void jsonl_parser_free(struct jsonl_parser *p)
{
    if (!p)
        return;
    free(p->values);
    free(p->text);
    free(p->keys);
    free(p);
}

static bool values_grow(struct jsonl_parser *p)
{
    size_t cap = p->cap ? p->cap * 2 : 256;
    struct jsonl_value *values = realloc(p->values, cap * sizeof *values);
    if (!values)
        return false;
    p->values = values;
    p->cap = cap;
    return true;
}

/* Room for decoded strings: they are never longer than what they are decoded from. */
static bool text_reserve(struct jsonl_parser *p, size_t n)
{
    if (n <= p->text_cap)
        return true;
    char *text = realloc(p->text, n);
    if (!text)
        return false;
    p->text = text;
    p->text_cap = n;
    return true;
}

static inline const char *skip_space(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
        p++;
    return p;
}

static inline bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

/* p is after the opening quote.  Returns what follows the closing one. */
static inline const char *parse_string(struct jsonl_parser *parser, struct jsonl_value *v, const char *p,
                                       const char *end, struct parse_fault *fault)
{
    const char *stop = scan_plain(p, end);
    v->type = JSONL_STRING;
    v->span = 1;
    v->u.str = p;
    if (stop < end && *stop == '"') {
        v->len = (uint32_t)(stop - p);
        return stop + 1;
    }
    size_t len;
    bool escaped = false;
    const char *close = parse_string_rest(p, stop, end, NULL, &len, &escaped, fault);
    if (!close)
        return NULL;
    if (escaped) {
        /* The first escape of a line makes room for all that the line can hold from here on. */
        if (parser->text_len == 0 && !text_reserve(parser, (size_t)(end - p))) {
            *fault = (struct parse_fault){"out of memory", p, false};
            return NULL;
        }
        char *to = parser->text + parser->text_len;
        parse_string_rest(p, stop, end, to, &len, &escaped, fault);
        parser->text_len += len + 1; /* never 0 again, also for an empty string */
        v->u.str = to;
        v->flags = JSONL_ESCAPED;
    }
    v->len = (uint32_t)len;
    return close + 1;
}

static const double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Returns what follows the number; NULL with *fault set.  A mantissa up to 2^53 times or over a power of ten up to
 * 10^22 is exact in one operation (Clinger, "How to read floating point numbers accurately", 1990). */
static inline const char *parse_number(struct jsonl_value *v, const char *p, const char *end, struct parse_fault *fault)
{
    const char *start = p;
    uint64_t mantissa = 0;
    int scale = 0;     /* decimal exponent of the mantissa */
    bool plain = true; /* mantissa and scale are the whole truth */
    v->type = JSONL_NUMBER;
    v->span = 1;
    v->flags = JSONL_INTEGER;
    bool negative = *p == '-';
    p += negative;
    if (p == end || !is_digit(*p)) {
        *fault = (struct parse_fault){"a digit must follow the minus sign", p, true};
        return NULL;
    }
    const char *digits = p;
    if (*p == '0' && p + 1 < end && is_digit(p[1])) {
        *fault = (struct parse_fault){"a number must not start with 0", p, false};
        return NULL;
    }
    while (p < end && is_digit(*p))
        mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
    ptrdiff_t count = p - digits;
    if (p < end && *p == '.') {
        v->flags = 0;
        const char *fraction = ++p;
        while (p < end && is_digit(*p))
            mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
        if (p == fraction) {
            *fault = (struct parse_fault){"a digit must follow the decimal point", p, true};
            return NULL;
        }
        count += p - fraction;
        plain = p - fraction <= 22;
        scale = plain ? -(int)(p - fraction) : 0;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        v->flags = 0;
        p++;
        bool down = p < end && *p == '-';
        if (p < end && (*p == '-' || *p == '+'))
            p++;
        const char *exponent = p;
        int e = 0;
        for (; p < end && is_digit(*p); p++)
            e = e < 10000 ? e * 10 + (*p - '0') : e;
        if (p == exponent) {
            *fault = (struct parse_fault){"a digit must follow the exponent sign", p, true};
            return NULL;
        }
        scale += down ? -e : e;
    }
    v->len = (uint32_t)(p - start);
    if (plain && count <= 19 && mantissa <= (uint64_t)1 << 53 && scale >= -22 && scale <= 22) {
        double d = (double)mantissa;
        d = scale < 0 ? d / exact_powers_of_ten[-scale] : d * exact_powers_of_ten[scale];
        v->u.num = negative ? -d : d;
    } else {
        v->u.num = parse_decimal(start, v->len);
    }
    return p;
}

/* Returns what follows the literal name; NULL with *fault set. */
static inline const char *parse_name(struct jsonl_value *v, const char *p, const char *end, struct parse_fault *fault)
{
    static const struct {
        const char *text;
        size_t n;
        enum jsonl_type type;
    } names[] = {{"true", 4, JSONL_TRUE}, {"false", 5, JSONL_FALSE}, {"null", 4, JSONL_NULL}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((size_t)(end - p) >= names[i].n && memcmp(p, names[i].text, names[i].n) == 0) {
            v->type = (uint8_t)names[i].type;
            v->span = 1;
            v->len = 0;
            return p + names[i].n;
        }
    }
    *fault = (struct parse_fault){"a value was expected", p, true};
    return NULL;
}

static inline void key_note(struct parse_seen *seen, const struct jsonl_value *key)
{
    uint32_t hash = parse_key_hash(key->u.str, key->len);
    uint64_t bit = (uint64_t)1 << (hash >> 26);
    uint64_t *bits = &seen->bits[hash >> 22 & 15];
    seen->maybe |= (*bits & bit) != 0;
    *bits |= bit;
}

/* Turns a place into line, column in characters and byte, all from 1, and words the message. */
static void fault_explain(const struct parse_fault *fault, const char *text, const char *end, struct jsonl_error *err)
{
    if (!err)
        return;
    const unsigned char *at = (const unsigned char *)fault->at;
    char found[24] = "";
    if (!fault->found)
        found[0] = '\0';
    else if (fault->at == end)
        snprintf(found, sizeof found, ", the text ends");
    else if (*at == '\n')
        snprintf(found, sizeof found, ", found a line end");
    else if (*at >= 0x20 && *at < 0x7f)
        snprintf(found, sizeof found, ", found '%c'", *at);
    else if (*at < 0x80)
        snprintf(found, sizeof found, ", found \\x%02x", *at);
    jsonl_error_set(err, "%s%s", fault->message, found);
    err->line = 1;
    const char *line = text;
    for (const char *nl; (nl = memchr(line, '\n', (size_t)(fault->at - line)));) {
        line = nl + 1;
        err->line++;
    }
    err->byte = (size_t)(fault->at - line) + 1;
    err->column = 1;
    for (const char *c = line; c < fault->at; c++)
        err->column += ((unsigned char)*c & 0xc0) != 0x80;
}

const struct jsonl_value *jsonl_parse(struct jsonl_parser *parser, const char *line, size_t n, struct jsonl_error *err)
{
    const char *p = line;
    const char *const end = line + n;
    struct parse_fault fault = {NULL, NULL, false};
    struct jsonl_value *v;
    uint32_t depth = 0;
    parser->len = 0;
    parser->text_len = 0;
    if (n >= UINT32_MAX) {
        jsonl_error_set(err, "the text is longer than 4 GB");
        return NULL;
    }

/* The next value's place; `v` stays good until the next PUSH. */
#define PUSH()                                                  \
    do {                                                        \
        if (parser->len == parser->cap && !values_grow(parser)) \
            goto no_memory;                                     \
        v = &parser->values[parser->len++];                     \
        v->flags = 0;                                           \
        v->at = (uint32_t)(p - line);                           \
    } while (0)

value:
    p = skip_space(p, end);
    if (p == end) {
        fault = (struct parse_fault){"a value was expected", p, true};
        goto refuse;
    }
    PUSH();
    switch (*p) {
    case '"':
        p = parse_string(parser, v, p + 1, end, &fault);
        break;
    case '{':
    case '[':
        if (depth == JSONL_DEPTH_MAX) {
            fault =
                (struct parse_fault){"nested too deep: more than 512 arrays and objects inside one another", p, false};
            goto refuse;
        }
        v->type = *p == '{' ? JSONL_OBJECT : JSONL_ARRAY;
        v->len = 0;
        parser->open[depth] = (uint32_t)(parser->len - 1);
        if (v->type == JSONL_OBJECT)
            memset(&parser->seen[depth], 0, sizeof parser->seen[depth]);
        depth++;
        p = skip_space(p + 1, end);
        if (p < end && *p == (v->type == JSONL_OBJECT ? '}' : ']'))
            goto close;
        if (v->type == JSONL_OBJECT)
            goto key;
        goto value;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        p = parse_number(v, p, end, &fault);
        break;
    default:
        p = parse_name(v, p, end, &fault);
        break;
    }
    if (!p)
        goto refuse;

after:
    p = skip_space(p, end);
    if (depth == 0) {
        if (p < end) {
            fault = (struct parse_fault){"nothing may follow the value", p, true};
            goto refuse;
        }
        return parser->values;
    }
    v = &parser->values[parser->open[depth - 1]];
    v->len++;
    if (p < end && *p == ',') {
        p++;
        if (v->type == JSONL_ARRAY)
            goto value;
        p = skip_space(p, end);
        goto key;
    }
    if (p < end && *p == (v->type == JSONL_OBJECT ? '}' : ']'))
        goto close;
    fault = (struct parse_fault){v->type == JSONL_OBJECT ? "',' or '}' was expected after a member"
                                                         : "',' or ']' was expected after an element",
                                 p, true};
    goto refuse;

key:
    if (p == end || *p != '"') {
        fault = (struct parse_fault){"a member's name in quotes was expected", p, true};
        goto refuse;
    }
    PUSH();
    p = parse_string(parser, v, p + 1, end, &fault);
    if (!p)
        goto refuse;
    key_note(&parser->seen[depth - 1], v);
    p = skip_space(p, end);
    if (p == end || *p != ':') {
        fault = (struct parse_fault){"':' was expected after the member's name", p, true};
        goto refuse;
    }
    p++;
    goto value;

close:
    p++;
    depth--;
    v = &parser->values[parser->open[depth]];
    if (v->type == JSONL_OBJECT && parser->seen[depth].maybe) {
        if (!parse_drop_duplicates(parser, parser->open[depth]))
            goto no_memory;
        v = &parser->values[parser->open[depth]];
    }
    v->span = (uint32_t)(parser->len - parser->open[depth]);
    goto after;

no_memory:
    jsonl_error_set(err, "out of memory");
    return NULL;
refuse:
    fault_explain(&fault, line, end, err);
    return NULL;
#undef PUSH
}
