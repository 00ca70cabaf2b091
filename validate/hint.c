/* SPDX-License-Identifier: Apache-2.0 */
#include "hint.h"

#include "ascii.h"
#include "describe.h"
#include "edits.h"
#include "hint_time.h"
#include "pointer.h"

#include <string.h>

/* A fault, and where its words go. */
struct hint {
    struct jsonl_writer *w;
    const struct faults *f;
    const struct jsonl_value *v;   /* that is wrong */
    const struct jsonl_value *key; /* of the keyword, in the schema */
    const struct instruction *in;
    size_t detail;
};

static bool texts_equal(struct jsonl_text a, struct jsonl_text b)
{
    return a.n == b.n && memcmp(a.s, b.s, a.n) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_unit(char c)
{
    return is_letter(c) || c == '%' || c == '/';
}

/* ---- type ---- */

/* Whether it reads as a number of JSON, with a point for a comma that it may have. */
static bool is_number(struct jsonl_text t)
{
    size_t i = t.n > 0 && t.s[0] == '-', digits = i, marks = 0;
    for (; i < t.n; i++) {
        bool mark = t.s[i] == '.' || t.s[i] == ',';
        if (!mark && !is_digit(t.s[i]))
            return false;
        if (mark && (i == digits || i + 1 == t.n))
            return false;
        marks += mark;
    }
    bool zeros = t.n > digits + 1 && t.s[digits] == '0' && is_digit(t.s[digits + 1]);
    return t.n > digits && t.n < 40 && marks <= 1 && !zeros;
}

static void number_hint(const struct hint *h, bool whole)
{
    struct jsonl_text t = jsonl_text(h->v);
    size_t all = t.n;
    while (t.n > 0 && (is_space(t.s[t.n - 1]) || is_unit(t.s[t.n - 1]))) /* a unit */
        t.n--;
    if (!is_number(t) || (whole && (memchr(t.s, '.', t.n) || memchr(t.s, ',', t.n))))
        return;
    jsonl_puts(h->w, "; write ");
    for (size_t i = 0; i < t.n; i++)
        jsonl_write(h->w, t.s[i] == ',' ? "." : t.s + i, 1);
    jsonl_puts(h->w, memchr(t.s, ',', t.n) ? " with a point, without quotes" : " without quotes");
    jsonl_puts(h->w, t.n < all ? " and unit" : "");
}

static void boolean_hint(const struct hint *h)
{
    static const struct {
        const char *said, *meant;
    } words[] = {{"true", "true"}, {"yes", "true"}, {"1", "true"}, {"false", "false"}, {"no", "false"}, {"0", "false"}};
    struct jsonl_text t = jsonl_text(h->v);
    if (h->v->type == JSONL_NUMBER)
        t = (struct jsonl_text){h->f->text + h->v->at, h->v->len};
    for (size_t i = 0; t.s && i < sizeof words / sizeof *words; i++) {
        struct jsonl_text word = {words[i].said, strlen(words[i].said)};
        if (jsonl_text_compare_nocase(t, word) == 0)
            jsonl_printf(h->w, "; write %s%s", words[i].meant, h->v->type == JSONL_STRING ? " without quotes" : "");
    }
}

static bool is_required(const struct jsonl_value *schema, const struct jsonl_value *key)
{
    const struct jsonl_value *names = jsonl_get(schema, "required");
    for (uint32_t i = 0; names && names->type == JSONL_ARRAY && i < names->len; i++) {
        if (names[1 + i].type == JSONL_STRING && texts_equal(jsonl_text(names + 1 + i), jsonl_text(key)))
            return true;
    }
    return false;
}

/* A member that is null where it could be absent. */
static void null_hint(const struct hint *h)
{
    const struct jsonl_value *key = pointer_key(h->f->root, h->v), *root = h->in->owner->resource->root;
    const struct jsonl_value *properties = key ? pointer_parent(root, h->in->owner->value) : NULL;
    const struct jsonl_value *schema = properties ? pointer_parent(root, properties) : NULL;
    if (schema && jsonl_get(schema, "properties") == properties && !is_required(schema, key))
        jsonl_puts(h->w, "; leave the member out where there is no value");
}

static void type_hint(const struct hint *h)
{
    unsigned types = h->in->owner->types;
    bool number = types & 1u << JSONL_NUMBER, whole = types & SCHEMA_BIT_INTEGER;
    if (h->v->type == JSONL_NULL)
        null_hint(h);
    else if (h->v->type == JSONL_STRING && (number || whole))
        number_hint(h, !number);
    else if (types & 1u << JSONL_TRUE)
        boolean_hint(h);
    else if (h->v->type == JSONL_NUMBER && types & 1u << JSONL_STRING && !hint_time_of_number(h->w, h->f, h->v))
        jsonl_printf(h->w, h->v->len < 40 ? "; write \"%.*s\" in quotes" : "; write it in quotes", (int)h->v->len,
                     h->f->text + h->v->at);
    else if (h->v->type < JSONL_ARRAY && types == 1u << JSONL_ARRAY) {
        jsonl_puts(h->w, "; write [");
        describe_value(h->w, h->v, h->f->text);
        jsonl_puts(h->w, "]");
    }
}

/* ---- enum and const ---- */

/* The values that may be, as a list: `const` has one. */
static const struct jsonl_value *choices_of(const struct jsonl_value *key, uint32_t *n)
{
    bool list = jsonl_text_is(jsonl_text(key), "enum");
    *n = list ? key[1].len : 1;
    return list ? key + 2 : key + 1;
}

static struct jsonl_text trimmed(struct jsonl_text t)
{
    for (; t.n > 0 && is_space(t.s[0]); t.n--)
        t.s++;
    while (t.n > 0 && is_space(t.s[t.n - 1]))
        t.n--;
    return t;
}

/* Two values that look the same but for what one does not see at once. */
static bool difference_hint(const struct hint *h, const struct jsonl_value *choice)
{
    struct jsonl_text is = jsonl_text(h->v), should = jsonl_text(choice);
    const char *text = h->in->owner->resource->text;
    struct jsonl_text is_number = {h->f->text + h->v->at, h->v->len}, should_number = {text + choice->at, choice->len};
    if (is.s && should.s && jsonl_text_is(jsonl_text(h->key), "enum"))
        return false; /* its message proposes the nearest */
    if (is.s && should.s && is.n != should.n && texts_equal(trimmed(is), trimmed(should)))
        jsonl_puts(h->w, "; there is white space around it");
    else if (is.s && should.s && jsonl_text_compare_nocase(is, should) == 0)
        jsonl_puts(h->w, "; upper and lower case count");
    else if (is.s && choice->type == JSONL_NUMBER && texts_equal(is, should_number))
        jsonl_puts(h->w, "; write it without quotes");
    else if (should.s && h->v->type == JSONL_NUMBER && texts_equal(is_number, should))
        jsonl_puts(h->w, "; write it in quotes");
    else
        return false;
    return true;
}

static void choice_hint(const struct hint *h)
{
    uint32_t n;
    const struct jsonl_value *choice = choices_of(h->key, &n);
    for (uint32_t i = 0; i < n; i++, choice += choice->span) {
        if (difference_hint(h, choice))
            return;
    }
}

bool hint_is_slip(const struct fault *fault)
{
    uint32_t n;
    const struct jsonl_value *choice = choices_of(fault->in->key, &n);
    for (uint32_t i = 0; i < n && n <= DESCRIBE_NAMES; i++, choice += choice->span) {
        if (choice->type == JSONL_STRING && fault->v->type == JSONL_STRING &&
            edits_slip(jsonl_text(choice), jsonl_text(fault->v)) >= 0)
            return true;
    }
    return false;
}

/* ---- Members ---- */

/* The objects among the properties that have a property of this name: it may belong there. */
static void misplaced_hint(const struct hint *h, const struct jsonl_value *properties)
{
    const struct jsonl_value *key = properties + 1;
    for (uint32_t i = 0; i < properties->len; i++, key += 1 + key[1].span) {
        const struct jsonl_value *inner = jsonl_get(key + 1, "properties");
        if (!inner || inner->len > DESCRIBE_NAMES || !jsonl_member(inner, jsonl_text(h->v)))
            continue;
        jsonl_puts(h->w, "; it belongs in ");
        describe_text(h->w, jsonl_text(key));
        return;
    }
}

/* The report's version that brought a member; NULL: none of them did. */
static const char *version_of_member(struct jsonl_text name)
{
    static const struct {
        const char *name, *version;
    } members[] = {
        {"system_health", "0.2.0"}, {"timeline", "0.2.0"}, {"test_start_ts", "0.2.2"}, {"test_end_ts", "0.2.2"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (jsonl_text_is(name, members[i].name))
            return members[i].version;
    }
    return NULL;
}

static void unknown_hint(const struct hint *h)
{
    const struct jsonl_value *properties = jsonl_get(h->in->owner->value, "properties");
    struct jsonl_text name = jsonl_text(h->v);
    const char *version = version_of_member(name);
    if (version && strncmp(h->in->owner->resource->uri, "urn:mlxk-bench:schema:report:", 29) == 0) {
        jsonl_printf(h->w, "; it came with version %s", version);
        return;
    }
    if (!name.s || !properties || properties->type != JSONL_OBJECT || properties->len > DESCRIBE_NAMES)
        return;
    const struct jsonl_value *key = properties + 1, *like = NULL;
    for (uint32_t i = 0; i < properties->len; i++, key += 1 + key[1].span) {
        if (edits_slip(jsonl_text(key), name) >= 0)
            return; /* that is said already */
        if (!like && describe_resembles(jsonl_text(key), name))
            like = key;
    }
    if (like) {
        jsonl_puts(h->w, "; did you mean ");
        describe_text(h->w, jsonl_text(like));
        jsonl_puts(h->w, "?");
    } else {
        misplaced_hint(h, properties);
    }
}

/* The name that the fault is about. */
static const struct jsonl_value *missing_name(const struct hint *h)
{
    const struct jsonl_value *names = h->key + 1;
    return names->type == JSONL_ARRAY && h->detail < names->len ? names + 1 + h->detail : NULL;
}

static void missing_hint(const struct hint *h)
{
    const struct jsonl_value *additional = jsonl_get(h->in->owner->value, "additionalProperties");
    const struct jsonl_value *properties = jsonl_get(h->in->owner->value, "properties");
    const struct jsonl_value *name = missing_name(h), *key = h->v + 1;
    if (!name || h->v->type != JSONL_OBJECT || (additional && additional->type == JSONL_FALSE))
        return; /* what is misspelt there is a fault of its own */
    if (h->v->len > DESCRIBE_NAMES ||
        (properties && (properties->type != JSONL_OBJECT || properties->len > DESCRIBE_NAMES)))
        return;
    for (uint32_t i = 0; i < h->v->len; i++, key += 1 + key[1].span) {
        struct jsonl_text t = jsonl_text(key);
        if (edits_slip(jsonl_text(name), t) < 0 && !describe_resembles(jsonl_text(name), t))
            continue;
        if (jsonl_member(properties, t))
            continue;
        jsonl_puts(h->w, "; is it ");
        describe_text(h->w, t);
        jsonl_puts(h->w, "?");
        return;
    }
}

/* ---- All ---- */

/* A short schema that a value should not fit says at once what is wrong. */
static void not_hint(const struct hint *h)
{
    const struct jsonl_value *schema = h->key + 1;
    if (schema->type != JSONL_OBJECT || !describe_is_short(schema))
        return;
    jsonl_puts(h->w, ", it fits ");
    describe_value(h->w, schema, h->in->owner->resource->text);
}

static void limit_hint(const struct hint *h)
{
    hint_time_of_limit(h->w, h->f, h->v, h->key + 1);
}

static void text_hint(const struct hint *h)
{
    const struct jsonl_value *format = jsonl_get(h->in->owner->value, "format");
    if (jsonl_text_is(jsonl_text(format), "date-time"))
        hint_time_of_text(h->w, jsonl_text(h->v));
}

void hint_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault)
{
    static const struct {
        const char *keyword;
        void (*write)(const struct hint *h);
    } hints[] = {
        {"type", type_hint},        {"enum", choice_hint},
        {"const", choice_hint},     {"additionalProperties", unknown_hint},
        {"required", missing_hint}, {"unevaluatedProperties", unknown_hint},
        {"maximum", limit_hint},    {"exclusiveMaximum", limit_hint},
        {"pattern", text_hint},     {"format", text_hint},
        {"not", not_hint},
    };
    const struct hint h = {w, f, fault->v, fault->in->key, fault->in, fault->detail};
    struct jsonl_text keyword = jsonl_text(h.key);
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (jsonl_text_is(keyword, hints[i].keyword)) {
            hints[i].write(&h);
            return;
        }
    }
}
