/* SPDX-License-Identifier: Apache-2.0
 * Formats and regular expressions.
 *
 * The input is a byte that picks a format, and a text, which has to be UTF-8.  It holds:
 * - A date-time is a date, T and a time; a mail address, URI or reference in ASCII is one of the international kind,
 *   too; a URI is a reference; what is a host name keeps to its lengths.
 * - An expression that is refused comes with a sentence and a place in it; one that is not can be run, or the reason
 *   is PCRE2's.  Matching it, on itself, comes to an end. */
#include "../../validate/format.h"
#include "../../validate/pattern.h"
#include "../../validate/pattern_ecma.h"
#include "support/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void check_times(struct jsonl_text t)
{
    bool parts = t.n > 11 && (t.s[10] == 'T' || t.s[10] == 't') && format_date((struct jsonl_text){t.s, 10}) &&
                 format_time((struct jsonl_text){t.s + 11, t.n - 11});
    MUST(format_date_time(t) == parts, "a date-time is %s", parts ? "refused" : "let through");
    int64_t us;
    MUST(!format_date(t) || jsonl_time_parse(t, &us), "a date that jsonl_time_parse refuses");
}

static void check_names(struct jsonl_text t)
{
    MUST(!format_hostname(t) || (t.n > 0 && t.n <= 253), "a host name of %zu bytes", t.n);
    MUST(!format_email(t) || format_idn_email(t) || memmem(t.s, t.n, "--", 2), "a mail address, but no idn-email");
    MUST(!(format_ipv4(t) && format_ipv6(t)), "an address of both kinds");
    MUST(!format_ipv4(t) || (t.n >= 7 && t.n <= 15), "an IPv4 address of %zu bytes", t.n);
    MUST(!format_ipv6(t) || (t.n >= 2 && t.n <= 45), "an IPv6 address of %zu bytes", t.n);
    format_idn_hostname(t);
    format_duration(t);
}

static void check_uris(struct jsonl_text t)
{
    bool uri = format_uri(t), reference = format_uri_reference(t), iri = format_iri(t);
    MUST(!uri || (reference && iri), "a URI, but reference %d, IRI %d", reference, iri);
    MUST(!(reference || iri) || format_iri_reference(t), "no IRI reference, but reference %d, IRI %d", reference, iri);
    format_uri_template(t);
}

static void check_pattern(struct jsonl_text t)
{
    struct jsonl_error error = {0};
    bool expression = pattern_translate(NULL, t, &error);
    MUST(expression || strstr(error.message, ", at character "), "%s", error.message);
    struct pattern *p = pattern_new(t, &error);
    MUST(expression || !p, "it was refused before");
    MUST(p || *error.message, "no word why");
    MUST(!expression || p || strstr(error.message, "cannot be run here"), "%s", error.message);
    if (p)
        pattern_match(p, NULL, t.s, t.n);
    pattern_free(p);
}

static bool is_utf8(struct jsonl_text t)
{
    uint32_t c;
    size_t n = 1;
    for (size_t i = 0; i < t.n && n > 0; i += n)
        n = fuzz_utf8(t.s + i, t.n - i, &c);
    return n > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const checks[])(struct jsonl_text) = {check_times, check_names, check_uris, check_pattern};
    uint8_t option = fuzz_take(&data, &size);
    char *copy = fuzz_copy(data, size);
    struct jsonl_text t = {copy, size};
    if (is_utf8(t))
        checks[option % (sizeof checks / sizeof *checks)](t);
    free(copy);
    return 0;
}
