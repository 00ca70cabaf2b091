/* SPDX-License-Identifier: Apache-2.0
 * suite-list FILE: the groups of a file of JSON Schema's test suite, for conformance.sh: a line S, description, schema
 * for each, and after it the lines T, true or false, description, data of its tests; separated by tabs.  Schemas and
 * data are as the file has them, to the last digit, but on one line. */
#include "jsonl.h"

#include <string.h>

/* The bytes of the JSON text of a value that starts at s. */
static size_t extent(const char *s, const char *end)
{
    size_t depth = 0, i = 0;
    bool in_string = false;
    for (; s + i < end; i++) {
        char c = s[i];
        if (in_string) {
            i += c == '\\';
            in_string = c != '"';
            if (in_string || depth > 0)
                continue;
            return i + 1;
        }
        in_string = c == '"';
        if (c == '[' || c == '{')
            depth++;
        else if ((c == ']' || c == '}') && depth > 0 && --depth == 0)
            return i + 1;
        else if (depth == 0 && strchr(",]} \t\r\n", c))
            return i;
    }
    return i;
}

static void value_write(struct jsonl_writer *w, struct jsonl_text text, const struct jsonl_value *v)
{
    size_t n = v ? extent(text.s + v->at, text.s + text.n) : 0;
    for (size_t i = 0; i < n; i++) {
        char c = text.s[v->at + i];
        jsonl_write(w, strchr("\t\r\n", c) ? " " : &text.s[v->at + i], 1);
    }
}

static void field_write(struct jsonl_writer *w, const struct jsonl_value *v)
{
    struct jsonl_text t = jsonl_text(v);
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, t);
    jsonl_puts(w, "\t");
}

static void group_write(struct jsonl_writer *w, struct jsonl_text text, const struct jsonl_value *group)
{
    jsonl_puts(w, "S\t");
    field_write(w, jsonl_get(group, "description"));
    value_write(w, text, jsonl_get(group, "schema"));
    jsonl_puts(w, "\n");
    const struct jsonl_value *tests = jsonl_get(group, "tests"), *test = tests + 1;
    for (uint32_t i = 0; tests && i < tests->len; i++, test += test->span) {
        const struct jsonl_value *valid = jsonl_get(test, "valid");
        jsonl_puts(w, valid && valid->type == JSONL_TRUE ? "T\ttrue\t" : "T\tfalse\t");
        field_write(w, jsonl_get(test, "description"));
        value_write(w, text, jsonl_get(test, "data"));
        jsonl_puts(w, "\n");
    }
}

int main(int argc, char **argv)
{
    struct jsonl_error error = {0};
    jsonl_tool("suite-list");
    struct jsonl_document *d = argc == 2 ? jsonl_document_load(argv[1], &error) : NULL;
    struct jsonl_writer *w = jsonl_writer_new(1);
    if (!d || !w) {
        jsonl_warn_at(argc == 2 ? argv[1] : "usage", error.line, error.column, "%s",
                      d ? "out of memory" : error.message);
        return 2;
    }
    const struct jsonl_value *root = jsonl_document_root(d), *group = root + 1;
    for (uint32_t i = 0; root->type == JSONL_ARRAY && i < root->len; i++, group += group->span)
        group_write(w, jsonl_document_text(d), group);
    int failed = jsonl_writer_flush(w);
    jsonl_writer_free(w);
    jsonl_document_free(d);
    return failed ? JSONL_EXIT_IO : 0;
}
