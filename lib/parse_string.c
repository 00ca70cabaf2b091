/* SPDX-License-Identifier: Apache-2.0
 * The strings that are more than plain ASCII: escapes are decoded, UTF-8 is checked. */
#include "ascii.h"
#include "parser.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static const char no_quote[] = "the string has no closing quote";

/* The four digits at p, or -1. */
static int hex4(const char *p)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        if (!is_hex(p[i]))
            return -1;
        value = value << 4 | hex_value(p[i]);
    }
    return value;
}

static size_t utf8_encode(uint32_t c, char *to)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* p is after "\u".  Returns what follows the escape, or both of a surrogate pair. */
static const char *unicode_escape(struct jsonl_parser *parser, const char *p, uint32_t *c)
{
    int first = hex4(p);
    if (first < 0)
        return parse_refuse(parser, "four hexadecimal digits must follow \\u", p - 2);
    *c = (uint32_t)first;
    if (first < 0xd800 || first > 0xdfff)
        return p + 4;
    if (first >= 0xdc00)
        return parse_refuse(parser, "a lone surrogate: \\uDC00 to \\uDFFF without \\uD800 to \\uDBFF before it", p - 2);
    bool pair = p[4] == '\\' && p[5] == 'u';
    int second = pair ? hex4(p + 6) : -1;
    if (pair && second < 0)
        return parse_refuse(parser, "four hexadecimal digits must follow \\u", p + 4);
    if (second < 0xdc00 || second > 0xdfff)
        return parse_refuse(parser, "a lone surrogate: \\uD800 to \\uDBFF without \\uDC00 to \\uDFFF behind it", p - 2);
    *c = 0x10000 + ((uint32_t)(first - 0xd800) << 10) + (uint32_t)(second - 0xdc00);
    return p + 10;
}

/* p is after the backslash. */
static const char *escape(struct jsonl_parser *parser, const char *p, uint32_t *c)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (p == parser->end)
        return parse_refuse(parser, no_quote, p);
    if (*p == 'u')
        return unicode_escape(parser, p + 1, c);
    const char *name = *p ? strchr(names, *p) : NULL;
    if (!name) {
        parse_refuse(parser, "a backslash must be followed by one of \" \\ / b f n r t u", p - 1);
        parser->fault.found = p;
        return NULL;
    }
    *c = (unsigned char)meant[name - names];
    return p + 1;
}

/* Passes over characters that stand for themselves, ASCII or not, up to the next quote or backslash. */
static const char *characters_skip(struct jsonl_parser *parser, const char *p)
{
    for (;;) {
        while ((unsigned char)*p >= 0x80) {
            size_t sequence = utf8_sequence(p, (size_t)(parser->end - p));
            if (sequence == 0)
                return parse_refuse_found(parser, "invalid UTF-8", p);
            p += sequence;
        }
        p = scan_plain(p);
        if (*p == '"' || *p == '\\')
            return p;
        if (p == parser->end)
            return parse_refuse(parser, no_quote, p);
        if ((unsigned char)*p < 0x20)
            return parse_refuse_found(parser, "a control character in a string must be written as an escape", p);
    }
}

/* Where the next decoded string goes.  The first of a text makes room for all that the text can hold from p on:
 * decoded they are shorter, so with a byte more for each, which keeps decoded_len from being 0, they fit. */
static char *decoded_place(struct jsonl_parser *parser, const char *p)
{
    size_t need = (size_t)(parser->end - p);
    if (parser->decoded_len == 0 && need > parser->decoded_cap) {
        free(parser->decoded);
        parser->decoded_cap = 0;
        parser->decoded = malloc(need);
        if (!parser->decoded) {
            parse_refuse(parser, NULL, p);
            return NULL;
        }
        parser->decoded_cap = need;
    }
    return parser->decoded + parser->decoded_len;
}

/* As parse_string_rest, but that a fault does not know of which string. */
static const char *rest_read(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    const char *from = v->u.str;
    p = characters_skip(parser, p);
    if (!p)
        return NULL;
    if (*p == '"') {
        v->len = (uint32_t)(p - from);
        return p + 1;
    }
    char *to = decoded_place(parser, from), *start = to;
    if (!to)
        return NULL;
    for (;;) {
        memcpy(to, from, (size_t)(p - from));
        to += p - from;
        if (*p == '"')
            break;
        uint32_t c = 0;
        from = escape(parser, p + 1, &c);
        if (!from)
            return NULL;
        to += utf8_encode(c, to);
        p = characters_skip(parser, from);
        if (!p)
            return NULL;
    }
    v->u.str = start;
    v->len = (uint32_t)(to - start);
    v->flags = JSONL_ESCAPED;
    parser->decoded_len += (size_t)(to - start) + 1;
    return p + 1;
}

const char *parse_string_rest(struct jsonl_parser *parser, struct jsonl_value *v, const char *p)
{
    const char *quote = v->u.str - 1, *behind = rest_read(parser, v, p);
    if (!behind)
        parser->fault.string = quote;
    return behind;
}
