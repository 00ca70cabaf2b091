/* SPDX-License-Identifier: Apache-2.0
 * URIs (RFC 3986), IRIs (RFC 3987), and templates of URIs (RFC 6570): taken apart at their delimiters, then each part
 * by the characters that it may hold. */
#include "format.h"

#include "ascii.h"
#include "uri.h"
#include "utf8.h"

#include <string.h>

/* Which characters beyond ASCII a part may hold. */
enum beyond { ASCII_ONLY, INTERNATIONAL, PRIVATE_TOO };

static bool is_escape(const char *s, const char *end)
{
    return end - s > 2 && s[0] == '%' && is_hex(s[1]) && is_hex(s[2]);
}

/* The character beyond ASCII that starts at s, of valid UTF-8, and its bytes. */
static uint32_t character_at(const char *s, const char *end, size_t *bytes)
{
    *bytes = utf8_sequence(s, (size_t)(end - s));
    return utf8_code_point(s, *bytes);
}

/* ucschar and iprivate of RFC 3987, section 2.2. */
static bool is_beyond(uint32_t c, enum beyond beyond)
{
    if ((c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000)
        return beyond == PRIVATE_TOO && (c & 0xffff) <= 0xfffd;
    bool noncharacter = (c & 0xffff) > 0xfffd || (c >= 0xfdd0 && c <= 0xfdef);
    bool special = c < 0xa0 || (c >= 0xfff0 && c <= 0xffff) || (c >= 0xe0000 && c < 0xe1000);
    return beyond != ASCII_ONLY && !noncharacter && !special;
}

/* Whether a part holds nothing but unreserved characters, escapes, sub-delims, and `more`. */
static bool part_check(struct jsonl_text t, const char *more, enum beyond beyond)
{
    const char *s = t.s, *end = t.s + t.n;
    while (s < end) {
        size_t bytes = 1;
        bool ok;
        if (*s & 0x80)
            ok = is_beyond(character_at(s, end, &bytes), beyond);
        else if (*s == '%')
            ok = is_escape(s, end);
        else
            ok = is_alphanumeric(*s) || (*s && (strchr("-._~!$&'()*+,;=", *s) || strchr(more, *s)));
        if (!ok)
            return false;
        s += bytes;
    }
    return true;
}

/* "v1.x" between brackets (RFC 3986, IPvFuture). */
static bool address_future(struct jsonl_text t)
{
    size_t i = 1;
    while (i < t.n && is_hex(t.s[i]))
        i++;
    bool version = t.n > 0 && (t.s[0] == 'v' || t.s[0] == 'V') && i > 1 && i + 1 < t.n && t.s[i] == '.';
    return version && !memchr(t.s + i, '%', t.n - i) &&
           part_check((struct jsonl_text){t.s + i + 1, t.n - i - 1}, ":", ASCII_ONLY);
}

static bool authority_check(struct jsonl_text t, enum beyond beyond)
{
    const char *at = t.n ? memchr(t.s, '@', t.n) : NULL;
    if (at) {
        if (!part_check((struct jsonl_text){t.s, (size_t)(at - t.s)}, ":", beyond))
            return false;
        uri_skip(&t, (size_t)(at - t.s) + 1);
    }
    if (t.n > 0 && t.s[0] == '[') {
        uri_skip(&t, 1);
        struct jsonl_text address = uri_cut(&t, "]");
        if (t.n == 0 || !(format_ipv6(address) || address_future(address)))
            return false;
        uri_skip(&t, 1);
        if (t.n > 0 && t.s[0] != ':')
            return false;
    } else if (!part_check(uri_cut(&t, ":"), "", beyond)) {
        return false;
    }
    for (size_t i = 1; i < t.n; i++) {
        if (!is_digit(t.s[i]))
            return false;
    }
    return true;
}

static bool reference_check(struct jsonl_text t, bool absolute, enum beyond beyond)
{
    size_t scheme = uri_scheme_length(t);
    if (absolute && scheme == 0)
        return false;
    uri_skip(&t, scheme > 0 ? scheme + 1 : 0);
    if (t.n >= 2 && t.s[0] == '/' && t.s[1] == '/') {
        uri_skip(&t, 2);
        if (!authority_check(uri_cut(&t, "/?#"), beyond))
            return false;
    } else if (scheme == 0) { /* a first segment with a colon would read as a scheme */
        struct jsonl_text rest = t, segment = uri_cut(&rest, "/?#");
        if (segment.n > 0 && memchr(segment.s, ':', segment.n))
            return false;
    }
    if (!part_check(uri_cut(&t, "?#"), ":@/", beyond))
        return false;
    struct jsonl_text query = uri_cut(&t, "#");
    uri_skip(&t, t.n > 0);
    return part_check(query, ":@/?", beyond == INTERNATIONAL ? PRIVATE_TOO : beyond) && part_check(t, ":@/?", beyond);
}

bool format_uri(struct jsonl_text t)
{
    return reference_check(t, true, ASCII_ONLY);
}

bool format_uri_reference(struct jsonl_text t)
{
    return reference_check(t, false, ASCII_ONLY);
}

bool format_iri(struct jsonl_text t)
{
    return reference_check(t, true, INTERNATIONAL);
}

bool format_iri_reference(struct jsonl_text t)
{
    return reference_check(t, false, INTERNATIONAL);
}

/* ---- Templates ---- */

/* A variable's name: letters, digits, _ and escapes, with single dots between them. */
static bool variable_name(struct jsonl_text t)
{
    const char *s = t.s, *end = t.s + t.n;
    bool ok = false; /* what came last may be followed by a dot, or by the end */
    while (s < end) {
        bool dot = *s == '.';
        if (dot ? !ok : !(is_alphanumeric(*s) || *s == '_' || is_escape(s, end)))
            return false;
        ok = !dot;
        s += *s == '%' ? 3 : 1;
    }
    return ok;
}

/* A name, perhaps with * or with a colon and a length up to 9999. */
static bool variable_check(struct jsonl_text t)
{
    struct jsonl_text rest = t, name = uri_cut(&rest, ":*");
    if (rest.n == 0 || (rest.n == 1 && rest.s[0] == '*'))
        return variable_name(name);
    bool length = rest.s[0] == ':' && rest.n >= 2 && rest.n <= 5 && rest.s[1] != '0';
    for (size_t i = 1; i < rest.n; i++)
        length = length && is_digit(rest.s[i]);
    return length && variable_name(name);
}

/* What stands between braces: an operator or none, and variables. */
static bool expression_check(struct jsonl_text t)
{
    uri_skip(&t, t.n > 0 && t.s[0] && strchr("+#./;?&=,!@|", t.s[0]));
    for (;;) {
        if (!variable_check(uri_cut(&t, ",")))
            return false;
        if (t.n == 0)
            return true;
        uri_skip(&t, 1);
    }
}

/* Text outside braces (section 2.1; the apostrophe by erratum 6937). */
static bool literal_check(struct jsonl_text t)
{
    for (const char *s = t.s, *end = t.s + t.n; s < end;) {
        size_t bytes = 1;
        if (*s & 0x80 ? !is_beyond(character_at(s, end, &bytes), PRIVATE_TOO)
                      : *s <= ' ' || strchr("\"<>\\^`|}\x7f", *s) || (*s == '%' && !is_escape(s, end)))
            return false;
        s += bytes;
    }
    return true;
}

bool format_uri_template(struct jsonl_text t)
{
    for (;;) {
        if (!literal_check(uri_cut(&t, "{")))
            return false;
        if (t.n == 0)
            return true;
        uri_skip(&t, 1);
        struct jsonl_text expression = uri_cut(&t, "}");
        if (t.n == 0 || !expression_check(expression))
            return false;
        uri_skip(&t, 1);
    }
}
