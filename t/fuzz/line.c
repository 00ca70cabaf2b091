/* SPDX-License-Identifier: Apache-2.0
 * jsonl_parse against jansson, and against itself.
 *
 * The input is a sequence of texts, with a byte 0xff (which UTF-8 does not have) between each two.  Of each holds:
 * - jsonl_parse and json_loadb(JSON_DECODE_ANY | JSON_ALLOW_NUL) both accept it, with the same values, or both refuse
 *   it; JSONL_DUPLICATE is set somewhere just if JSON_REJECT_DUPLICATES refuses it.  The differences, all of them:
 *   1. An integer beyond 64 bits, and a number beyond the range of double, are errors to jansson.  Here they are the
 *      nearest double, and +-HUGE_VAL: RFC 8259 sets no limits, and the text of a number stays at hand.  So jansson is
 *      asked again with such an integer as a real number, and such a real number as null.
 *   2. A key with \u0000 is an error to jansson, whose keys are strings of C.  It is asked again with a character in
 *      its place that the text does not hold.
 *   3. Nested deeper than 512 is an error here; jansson goes on to 2048.  The error must stand at the 513th bracket.
 *   4. jansson overlooks a NUL byte directly behind a number, true, false or null.  Here it is an error, as RFC 8259
 *      has no such white space.  With blanks in place of those NULs, and of no others, both agree again.
 * - The values are whole: spans, places, lengths, flags and numbers (by strtod) follow from the text, the text at each
 *   value parses to the same value alone, jsonl_get finds each member, keys have the
 *   numbers of their names, and jsonl_paths_find finds what jsonl_get finds step by step.
 * - An error has a message and lies in the text.
 * - It does not matter what was parsed before: a new parser, one that has seen the texts before this in the input, and
 *   one that has seen thousands of inputs say the same.  If the last differs, all that it has seen is written to a
 *   file, which is an input for this target and shows it again.  Nor does it matter which names a parser was given.
 * - It does not matter what stands behind a line: jsonl_parse_line says the same, with a hint more perhaps, for any
 *   bytes there. */
#include "support/fuzz.h"
#include "support/judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SEPARATOR = 0xff,
    BEHIND = 32, /* bytes behind a line that a reader has ready */
};

/* ---- The values themselves ---- */

static void check_number(const char *text, const struct jsonl_value *v)
{
    char *number = fuzz_need(malloc((size_t)v->len + 1));
    memcpy(number, text + v->at, v->len);
    number[v->len] = '\0';
    char *end;
    double real = strtod(number, &end);
    MUST(*end == '\0', "a number %s", number);
    MUST(memcmp(&real, &v->u.num, sizeof real) == 0, "%s is %a, by strtod %a", number, v->u.num, real);
    MUST(!strpbrk(number, ".eE") == !!(v->flags & JSONL_INTEGER), "%s has flags %u", number, v->flags);
    free(number);
}

static void check_string(const char *text, const struct jsonl_value *v, size_t end)
{
    const char *raw = text + v->at + 1;
    size_t raw_len = end - v->at - 2;
    bool escaped = memchr(raw, '\\', raw_len);
    MUST(escaped == !!(v->flags & JSONL_ESCAPED), "flags %u of %.*s", v->flags, (int)raw_len, raw);
    MUST(escaped || (v->len == raw_len && memcmp(v->u.str, raw, raw_len) == 0), "%.*s is %.*s", (int)raw_len, raw,
         (int)v->len, v->u.str);
}

/* Spans, and the flags that each type may have. */
static void check_shape(const struct jsonl_value *v)
{
    static const uint8_t flags[] = {
        [JSONL_NULL] = 0,
        [JSONL_FALSE] = 0,
        [JSONL_TRUE] = 0,
        [JSONL_NUMBER] = JSONL_INTEGER,
        [JSONL_STRING] = JSONL_ESCAPED,
        [JSONL_ARRAY] = 0,
        [JSONL_OBJECT] = JSONL_DUPLICATE,
    };
    MUST(v->type < sizeof flags, "type %u", v->type);
    MUST((v->flags & ~flags[v->type]) == 0, "flags %u of type %u", v->flags, v->type);
    uint32_t span = 1, children = v->type == JSONL_ARRAY ? v->len : v->type == JSONL_OBJECT ? 2 * v->len : 0;
    for (uint32_t i = 0; i < children; i++) {
        MUST(span < v->span, "%u children in a span of %u", children, v->span);
        span += v[span].span;
    }
    MUST(span == v->span, "children of %u in all, span %u", span, v->span);
}

/* Names as records have them, and some that differ in little. */
static const char *const names[] = {"ts",
                                    "elapsed_s",
                                    "a",
                                    "b",
                                    "id",
                                    "test",
                                    "outcome",
                                    "model",
                                    "",
                                    "aa",
                                    "ab",
                                    "event",
                                    "summary",
                                    "model ",
                                    "abcdefgh",
                                    "abcdefghi",
                                    "0123456789abcde",
                                    "0123456789abcdef",
                                    "0123456789abcdef0123456789abcde",
                                    "0123456789abcdef0123456789abcdef",
                                    "a\"b",
                                    "\xc3\xa9"};
enum { NAMES = sizeof names / sizeof names[0] };

/* Of these each object on the way is looked through once. */
static const char *const paths[] = {"a", "a.a", "a.b", "a.a.a", "b", "model.id", "test.ts", "model", "b.a.b", ""};
enum { PATHS = sizeof paths / sizeof paths[0] };

static void check_paths(const struct jsonl_paths *p, const struct jsonl_value *root)
{
    const struct jsonl_value *values[PATHS];
    jsonl_paths_find(p, root, values);
    for (int i = 0; i < PATHS; i++) {
        char part[16];
        const struct jsonl_value *want = root;
        for (const char *s = paths[i]; s; s = strchr(s, '.') ? strchr(s, '.') + 1 : NULL) {
            snprintf(part, sizeof part, "%.*s", (int)strcspn(s, "."), s);
            want = jsonl_get(want, part);
        }
        MUST(values[i] == want, "path \"%s\" is %s", paths[i], values[i] ? "another value" : "not found");
    }
}

static void check_members(const struct jsonl_value *v)
{
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        if (memchr(key->u.str, '\0', key->len))
            continue;
        char *name = fuzz_need(malloc((size_t)key->len + 1));
        memcpy(name, key->u.str, key->len);
        name[key->len] = '\0';
        MUST(jsonl_get(v, name) == key + 1, "jsonl_get does not find member %u, \"%s\"", i, name);
        free(name);
    }
    for (int k = 0; k < NAMES; k++) {
        const struct jsonl_value *got = jsonl_get(v, names[k]);
        MUST(!got || jsonl_text_is(jsonl_text(got - 1), names[k]), "jsonl_get finds another than \"%s\"", names[k]);
    }
}

/* What the library knows of `names` and `paths`, made once. */
static struct {
    struct jsonl_names *names;
    struct jsonl_paths *paths;
    struct jsonl_parser *parser; /* knows `names` */
} known;

static void known_make(void)
{
    struct jsonl_text texts[NAMES];
    for (int i = 0; i < NAMES; i++)
        texts[i] = (struct jsonl_text){names[i], strlen(names[i])};
    known.names = fuzz_need(jsonl_names_new(texts, NAMES));
    known.paths = fuzz_need(jsonl_paths_new(paths, PATHS, known.names));
    known.parser = fuzz_need(jsonl_parser_new());
    MUST(jsonl_parser_use(known.parser, known.names), "out of memory");
}

/* The same text by a parser with other names: only the numbers of keys are others, and they are right. */
static void check_names(const char *text, size_t n, const struct jsonl_value *v)
{
    const struct jsonl_value *w = jsonl_parse(known.parser, text, n, NULL);
    MUST(w && w->span == v->span && jsonl_names_known(known.names, w), "a parser with names gives another result");
    MUST(!jsonl_names_known(known.names, v), "names of another table are known");
    check_paths(known.paths, w);
    check_paths(known.paths, v);
    for (uint32_t i = 0; i < w->span; i++) {
        const struct jsonl_value *key = &w[i + 1];
        for (uint32_t m = 0; w[i].type == JSONL_OBJECT && m < w[i].len; m++, key += 1 + key[1].span) {
            uint16_t want = JSONL_NAME_OTHER;
            for (uint16_t k = 0; k < NAMES; k++)
                if (strlen(names[k]) == key->len && memcmp(names[k], key->u.str, key->len) == 0)
                    want = (uint16_t)(k + 1);
            MUST(key->name == want, "key \"%.*s\" has number %u, not %u", (int)key->len, key->u.str, key->name, want);
        }
    }
}

/* A line with bytes behind it that mean something, but for the control character that must come first. */
static void check_behind(struct jsonl_parser *p, const char *text, size_t n, const struct jsonl_value *v,
                         const struct jsonl_error *err)
{
    static const char *const behind[] = {"\n\"}]:1,\"\"\\]}]}]}0123456789.5e5\"\"\"",
                                         "\r\n5]}]}]}]}]}]}]}]}]}]}]}]}]}]}]",
                                         "\0truefalsenull\\u0000\xff\xe2\x80\xa8\"\"\"\"\"\"\"\"\"\""};
    struct jsonl_error other;
    char *padded = fuzz_need(malloc(n + BEHIND));
    memcpy(padded, text, n);
    size_t i = n % (sizeof behind / sizeof behind[0]); /* one of them, for speed */
    memcpy(padded + n, behind[i], BEHIND);
    struct jsonl_line line = {.text = padded, .len = n, .raw = padded, .raw_len = n, .number = 1};
    const struct jsonl_value *w = jsonl_parse_line(p, &line, &other);
    MUST(!v == !w, "with %s behind the line: %s", behind[i], w ? "accepted" : other.message);
    if (w)
        MUST(fuzz_values_equal(v, w, 0), "other values with %s behind the line", behind[i]);
    else
        MUST(strncmp(err->message, other.message, strlen(err->message)) == 0 && err->line == other.line &&
                 err->byte == other.byte,
             "with %s behind the line: %s", behind[i], other.message);
    free(padded);
}

/* All values of a text that was accepted; p is a parser for their texts alone. */
static void check_values(struct jsonl_parser *p, const char *text, size_t n, const struct jsonl_value *v)
{
    size_t budget = n + 512; /* bytes to parse again: deep texts are quadratic */
    for (uint32_t i = 0; i < v->span; i++) {
        const struct jsonl_value *each = &v[i];
        MUST(each->at < n && (i == 0 || each->at > v[i - 1].at), "value %u at %u of %zu", i, each->at, n);
        size_t end = fuzz_value_end(text, n, each->at), len = end - each->at;
        check_shape(each);
        if (each->type == JSONL_NUMBER) {
            MUST(each->len == len, "a number of %u bytes, not %zu", each->len, len);
            check_number(text, each);
        } else if (each->type == JSONL_STRING) {
            check_string(text, each, end);
        } else if (each->type == JSONL_OBJECT) {
            check_members(each);
        }
        if (len > budget)
            continue;
        budget -= len;
        char *alone = fuzz_copy(text + each->at, len);
        const struct jsonl_value *again = jsonl_parse(p, alone, len, NULL);
        MUST(again && fuzz_values_equal(again, each, each->at), "value %u, %.*s, is another alone", i, (int)len, alone);
        free(alone);
    }
}

/* ---- What was parsed before ---- */

/* A parser that lives long, and what it has seen, as an input for this target. */
static struct {
    struct jsonl_parser *parser;
    char *seen;
    size_t len;
} old;
enum { SEEN_MAX = 1 << 20 };

static void old_begin(size_t n)
{
    if (!old.parser || old.len + n + 1 > SEEN_MAX) {
        jsonl_parser_free(old.parser);
        old.parser = fuzz_need(jsonl_parser_new());
        old.seen = fuzz_need(realloc(old.seen, SEEN_MAX + n + 1));
        old.len = 0;
    }
}

static void old_add(const char *text, size_t n)
{
    old_begin(n);
    memcpy(old.seen + old.len, text, n);
    old.len += n;
    old.seen[old.len++] = (char)SEPARATOR;
}

static void old_save(void)
{
    char name[64];
    snprintf(name, sizeof name, "%s/line-history", getenv("FUZZ_FINDINGS") ? getenv("FUZZ_FINDINGS") : ".");
    FILE *file = fopen(name, "w");
    if (file && fwrite(old.seen, 1, old.len, file) == old.len && fclose(file) == 0)
        fprintf(stderr, "it shows only after what was parsed before: repeat it with %s\n", name);
}

/* Parses with another parser; ends the process if the result is another. */
static void check_same(struct jsonl_parser *p, const char *text, size_t n, const struct jsonl_value *v,
                       const struct jsonl_error *err, bool is_old)
{
    struct jsonl_error other;
    const struct jsonl_value *w = jsonl_parse(p, text, n, &other);
    bool same = v && w ? v->span == w->span && fuzz_values_equal(v, w, 0)
                       : !v && !w && strcmp(err->message, other.message) == 0 && err->line == other.line &&
                             err->column == other.column && err->byte == other.byte;
    if (!same && is_old)
        old_save();
    MUST(same, "a parser that was used before gives another result: %s", w ? "other values" : other.message);
}

/* used: the parser of the texts before, or NULL. */
static void check_text(struct jsonl_parser *used, const char *bytes, size_t n)
{
    char *text = fuzz_copy(bytes, n);
    static struct jsonl_parser *p;
    if (!p) {
        p = fuzz_need(jsonl_parser_new());
        known_make();
    }
    struct jsonl_parser *fresh = fuzz_need(jsonl_parser_new());
    struct jsonl_error err;
    const struct jsonl_value *v = jsonl_parse(fresh, text, n, &err);
    if (used)
        check_same(used, text, n, v, &err, false);
    old_add(text, n);
    check_same(old.parser, text, n, v, &err, true);
    if (v) {
        check_values(p, text, n, v);
        check_names(text, n, v);
        judge_accepted(text, n, v);
    } else {
        fuzz_check_error(&err, text, n);
        judge_refused(text, n, &err);
    }
    check_behind(p, text, n, v, &err);
    jsonl_parser_free(fresh);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Of a text that is alone in its input nothing came before. */
    struct jsonl_parser *used = size && memchr(data, SEPARATOR, size) ? fuzz_need(jsonl_parser_new()) : NULL;
    for (const uint8_t *end = data + size, *next; data <= end; data = next + 1) {
        next = data < end ? memchr(data, SEPARATOR, (size_t)(end - data)) : NULL;
        next = next ? next : end;
        check_text(used, (const char *)data, (size_t)(next - data));
    }
    jsonl_parser_free(used);
    return 0;
}
