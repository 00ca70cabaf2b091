/* SPDX-License-Identifier: Apache-2.0
 * The strings that are more than plain ASCII: escapes are decoded, UTF-8 is checked. */
#include "parse.h"
#include "scan.h"
#include "utf8.h"

#include <string.h>

/* The four digits at p, or -1. */
static int hex4(const char *p, const char *end)
{
    if (end - p < 4)
        return -1;
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
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

static const char *refuse(struct parse_fault *fault, const char *message, const char *at)
{
    *fault = (struct parse_fault){message, at, false};
    return NULL;
}

/* p is after "\u".  Returns what follows the escape, or both of a surrogate pair. */
static const char *unicode_escape(const char *p, const char *end, uint32_t *c, struct parse_fault *fault)
{
    int first = hex4(p, end);
    if (first < 0)
        return refuse(fault, "four hexadecimal digits must follow \\u", p - 2);
    *c = (uint32_t)first;
    if (first < 0xd800 || first > 0xdfff)
        return p + 4;
    if (first >= 0xdc00)
        return refuse(fault, "a lone surrogate: \\uDC00 to \\uDFFF without \\uD800 to \\uDBFF before it", p - 2);
    int second = end - p >= 6 && p[4] == '\\' && p[5] == 'u' ? hex4(p + 6, end) : -1;
    if (second < 0xdc00 || second > 0xdfff)
        return refuse(fault, "a lone surrogate: \\uD800 to \\uDBFF without \\uDC00 to \\uDFFF behind it", p - 2);
    *c = 0x10000 + ((uint32_t)(first - 0xd800) << 10) + (uint32_t)(second - 0xdc00);
    return p + 10;
}

/* p is after the backslash. */
static const char *escape(const char *p, const char *end, uint32_t *c, struct parse_fault *fault)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    if (p == end)
        return refuse(fault, "the string has no closing quote", p);
    if (*p == 'u')
        return unicode_escape(p + 1, end, c, fault);
    const char *name = *p ? strchr(names, *p) : NULL;
    if (!name)
        return refuse(fault, "no such escape: a backslash must be followed by one of \" \\ / b f n r t u", p - 1);
    *c = (unsigned char)meant[name - names];
    return p + 1;
}

const char *parse_string_rest(const char *from, const char *p, const char *end, char *to, size_t *len, bool *escaped,
                              struct parse_fault *fault)
{
    size_t n = 0; /* decoded so far */
    for (;;) {
        if (to)
            memcpy(to + n, from, (size_t)(p - from));
        n += (size_t)(p - from);
        if (p == end)
            return refuse(fault, "the string has no closing quote", p);
        unsigned char stop = (unsigned char)*p;
        from = p;
        if (stop == '"') {
            *len = n;
            return p;
        }
        if (stop == '\\') {
            uint32_t c;
            char bytes[4];
            *escaped = true;
            p = escape(p + 1, end, &c, fault);
            if (!p)
                return NULL;
            n += utf8_encode(c, to ? to + n : bytes);
            from = p;
        } else if (stop < 0x20) {
            return refuse(fault, "a control character in a string must be written as an escape", p);
        } else {
            size_t sequence = utf8_sequence(p, (size_t)(end - p));
            if (sequence == 0)
                return refuse(fault, "invalid UTF-8: not a character that Unicode allows", p);
            p += sequence;
        }
        p = scan_plain(p, end);
    }
}
