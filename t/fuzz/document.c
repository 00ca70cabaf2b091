/* SPDX-License-Identifier: Apache-2.0
 * jsonl_document_parse: JSON and YAML as one value, its jansson tree, and where its values stand.
 *
 * The first byte of the input chooses the ending of the name, the rest is the document.
 * - By a .json name it is what jsonl_parse makes of the text without a byte order mark, or refused with the same words.
 * - By a .yaml name it is refused with a place in the document, or what comes out is JSON with a place for each value.
 *   JSON is YAML: if both accept it, the values are the same, unless it holds a raw U+0085, U+2028 or U+2029, which
 *   libyaml takes for line ends.
 * - By another name it is one of the two, chosen by its first character.
 * - jsonl_to_json gives the tree that jansson gives for the document's text, but for numbers and names that jansson
 *   cannot hold, where it gives NULL, or a real number for an integer beyond 64 bits.
 * - Values stand where jsonl_document_locate says: for JSON by counting; for YAML within the document, a number where
 * one is written, or the alias, anchor or tag of one. */
#include "support/fuzz.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_text without_mark(struct jsonl_text t)
{
    if (t.n >= 3 && memcmp(t.s, "\xef\xbb\xbf", 3) == 0)
        return (struct jsonl_text){t.s + 3, t.n - 3};
    return t;
}

static size_t count(struct jsonl_text t, const char *what)
{
    size_t n = 0, len = strlen(what);
    for (size_t i = 0; i + len <= t.n; i++)
        n += memcmp(t.s + i, what, len) == 0;
    return n;
}

/* Line ends as libyaml counts them; CRLF is counted twice, which is harmless for a bound. */
static size_t count_lines(struct jsonl_text t)
{
    return 1 + count(t, "\n") + count(t, "\r") + count(t, "\xc2\x85") + count(t, "\xe2\x80\xa8") +
           count(t, "\xe2\x80\xa9");
}

static bool has_yaml_line_end(struct jsonl_text t)
{
    return count(t, "\xc2\x85") + count(t, "\xe2\x80\xa8") + count(t, "\xe2\x80\xa9") > 0;
}

static void check_tree(const struct jsonl_document *d)
{
    struct jsonl_text text = jsonl_document_text(d);
    const struct jsonl_value *root = jsonl_document_root(d);
    json_error_t error;
    json_t *want = json_loadb(text.s, text.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    json_t *tree = jsonl_to_json(text.s, root);
    bool cannot = false;
    for (uint32_t i = 0; i < root->span; i++) {
        cannot |= root[i].type == JSONL_NUMBER && isinf(root[i].u.num);
        cannot |= root[i].type == JSONL_STRING && memchr(root[i].u.str, '\0', root[i].len);
    }
    MUST(tree || cannot, "no tree of %.*s", (int)text.n, text.s);
    if (tree && want)
        MUST(json_equal(tree, want), "another tree of %.*s", (int)text.n, text.s);
    json_decref(tree);
    json_decref(want);
}

/* The character at a place of a YAML text without line ends but LF; 0: there is none. */
static char char_at(struct jsonl_text t, size_t line, size_t column)
{
    const char *p = t.s, *end = t.s + t.n;
    for (size_t i = 1; i < line && p; i++)
        if ((p = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL))
            p++;
    uint32_t c;
    for (size_t i = 1; i < column && p && p < end; i++)
        p += fuzz_utf8(p, (size_t)(end - p), &c);
    return p && p < end ? *p : '\0';
}

static void check_places(const struct jsonl_document *d, struct jsonl_text source, bool yaml)
{
    struct jsonl_text text = jsonl_document_text(d);
    const struct jsonl_value *root = jsonl_document_root(d);
    bool plain = !has_yaml_line_end(source) && !count(source, "\r");
    size_t lines = yaml ? count_lines(source) : 0, at = 0, want_line = 1, want_column = 1;
    for (uint32_t i = 0; i < root->span; i++) {
        size_t line = 0, column = 0;
        jsonl_document_locate(d, &root[i], &line, &column);
        MUST(line >= 1 && column >= 1, "value %u stands at %zu:%zu", i, line, column);
        if (yaml) {
            MUST(line <= lines + 1 && column <= source.n + 1, "value %u stands at %zu:%zu of %zu lines", i, line,
                 column, lines);
            char c = char_at(without_mark(source), line, column);
            MUST(!plain || root[i].type != JSONL_NUMBER || (c && strchr("+-.0123456789*&!", c)),
                 "number %u stands at %zu:%zu, where %c is", i, line, column, c);
            continue;
        }
        for (; at < root[i].at; at++) {
            want_column += (unsigned char)text.s[at] >> 6 != 2;
            if (text.s[at] == '\n') {
                want_line++;
                want_column = 1;
            }
        }
        MUST(line == want_line && column == want_column, "value %u stands at %zu:%zu, not %zu:%zu", i, line, column,
             want_line, want_column);
    }
}

static void check_yaml_error(const struct jsonl_error *err, struct jsonl_text source)
{
    size_t len = strnlen(err->message, sizeof err->message);
    MUST(len > 0 && len < sizeof err->message, "the message is empty or has no end");
    MUST(err->line >= 1 && err->line <= count_lines(source) + 1, "line %zu: %s", err->line, err->message);
    MUST(err->column <= source.n + 1 && err->byte <= source.n + 1, "column %zu, byte %zu: %s", err->column, err->byte,
         err->message);
}

/* The same values, wherever they stand and however they were written. */
static bool same(const struct jsonl_value *a, const struct jsonl_value *b)
{
    for (uint32_t i = 0; i < a->span; i++) {
        if (a[i].type != b[i].type || a[i].span != b[i].span)
            return false;
        if (a[i].type == JSONL_NUMBER && memcmp(&a[i].u.num, &b[i].u.num, sizeof a[i].u.num) != 0)
            return false;
        if (a[i].type == JSONL_STRING && (a[i].len != b[i].len || memcmp(a[i].u.str, b[i].u.str, a[i].len) != 0))
            return false;
    }
    return true;
}

static struct jsonl_document *parse(const char *name, struct jsonl_text source, struct jsonl_error *err)
{
    char *exact = fuzz_copy(source.s, source.n); /* it may go: a document keeps its own */
    struct jsonl_document *d = jsonl_document_parse(name, (struct jsonl_text){exact, source.n}, err);
    free(exact);
    if (d)
        check_tree(d);
    return d;
}

static void check_json(const struct jsonl_document *d, struct jsonl_text source, const struct jsonl_error *err)
{
    static struct jsonl_parser *p;
    struct jsonl_error other;
    p = p ? p : fuzz_need(jsonl_parser_new());
    struct jsonl_text text = without_mark(source);
    const struct jsonl_value *v = jsonl_parse(p, text.s, text.n, &other);
    MUST(!v == !d, "%s", d ? other.message : err->message);
    if (d) {
        MUST(fuzz_values_equal(v, jsonl_document_root(d), 0), "other values");
        check_places(d, source, false);
    } else {
        MUST(strcmp(err->message, other.message) == 0 && err->line == other.line && err->column == other.column,
             "%s, not %s", err->message, other.message);
        MUST(err->byte <= source.n + 1, "byte %zu of %zu", err->byte, source.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a.json", "a.yaml", "a"};
    uint8_t choice = fuzz_take(&data, &size) % 3;
    struct jsonl_text source = {(const char *)data, size};
    struct jsonl_error json_err, yaml_err, err;
    struct jsonl_document *json = parse(names[0], source, &json_err);
    struct jsonl_document *yaml = parse(names[1], source, &yaml_err);
    struct jsonl_document *d = parse(names[choice], source, &err);
    check_json(json, source, &json_err);
    if (yaml)
        check_places(yaml, source, true);
    else
        check_yaml_error(&yaml_err, source);
    if (json && yaml && !has_yaml_line_end(source))
        MUST(same(jsonl_document_root(json), jsonl_document_root(yaml)), "JSON is another document as YAML: %.*s",
             (int)jsonl_document_text(yaml).n, jsonl_document_text(yaml).s);
    bool as_json = choice == 0, as_yaml = choice == 1;
    if (choice == 2) {
        struct jsonl_text text = without_mark(source);
        while (text.n && memchr(" \t\r\n", text.s[0], 4))
            text = (struct jsonl_text){text.s + 1, text.n - 1};
        as_json = text.n && (text.s[0] == '{' || text.s[0] == '[');
        as_yaml = !as_json;
    }
    MUST(!as_json || !d == !json, "%s", err.message);
    MUST(!as_yaml || !d == !yaml, "%s", err.message);
    jsonl_document_free(json);
    jsonl_document_free(yaml);
    jsonl_document_free(d);
    return 0;
}
