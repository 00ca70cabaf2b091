/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include "ascii.h"
#include "pattern_ecma.h"

#include <errno.h>

/* RFC 4122: 8-4-4-4-12 hexadecimal digits. */
static bool format_uuid(struct jsonl_text t)
{
    for (size_t i = 0; i < t.n && i < 36; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? t.s[i] != '-' : !is_hex(t.s[i]))
            return false;
    }
    return t.n == 36;
}

/* RFC 6901 */
static bool format_json_pointer(struct jsonl_text t)
{
    for (size_t i = 0; i < t.n; i++) {
        if (t.s[i] == '~' && (i + 1 == t.n || (t.s[i + 1] != '0' && t.s[i + 1] != '1')))
            return false;
    }
    return t.n == 0 || t.s[0] == '/';
}

/* draft-handrews-relative-json-pointer-01: a number without leading zeros, then '#' or a pointer. */
static bool format_relative_json_pointer(struct jsonl_text t)
{
    size_t i = 0;
    while (i < t.n && is_digit(t.s[i]))
        i++;
    if (i == 0 || (i > 1 && t.s[0] == '0'))
        return false;
    return (i + 1 == t.n && t.s[i] == '#') || format_json_pointer((struct jsonl_text){t.s + i, t.n - i});
}

static bool format_regex(struct jsonl_text t)
{
    return pattern_translate(NULL, t, NULL);
}

static const struct format formats[] = {
    {"date-time", "a date and time with offset (RFC 3339)", "a date and time, as 2026-11-23T01:49:22Z",
     format_date_time},
    {"date", "a date (RFC 3339)", "a date, as 2026-11-23", format_date},
    {"time", "a time with offset (RFC 3339)", "a time, as 01:49:22Z", format_time},
    {"duration", "a duration (ISO 8601)", NULL, format_duration},
    {"email", "a mail address", NULL, format_email},
    {"idn-email", "a mail address", NULL, format_idn_email},
    {"hostname", "a host name", NULL, format_hostname},
    {"idn-hostname", "a host name", NULL, format_idn_hostname},
    {"ipv4", "an IPv4 address", NULL, format_ipv4},
    {"ipv6", "an IPv6 address", NULL, format_ipv6},
    {"uri", "a URI", NULL, format_uri},
    {"uri-reference", "a URI or a relative reference", NULL, format_uri_reference},
    {"iri", "an IRI", NULL, format_iri},
    {"iri-reference", "an IRI or a relative reference", NULL, format_iri_reference},
    {"uri-template", "a URI template (RFC 6570)", NULL, format_uri_template},
    {"uuid", "a UUID", NULL, format_uuid},
    {"json-pointer", "a JSON Pointer", NULL, format_json_pointer},
    {"relative-json-pointer", "a relative JSON Pointer", NULL, format_relative_json_pointer},
    {"regex", "a regular expression", NULL, format_regex},
};

const struct format *format_find(struct jsonl_text name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (jsonl_text_is(name, formats[i].name))
            return &formats[i];
    }
    return NULL;
}

enum format_result format_judge(const struct format *f, struct jsonl_text t)
{
    errno = 0;
    return f->check(t) ? FORMAT_YES : errno == ENOMEM ? FORMAT_NO_MEMORY : FORMAT_NO;
}
