/* SPDX-License-Identifier: Apache-2.0
 * jsonl_paths_find, against jsonl_get.
 *
 * Up to the first line end the input is paths, with blanks between them; the rest is lines.  It holds:
 * - Paths that differ are not refused.
 * - What stands at a path is what jsonl_get finds name by name; by a parser that has the names, one that has others,
 *   and one that has none. */
#include "support/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { PATHS = 12, PATH = 40 };

struct wanted {
    char text[PATHS][PATH]; /* strings */
    const char *at[PATHS];
    size_t n;
};

/* Those that are strings, neither empty nor long. */
static void paths_read(struct wanted *p, const char *s, size_t n)
{
    p->n = 0;
    for (const char *end = s + n, *to; s < end && p->n < PATHS; s = to + 1) {
        to = memchr(s, ' ', (size_t)(end - s));
        to = to ? to : end;
        size_t len = (size_t)(to - s);
        if (len == 0 || len >= PATH || memchr(s, '\0', len))
            continue;
        memcpy(p->text[p->n], s, len);
        p->text[p->n][len] = '\0';
        p->at[p->n] = p->text[p->n];
        p->n++;
    }
}

static bool has_twice(const struct wanted *p)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(p->at[i], p->at[k]) == 0)
                return true;
    return false;
}

static const struct jsonl_value *follow(const struct jsonl_value *v, const char *path)
{
    char part[PATH];
    for (const char *s = path;; s++) {
        size_t n = strcspn(s, ".");
        memcpy(part, s, n);
        part[n] = '\0';
        v = jsonl_get(v, part);
        s += n;
        if (!*s)
            return v;
    }
}

static void check_line(const struct jsonl_paths *paths, const struct wanted *p, struct jsonl_parser *parser,
                       const char *s, size_t n)
{
    const struct jsonl_value *found[PATHS];
    char *line = fuzz_copy(s, n);
    const struct jsonl_value *root = jsonl_parse(parser, line, n, NULL);
    if (root) {
        jsonl_paths_find(paths, root, found);
        for (size_t i = 0; i < p->n; i++)
            MUST(found[i] == follow(root, p->at[i]), "%s", p->at[i]);
    }
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wanted p;
    const uint8_t *nl = size ? memchr(data, '\n', size) : NULL;
    size_t n = nl ? (size_t)(nl - data) : size;
    paths_read(&p, (const char *)data, n);
    if (has_twice(&p))
        return -1;
    struct jsonl_paths *paths = fuzz_need(jsonl_paths_new(p.at, p.n, NULL));
    struct jsonl_parser *parsers[3];
    for (int i = 0; i < 3; i++)
        parsers[i] = fuzz_need(jsonl_parser_new());
    MUST(jsonl_parser_use(parsers[0], jsonl_paths_names(paths)), "no memory");
    MUST(jsonl_parser_use(parsers[1], NULL), "no memory");
    for (const char *s = (const char *)data + n + 1, *end = (const char *)data + size, *to; s < end; s = to + 1) {
        to = memchr(s, '\n', (size_t)(end - s));
        to = to ? to : end;
        for (int i = 0; i < 3; i++)
            check_line(paths, &p, parsers[i], s, (size_t)(to - s));
    }
    for (int i = 0; i < 3; i++)
        jsonl_parser_free(parsers[i]);
    jsonl_paths_free(paths);
    return 0;
}
