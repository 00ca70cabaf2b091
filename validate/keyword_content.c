/* SPDX-License-Identifier: Apache-2.0
 * contentEncoding and contentMediaType, which draft 7 lets be checked (validation, 8.2): base64, and application/json.
 * Others are notes, and so are all of them since 2019-09. */
#include "keyword.h"

#include "ascii.h"
#include "keywords.h"
#include "run.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a string should be. */
struct content {
    bool base64, json;
};

/* The value of a digit (RFC 4648, table 1); -1: it is none. */
static int base64_digit(char c)
{
    if (is_letter(c))
        return c >= 'a' ? c - 'a' + 26 : c - 'A';
    return is_digit(c) ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Decodes into `out`, of at least 3/4 of the length; line ends are passed over, as MIME has them.  false: it is not
 * base64. */
static bool base64_decode(struct jsonl_text t, char *out, size_t *len)
{
    uint32_t bits = 0;
    size_t digits = 0, padding = 0, n = 0;
    for (size_t i = 0; i < t.n; i++) {
        char c = t.s[i];
        int digit = base64_digit(c);
        if (c == '\r' || c == '\n')
            continue;
        padding += c == '=';
        if (c == '=' ? (digits + padding - 1) % 4 < 2 : digit < 0 || padding > 0)
            return false;
        if (c == '=')
            continue;
        bits = bits << 6 | (uint32_t)digit;
        if (digits++ % 4 > 0)
            out[n++] = (char)(bits >> (6 - 2 * ((digits - 1) % 4)) & 0xff);
    }
    *len = n;
    return (digits + padding) % 4 == 0 && padding <= 2;
}

static bool is_json(struct jsonl_text t, bool *failed)
{
    struct jsonl_parser *p = jsonl_parser_new();
    *failed = !p;
    bool ok = p && jsonl_parse(p, t.s, t.n, NULL);
    jsonl_parser_free(p);
    return ok;
}

static bool content_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct content *content = in->u.data;
    struct jsonl_text t = jsonl_text(v);
    char *decoded = content->base64 ? malloc(t.n + 1) : NULL;
    bool failed = content->base64 && !decoded, ok = true;
    if (decoded) {
        ok = base64_decode(t, decoded, &t.n);
        t.s = decoded;
    }
    if (!failed && ok && content->json)
        ok = is_json(t, &failed);
    free(decoded);
    if (failed)
        return run_no_memory(run, v);
    return ok || run_fail(run, in, v, 0);
}

static void content_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)detail;
    const struct content *content = in->u.data;
    jsonl_puts(w, !content->base64 ? "should hold JSON"
                  : content->json  ? "should be JSON in base64"
                                   : "should be base64");
    tell_found(w, text, v);
}

static const struct operation content_operation = {.check = content_check, .tell = content_tell};

static bool is_media_type(const struct jsonl_value *v, const char *type)
{
    size_t n = strlen(type);
    return v && v->type == JSONL_STRING && v->len >= n && strncasecmp(v->u.str, type, n) == 0 &&
           (v->len == n || v->u.str[n] == ';' || v->u.str[n] == ' ');
}

/* Either of the two keywords comes here; the first does it all. */
bool compile_content(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    const struct jsonl_value *encoding = keyword_sibling(s, "contentEncoding"),
                             *type = keyword_sibling(s, "contentMediaType");
    if (!compile_expect(c, s, key, JSONL_STRING))
        return false;
    bool base64 = encoding && encoding->type == JSONL_STRING && encoding->len == 6 &&
                  strncasecmp(encoding->u.str, "base64", 6) == 0;
    struct content content = {base64, is_media_type(type, "application/json") && (base64 || !encoding)};
    if ((encoding && key + 1 != encoding) || !(content.base64 || content.json))
        return true;
    struct content *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, ON_STRING, &content_operation);
    if (!data || !in)
        return false;
    *data = content;
    in->u.data = data;
    return true;
}
