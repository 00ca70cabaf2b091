/* SPDX-License-Identifier: Apache-2.0 */
#include "describe.h"

#include "edits.h"
#include "utf8.h"

#include <string.h>

enum { SHOWN = 40 }; /* characters of a string, digits of a number */

/* A character that cannot stand between the quotes as it is: also what could drive a terminal is escaped. */
static bool is_special(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f || c == '"' || c == '\\';
}

static void special_write(struct jsonl_writer *w, char c)
{
    static const char short_names[] = "\bb\tt\nn\ff\rr\"\"\\\\";
    for (const char *p = short_names; *p; p += 2) {
        if (*p == c) {
            jsonl_printf(w, "\\%c", p[1]);
            return;
        }
    }
    jsonl_printf(w, "\\u%04x", (unsigned)c);
}

void describe_text(struct jsonl_writer *w, struct jsonl_text t)
{
    size_t from = 0, i = 0;
    jsonl_write(w, "\"", 1);
    for (size_t shown = 0; i < t.n; i++) {
        shown += utf8_is_start(t.s[i]);
        if (shown > SHOWN)
            break;
        if (!is_special(t.s[i]))
            continue;
        jsonl_write(w, t.s + from, i - from);
        special_write(w, t.s[i]);
        from = i + 1;
    }
    jsonl_write(w, t.s + from, i - from);
    jsonl_puts(w, i < t.n ? "…\"" : "\"");
}

void describe_count(struct jsonl_writer *w, uint64_t n, const char *one, const char *many)
{
    jsonl_printf(w, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

/* Characters that a value takes, about; more than SHOWN says no more than that. */
static size_t width(const struct jsonl_value *v)
{
    size_t n = v->type == JSONL_NUMBER ? v->len : v->type == JSONL_STRING ? v->len + 2 : 5;
    if (v->type < JSONL_ARRAY)
        return n;
    n = 2;
    for (const struct jsonl_value *at = v + 1; at < v + v->span && n <= SHOWN; at += at->span)
        n += width(at) + 1; /* as deep as SHOWN allows */
    return n;
}

bool describe_is_short(const struct jsonl_value *v)
{
    return width(v) <= SHOWN;
}

static void composite_write(struct jsonl_writer *w, const struct jsonl_value *v, const char *text)
{
    const bool object = v->type == JSONL_OBJECT;
    const struct jsonl_value *at = v + 1;
    jsonl_puts(w, object ? "{" : "[");
    for (uint32_t i = 0; i < v->len; i++, at += at->span) {
        jsonl_puts(w, i > 0 ? "," : "");
        if (object) {
            describe_text(w, jsonl_text(at++));
            jsonl_puts(w, ":");
        }
        describe_value(w, at, text);
    }
    jsonl_puts(w, object ? "}" : "]");
}

void describe_value(struct jsonl_writer *w, const struct jsonl_value *v, const char *text)
{
    switch ((enum jsonl_type)v->type) {
    case JSONL_NUMBER:
        jsonl_write(w, text + v->at, v->len > SHOWN ? SHOWN : v->len);
        if (v->len > SHOWN)
            jsonl_puts(w, "…");
        break;
    case JSONL_STRING:
        describe_text(w, (struct jsonl_text){v->u.str, v->len});
        break;
    case JSONL_ARRAY:
    case JSONL_OBJECT:
        if (describe_is_short(v)) {
            composite_write(w, v, text);
            break;
        }
        jsonl_puts(w, v->type == JSONL_ARRAY ? "[" : "{");
        if (v->type == JSONL_ARRAY)
            describe_count(w, v->len, "element", "elements");
        else
            describe_count(w, v->len, "member", "members");
        jsonl_puts(w, v->type == JSONL_ARRAY ? "]" : "}");
        break;
    default:
        jsonl_puts(w, v->type == JSONL_NULL ? "null" : v->type == JSONL_TRUE ? "true" : "false");
    }
}

const char *describe_type(enum jsonl_type type)
{
    static const char *const names[] = {"null",     "a boolean", "a boolean", "a number",
                                        "a string", "an array",  "an object"};
    return names[type];
}

/* In lower case and without what stands between words; its length, 0 if it is too long. */
static size_t name_fold(struct jsonl_text t, char folded[EDITS_NAME_MAX])
{
    size_t n = 0;
    if (t.n > EDITS_NAME_MAX)
        return 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.s[i] != '_' && t.s[i] != '-' && t.s[i] != ' ' && t.s[i] != '.')
            folded[n++] = lower_case(t.s[i]);
    }
    return n;
}

bool describe_resembles(struct jsonl_text a, struct jsonl_text b)
{
    enum { SHORTEST = 4 };
    char x[EDITS_NAME_MAX], y[EDITS_NAME_MAX];
    size_t n = name_fold(a, x), m = name_fold(b, y), least = n < m ? n : m;
    if (least < SHORTEST || 3 * least < (n < m ? m : n))
        return false;
    return memcmp(x, y, least) == 0 || memcmp(x + n - least, y + m - least, least) == 0;
}
