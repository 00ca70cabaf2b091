/* SPDX-License-Identifier: Apache-2.0
 * Names and addresses of the network, and URIs. */
#include "format.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 1123: labels of letters, digits and inner hyphens, at most 63 bytes each and 253 in all. */
bool format_hostname(struct jsonl_text t)
{
    size_t label = 0; /* bytes of it so far */
    if (t.n == 0 || t.n > 253)
        return false;
    for (size_t i = 0; i <= t.n; i++) {
        if (i == t.n || t.s[i] == '.') {
            if (label == 0 || label > 63 || t.s[i - 1] == '-' || t.s[i - label] == '-')
                return false;
            label = 0;
        } else if (is_alphanumeric(t.s[i]) || t.s[i] == '-') {
            label++;
        } else {
            return false;
        }
    }
    return true;
}

/* RFC 2673: four decimal numbers without leading zeros. */
bool format_ipv4(struct jsonl_text t)
{
    int numbers = 0;
    size_t i = 0;
    while (i < t.n) {
        size_t first = i;
        int n = 0;
        for (; i < t.n && is_digit(t.s[i]) && i - first < 3; i++)
            n = n * 10 + (t.s[i] - '0');
        if (i == first || n > 255 || (i - first > 1 && t.s[first] == '0'))
            return false;
        numbers++;
        if (i < t.n && (t.s[i++] != '.' || i == t.n))
            return false;
    }
    return numbers == 4;
}

/* RFC 4291, section 2.2: eight groups, one run of them "::", the last two perhaps as IPv4. */
bool format_ipv6(struct jsonl_text t)
{
    int groups = 0;
    bool gap = false, after_group = false;
    size_t i = 0;
    while (i < t.n) {
        if (t.n - i >= 2 && t.s[i] == ':' && t.s[i + 1] == ':') {
            if (gap)
                return false;
            gap = true;
            after_group = false;
            i += 2;
            continue;
        }
        if (after_group && (t.s[i] != ':' || ++i == t.n))
            return false;
        size_t first = i;
        while (i < t.n && is_hex(t.s[i]))
            i++;
        if (i < t.n && t.s[i] == '.')
            return format_ipv4((struct jsonl_text){t.s + first, t.n - first}) && (gap ? groups <= 5 : groups == 6);
        if (i == first || i - first > 4 || (i < t.n && t.s[i] != ':'))
            return false;
        groups++;
        after_group = true;
    }
    return gap ? groups <= 7 : groups == 8;
}

static bool is_local_char(char c)
{
    return is_alphanumeric(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* RFC 5321: a local part, dotted or quoted, @, a host name or an address in brackets. */
bool format_email(struct jsonl_text t)
{
    size_t at = t.n;
    while (at > 0 && t.s[at - 1] != '@')
        at--;
    if (at < 2)
        return false;
    size_t local = at - 1;
    struct jsonl_text domain = {t.s + at, t.n - at};
    if (domain.n > 2 && domain.s[0] == '[' && domain.s[domain.n - 1] == ']') {
        struct jsonl_text address = {domain.s + 1, domain.n - 2};
        bool ipv6 = address.n > 5 && memcmp(address.s, "IPv6:", 5) == 0;
        if (!(ipv6 ? format_ipv6((struct jsonl_text){address.s + 5, address.n - 5}) : format_ipv4(address)))
            return false;
    } else if (!format_hostname(domain)) {
        return false;
    }
    if (local > 2 && t.s[0] == '"' && t.s[local - 1] == '"')
        return true;
    for (size_t i = 0; i < local; i++) {
        bool dot = t.s[i] == '.';
        if (dot ? i == 0 || i + 1 == local || t.s[i + 1] == '.' : !is_local_char(t.s[i]))
            return false;
    }
    return true;
}

/* The authority of a URI: user information, a host, a port (RFC 3986, section 3.2). */
static bool authority_check(struct jsonl_text t)
{
    size_t host = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.s[i] == '@' && host > 0)
            return false;
        if (t.s[i] == '@')
            host = i + 1;
    }
    size_t end = t.n;
    while (end > host && is_digit(t.s[end - 1]))
        end--;
    end = end > host && t.s[end - 1] == ':' ? end - 1 : t.n;
    for (size_t i = 0; i < host; i++) {
        if (t.s[i] == '[' || t.s[i] == ']')
            return false;
    }
    if (end > host + 1 && t.s[host] == '[' && t.s[end - 1] == ']') {
        struct jsonl_text address = {t.s + host + 1, end - host - 2};
        return format_ipv6(address) || (address.n > 2 && (address.s[0] == 'v' || address.s[0] == 'V'));
    }
    for (size_t i = host; i < end; i++) {
        if (strchr("[]:", t.s[i]))
            return false;
    }
    return true;
}

/* RFC 3986; with `international`, RFC 3987: every character beyond ASCII is then fine. */
static bool reference_check(struct jsonl_text t, bool international, bool absolute)
{
    size_t scheme = 0, i = 0;
    while (scheme < t.n && (is_alphanumeric(t.s[scheme]) || strchr("+-.", t.s[scheme])) && t.s[scheme])
        scheme++;
    bool has_scheme = scheme > 0 && scheme < t.n && t.s[scheme] == ':' && !is_digit(t.s[0]) && is_alphanumeric(t.s[0]);
    if (absolute && !has_scheme)
        return false;
    i = has_scheme ? scheme + 1 : 0;
    size_t path = i;
    if (t.n - i >= 2 && t.s[i] == '/' && t.s[i + 1] == '/') {
        path = i + 2;
        while (path < t.n && !strchr("/?#", t.s[path]))
            path++;
        if (!authority_check((struct jsonl_text){t.s + i + 2, path - i - 2}))
            return false;
    }
    bool fragment = false;
    for (size_t k = 0; k < t.n; k++) {
        char c = t.s[k];
        bool escape = c == '%' && t.n - k > 2 && is_hex(t.s[k + 1]) && is_hex(t.s[k + 2]);
        bool mark = c && strchr("-._~!$&'()*+,;=:@/?", c);
        bool bracket = (c == '[' || c == ']') && k < path;
        if (c == '#' && !fragment)
            fragment = true;
        else if (!(escape || mark || bracket || is_alphanumeric(c) || (international && (unsigned char)c >= 0x80)))
            return false;
    }
    for (size_t k = 0; !has_scheme && k < t.n && !strchr("/?#", t.s[k]); k++) {
        if (t.s[k] == ':') /* the first segment of a relative path would read as a scheme */
            return false;
    }
    return true;
}

bool format_uri(struct jsonl_text t)
{
    return reference_check(t, false, true);
}

bool format_uri_reference(struct jsonl_text t)
{
    return reference_check(t, false, false);
}

bool format_iri(struct jsonl_text t)
{
    return reference_check(t, true, true);
}

bool format_iri_reference(struct jsonl_text t)
{
    return reference_check(t, true, false);
}
