/* SPDX-License-Identifier: Apache-2.0
 * Scalars by the core schema: YAML 1.2.2, section 10.3.2. */
#include "yaml_scalar.h"
#include "ascii.h"
#include "clip.h"
#include "digits.h"

#include <string.h>

#define TAG_PREFIX "tag:yaml.org,2002:"

static bool is_one_of(struct jsonl_text t, const char *const *words)
{
    for (; *words; words++)
        if (jsonl_text_is(t, *words))
            return true;
    return false;
}

static bool is_null(struct jsonl_text t)
{
    return is_one_of(t, (const char *const[]){"", "~", "null", "Null", "NULL", NULL});
}

static bool is_true(struct jsonl_text t)
{
    return is_one_of(t, (const char *const[]){"true", "True", "TRUE", NULL});
}

static bool is_bool(struct jsonl_text t)
{
    return is_true(t) || is_one_of(t, (const char *const[]){"false", "False", "FALSE", NULL});
}

/* A digit's value, or 99. */
static unsigned digit(char c)
{
    int value = hex_value(c);
    return value < 0 ? 99 : (unsigned)value;
}

/* How many digits of this base stand at `i`. */
static size_t digits(struct jsonl_text t, size_t i, unsigned base)
{
    size_t n = 0;
    while (i + n < t.n && digit(t.s[i + n]) < base)
        n++;
    return n;
}

static size_t sign(struct jsonl_text t)
{
    return t.n && (t.s[0] == '-' || t.s[0] == '+');
}

/* 8 or 16 for 0o17 and 0x1f, else 10. */
static unsigned base_of(struct jsonl_text t)
{
    return t.n < 2 || t.s[0] != '0' ? 10 : t.s[1] == 'o' ? 8 : t.s[1] == 'x' ? 16 : 10;
}

static bool is_int(struct jsonl_text t)
{
    unsigned base = base_of(t);
    size_t from = base == 10 ? sign(t) : 2, n = digits(t, from, base);
    return n && from + n == t.n;
}

/* .inf and .nan */
static bool is_beyond_json(struct jsonl_text t)
{
    size_t from = sign(t);
    struct jsonl_text unsigned_t = {t.s + from, t.n - from};
    return is_one_of(unsigned_t, (const char *const[]){".inf", ".Inf", ".INF", NULL}) ||
           is_one_of(t, (const char *const[]){".nan", ".NaN", ".NAN", NULL});
}

static bool is_float(struct jsonl_text t)
{
    if (is_beyond_json(t))
        return true;
    size_t i = sign(t), before = digits(t, i, 10), after = 0;
    i += before;
    if (i < t.n && t.s[i] == '.') {
        after = digits(t, ++i, 10);
        i += after;
    }
    if (before + after == 0)
        return false;
    if (i < t.n && (t.s[i] == 'e' || t.s[i] == 'E')) {
        i += 1 + sign((struct jsonl_text){t.s + i + 1, t.n - i - 1});
        size_t exponent = digits(t, i, 10);
        if (exponent == 0)
            return false;
        i += exponent;
    }
    return i == t.n;
}

static bool is_str(struct jsonl_text t)
{
    (void)t;
    return true;
}

/* Each writes what its test above has recognised; false: JSON cannot hold it. */

static bool put_null(struct jsonl_writer *out, struct jsonl_text t)
{
    (void)t;
    jsonl_puts(out, "null");
    return true;
}

static bool put_bool(struct jsonl_writer *out, struct jsonl_text t)
{
    jsonl_puts(out, is_true(t) ? "true" : "false");
    return true;
}

/* Decimal digits as JSON wants them: no plus, no leading zeros, a digit on either side of the point. */
static bool put_decimal(struct jsonl_writer *out, struct jsonl_text t)
{
    size_t i = sign(t), n = digits(t, i, 10), zeros = 0;
    if (is_beyond_json(t))
        return false;
    if (t.s[0] == '-')
        jsonl_puts(out, "-");
    while (zeros + 1 < n && t.s[i + zeros] == '0')
        zeros++;
    if (n == 0)
        jsonl_puts(out, "0");
    jsonl_write(out, t.s + i + zeros, n - zeros);
    i += n;
    if (i < t.n && t.s[i] == '.') {
        n = digits(t, i + 1, 10);
        jsonl_write(out, t.s + i, n + 1);
        if (n == 0)
            jsonl_puts(out, "0");
        i += n + 1;
    }
    jsonl_write(out, t.s + i, t.n - i); /* the exponent, which JSON writes alike */
    return true;
}

static bool put_int(struct jsonl_writer *out, struct jsonl_text t)
{
    unsigned base = base_of(t);
    if (base == 10)
        return put_decimal(out, t);
    uint64_t number = 0;
    for (size_t i = 2; i < t.n; i++) {
        if (number > UINT64_MAX / base)
            return false;
        number = number * base + digit(t.s[i]);
    }
    char text[DIGITS_MAX], *end = text + sizeof text, *start = digits_before(end, number);
    jsonl_write(out, start, (size_t)(end - start));
    return true;
}

static bool put_str(struct jsonl_writer *out, struct jsonl_text t)
{
    jsonl_puts(out, "\"");
    jsonl_write_escaped(out, JSONL_TO_JSON, t);
    jsonl_puts(out, "\"");
    return true;
}

/* In the order in which a plain scalar without a tag is tried. */
static const struct core_type {
    const char *tag;
    const char *name; /* for messages */
    bool (*is)(struct jsonl_text t);
    bool (*put)(struct jsonl_writer *out, struct jsonl_text t);
} core_types[] = {
    {TAG_PREFIX "null", "null", is_null, put_null},    {TAG_PREFIX "bool", "true or false", is_bool, put_bool},
    {TAG_PREFIX "int", "an integer", is_int, put_int}, {TAG_PREFIX "float", "a number", is_float, put_decimal},
    {TAG_PREFIX "str", "a string", is_str, put_str},
};

enum { CORE_TYPES = sizeof core_types / sizeof core_types[0] };

bool yaml_scalar(struct jsonl_writer *out, const char *tag, bool plain, struct jsonl_text value,
                 struct jsonl_error *err)
{
    const struct core_type *type = &core_types[CORE_TYPES - 1];
    int shown = clip(value, 40);
    if (tag && strcmp(tag, "!") != 0) { /* `!` alone says: a string */
        for (type = core_types; strcmp(type->tag, tag) != 0;)
            if (++type == core_types + CORE_TYPES) {
                jsonl_error_set(err, "the tag '%.*s' is not known here",
                                clip((struct jsonl_text){tag, strlen(tag)}, 80), tag);
                return false;
            }
        if (!type->is(value)) {
            jsonl_error_set(err, "'%.*s' is not %s, as its tag says", shown, value.s, type->name);
            return false;
        }
    } else if (plain && !tag) {
        for (type = core_types; !type->is(value);)
            type++;
    }
    if (!type->put(out, value)) {
        jsonl_error_set(err, "'%.*s' is a number that JSON cannot hold", shown, value.s);
        return false;
    }
    return true;
}
