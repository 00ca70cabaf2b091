/* SPDX-License-Identifier: Apache-2.0
 * genreport, all of it: lines as a run, with others to compare it with, in every format.
 *
 * The first byte of the input says how Markdown is limited.  Lines up to a byte 0xff are the run, those up to the next
 * ones runs to compare with.  It holds:
 * - With a test in the run there is a report, and none without.
 * - The lines the other way round make the same report, byte for byte; as JSON Lines, the same lines.
 * - JSON is JSON, XML is well-formed; each line of JSON Lines is an object, and there is one for each test; rows of CSV
 *   have as many fields as the first, those of a table in Markdown, too; OpenMetrics ends in # EOF.
 * - Markdown has no control characters and keeps to its limit. */
#include "../../genreport/baseline.h"
#include "../../genreport/compare.h"
#include "../../genreport/format.h"
#include "../../genreport/input.h"
#include "../../genreport/lines.h"
#include "../../genreport/md_limit.h"
#include "support/fuzz.h"
#include "support/markup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BASELINES = 3, FORMATS = 8 };

static struct jsonl_config config;
static struct jsonl_parser *parser;

static void begin(void)
{
    fuzz_config(&config);
    parser = fuzz_need(jsonl_parser_new());
}

/* ---- What a report looks like, as text of each format */

static void check_json(struct jsonl_text t, enum jsonl_type type)
{
    struct jsonl_error err;
    const struct jsonl_value *v = jsonl_parse(parser, t.s, t.n, &err);
    MUST(v && v->type == type, "%s: %.*s", v ? "another type" : err.message, (int)t.n, t.s);
    for (uint32_t i = 0; i < v->span; i++)
        MUST(v[i].type != JSONL_OBJECT || !(v[i].flags & JSONL_DUPLICATE), "a member comes twice: %.*s", (int)t.n, t.s);
}

static const char *line_end(const char *s, const char *end)
{
    const char *nl = memchr(s, '\n', (size_t)(end - s));
    MUST(nl, "the last line has no end");
    return nl;
}

static void check_lines(struct jsonl_text t, size_t tests)
{
    size_t lines = 0;
    for (const char *s = t.s, *end = t.s + t.n, *nl; s < end; s = nl + 1, lines++) {
        nl = line_end(s, end);
        MUST(jsonl_parse(parser, s, (size_t)(nl - s), NULL), "%.*s", (int)(nl - s), s);
    }
    MUST(lines == tests, "%zu lines of %zu tests", lines, tests);
}

/* Fields of each row, RFC 4180. */
static void check_csv(struct jsonl_text t)
{
    size_t first = 0, fields = 1;
    bool quoted = false;
    for (size_t i = 0; i < t.n; i++) {
        quoted ^= t.s[i] == '"';
        fields += !quoted && t.s[i] == ',';
        if (quoted || t.s[i] != '\n')
            continue;
        first = first ? first : fields;
        MUST(fields == first, "%zu fields, not %zu, up to byte %zu", fields, first, i);
        fields = 1;
    }
    MUST(!quoted && fields == 1 && t.n > 0 && t.s[t.n - 1] == '\n', "it ends within a row");
}

/* Cells of a table's row, in which a \ or a `code` may hide a bar; a table is rows one after the other. */
static void check_markdown(struct jsonl_text t, size_t limit)
{
    size_t table = 0;
    for (const char *s = t.s, *end = t.s + t.n, *nl; s < end; s = nl + 1) {
        nl = line_end(s, end);
        size_t cells = 0;
        for (const char *p = s; *s == '|' && p < nl; p++) {
            cells += *p == '|';
            p += *p == '\\' && p + 1 < nl;
        }
        MUST(!table || !cells || cells == table, "%zu cells, not %zu: %.*s", cells, table, (int)(nl - s), s);
        table = cells;
    }
    MUST(!limit || t.n <= limit, "%zu bytes", t.n);
    markup_check_text(t, false);
}

static void check_openmetrics(struct jsonl_text t)
{
    static const char mark[] = "# EOF\n";
    MUST(t.n >= sizeof mark - 1 && memcmp(t.s + t.n - (sizeof mark - 1), mark, sizeof mark - 1) == 0, "no end");
    for (const char *s = t.s, *end = t.s + t.n, *nl; s < end; s = nl + 1) {
        nl = line_end(s, end);
        bool open = false;
        for (const char *p = s; *s != '#' && p < nl; p++) {
            open ^= *p == '"';
            p += *p == '\\';
        }
        MUST(nl > s && !open, "%.*s", (int)(nl - s), s);
    }
    uint32_t c;
    for (size_t i = 0, n; i < t.n; i += n) {
        n = fuzz_utf8(t.s + i, t.n - i, &c);
        MUST(n > 0, "byte %zu is no UTF-8", i);
    }
}

static void check_format(const char *name, struct jsonl_text t, const struct report *r)
{
    if (strcmp(name, "markdown") == 0)
        check_markdown(t, r->max_bytes);
    else if (strcmp(name, "json") == 0)
        check_json(t, JSONL_OBJECT);
    else if (strcmp(name, "jsonl") == 0)
        check_lines(t, r->totals.tests);
    else if (strcmp(name, "csv") == 0)
        check_csv(t);
    else if (strcmp(name, "openmetrics") == 0)
        check_openmetrics(t);
    else if (strcmp(name, "junit") == 0)
        markup_check_xml(t, "testsuites");
    else
        check_json(t, JSONL_ARRAY);
}

/* ---- Reports */

/* All formats of a report, each in a writer; none has any if there are no tests. */
struct made {
    struct jsonl_writer *w[FORMATS];
};

/* files: of the run, and of those to compare it with. */
static struct made make(const char *const *files, size_t n, size_t max_bytes)
{
    struct run run;
    struct lines lines = {0};
    struct report_source source;
    struct jsonl_input_stats stats;
    struct report report;
    struct baseline baselines[BASELINES];
    struct made made = {{NULL}};
    MUST(run_init(&run), "no memory");
    run.lines = &lines;
    MUST(input_read(files, 1, 0, &run, &config, &source, &stats), "no memory");
    MUST(stats.failed == 0, "its file is lost");
    if (run.tests_len > 0) {
        MUST(report_make(&report, &run, &config, &source, 1, 1.8e9), "no memory");
        report.lines = &lines;
        report.max_bytes = max_bytes;
        MUST(baselines_read(baselines, files + 1, n - 1, &config, &stats), "no memory");
        MUST(n == 1 || report_compare(&report, &run, baselines, n - 1), "no memory");
        for (size_t i = 0; i < formats_len; i++) {
            made.w[i] = fuzz_need(jsonl_writer_new(-1));
            MUST(formats[i].render(made.w[i], &report) && !jsonl_writer_error(made.w[i]), "no memory");
            check_format(formats[i].name, jsonl_writer_text(made.w[i]), &report);
        }
        baselines_free(baselines, n - 1);
        report_free(&report);
    }
    run_free(&run);
    lines_free(&lines);
    return made;
}

static void made_free(struct made *m)
{
    for (size_t i = 0; i < FORMATS; i++)
        jsonl_writer_free(m->w[i]);
}

/* Each line that is not blank, with an end, of a text that ends in NUL; or these lines from the last to the first.
 * free() it. */
static struct jsonl_text turn(const char *s, size_t n, bool backwards)
{
    char *to = fuzz_need(malloc(n + 1));
    size_t out = backwards ? n + 1 : 0;
    for (const char *end = s + n, *nl; s < end; s = nl + 1) {
        nl = memchr(s, '\n', (size_t)(end - s));
        nl = nl ? nl : end;
        size_t len = (size_t)(nl - s);
        if (len == strspn(s, " \t\r") || strncmp(s, "\xef\xbb\xbf", 3) == 0) /* which counts in the first line alone */
            continue;
        out -= backwards ? len + 1 : 0;
        memcpy(to + out, s, len);
        to[out + len] = '\n';
        out += backwards ? 0 : len + 1;
    }
    size_t all = backwards ? n + 1 - out : out;
    if (backwards)
        memmove(to, to + out, all);
    return (struct jsonl_text){to, all};
}

static int line_compare(const void *a, const void *b)
{
    return jsonl_text_compare(*(const struct jsonl_text *)a, *(const struct jsonl_text *)b);
}

/* The same lines in any order. */
static void check_same_lines(struct jsonl_text a, struct jsonl_text b)
{
    struct jsonl_text text[2] = {a, b}, *list[2];
    size_t n[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        list[k] = fuzz_need(malloc((text[k].n + 1) * sizeof *list[k]));
        for (const char *s = text[k].s, *end = s + text[k].n, *nl; s < end; s = nl + 1) {
            nl = line_end(s, end);
            list[k][n[k]++] = (struct jsonl_text){s, (size_t)(nl - s)};
        }
        qsort(list[k], n[k], sizeof *list[k], line_compare);
    }
    MUST(n[0] == n[1], "%zu lines, then %zu", n[0], n[1]);
    for (size_t i = 0; i < n[0]; i++)
        MUST(jsonl_text_compare(list[0][i], list[1][i]) == 0, "%.*s, then %.*s", (int)list[0][i].n, list[0][i].s,
             (int)list[1][i].n, list[1][i].s);
    free(list[0]);
    free(list[1]);
}

static void check_same(const struct made *a, const struct made *b)
{
    for (size_t i = 0; i < formats_len; i++) {
        MUST(!a->w[i] == !b->w[i], "backwards there is %s report", a->w[i] ? "no" : "a");
        if (!a->w[i])
            continue;
        struct jsonl_text s = jsonl_writer_text(a->w[i]), t = jsonl_writer_text(b->w[i]);
        if (formats[i].needs_lines)
            check_same_lines(s, t);
        else
            MUST(jsonl_text_compare(s, t) == 0, "%s:\n%.*s\nbackwards:\n%.*s", formats[i].name, (int)s.n, s.s, (int)t.n,
                 t.s);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct made made[2];
    struct fuzz_path path[1 + BASELINES];
    const char *files[1 + BASELINES];
    if (!parser)
        begin();
    size_t max_bytes = fuzz_take(&data, &size);
    max_bytes = max_bytes & 1 ? MD_LIMIT_MIN + (max_bytes >> 1) * 16 : 0;
    for (int backwards = 0; backwards < 2; backwards++) {
        int fds[1 + BASELINES];
        size_t n = 0;
        for (size_t at = 0; n <= BASELINES && (at < size || n == 0); n++) {
            const uint8_t *mark = at < size ? memchr(data + at, 0xff, size - at) : NULL;
            size_t len = mark ? (size_t)(mark - data) - at : size - at;
            char *copy = fuzz_need(malloc(len + 1));
            if (len)
                memcpy(copy, data + at, len);
            copy[len] = '\0';
            struct jsonl_text text = turn(copy, len, backwards);
            fds[n] = fuzz_file(text.s, text.n);
            path[n] = fuzz_path(fds[n]);
            files[n] = path[n].s;
            free((void *)(uintptr_t)text.s);
            free(copy);
            at += len + 1;
        }
        made[backwards] = make(files, n, max_bytes);
        for (size_t i = 0; i < n; i++)
            close(fds[i]);
    }
    check_same(&made[0], &made[1]);
    made_free(&made[0]);
    made_free(&made[1]);
    return 0;
}
