/* SPDX-License-Identifier: Apache-2.0
 * memplot - records in, a timeline out. */
#include "fold.h"
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Whether the locale's characters are UTF-8, by the variable that decides it. */
static bool locale_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = "";
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !*locale; i++)
        locale = getenv(names[i]) ? getenv(names[i]) : "";
    for (; *locale; locale++)
        if (!strncasecmp(locale, "utf-8", 5) || !strncasecmp(locale, "utf8", 4))
            return true;
    return false;
}

/* What COLUMNS says; else the columns of the terminal that is written to; else 80. */
static int terminal_width(const struct options *o)
{
    enum { LEAST = 20, USUAL = 80, MOST = 1000 };
    bool terminal = !o->output || !strcmp(o->output, "-");
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    if (width <= 0 && terminal)
        width = (long)jsonl_terminal_columns(STDOUT_FILENO);
    if (width <= 0)
        width = USUAL;
    return (int)(width < LEAST ? LEAST : width > MOST ? MOST : width);
}

/* Reads all input into the timeline and finishes it. */
static int input_read(struct timeline *t, const struct options *o, const char *const *files, size_t n)
{
    struct jsonl_input_stats stats;
    if (!fold_files(t, o->render.config, files, n, 0, &stats) || !timeline_finish(t)) {
        t->failed = true;
        return jsonl_tool_no_memory();
    }
    if (stats.failed)
        return JSONL_EXIT_IO;
    return o->strict && stats.bad ? JSONL_EXIT_FOUND : JSONL_EXIT_OK;
}

static void came_twice_say(size_t n, const char *what)
{
    if (n)
        jsonl_warn("warning: %zu %s%s came twice, drawn once", n, what, n == 1 ? "" : "s");
}

static void remarks_say(const struct timeline *t)
{
    if (t->overlaps)
        jsonl_warn("warning: %zu recording%s before an earlier one ends; the samples of %s are drawn as one line",
                   t->overlaps, t->overlaps == 1 ? " begins" : "s begin", t->overlaps == 1 ? "both" : "all");
    came_twice_say(t->duplicates, "sample");
    came_twice_say(t->duplicate_tests, "test");
}

static int output_failed(const struct options *o, const struct jsonl_error *err)
{
    jsonl_warn_at(jsonl_output_name(o->output), 0, 0, "%s", err->message);
    return JSONL_EXIT_IO;
}

/* No picture replaces the recording that it is of, or is added to it. */
static bool output_spares(const struct options *o, const char *const *files, size_t n)
{
    struct jsonl_error err;
    if (!jsonl_output_among(o->output, files, n))
        return true;
    jsonl_error_set(&err, "cannot write: it is an input, too");
    output_failed(o, &err);
    return false;
}

static int output_write(const struct timeline *t, const struct options *o)
{
    struct jsonl_error err;
    struct jsonl_output *out = jsonl_output_open(o->output, &err);
    if (!out)
        return output_failed(o, &err);
    if (!o->format->render(jsonl_output_writer(out), t, &o->render)) {
        jsonl_output_abandon(out);
        return jsonl_tool_no_memory();
    }
    return jsonl_output_close(out, &err) ? JSONL_EXIT_OK : output_failed(o, &err);
}

static int run(const struct options *o, const char *const *files, size_t n)
{
    struct timeline t;
    if (!output_spares(o, files, n))
        return JSONL_EXIT_IO;
    timeline_init(&t);
    int status = input_read(&t, o, files, n);
    if (t.failed) {
        /* said already */
    } else if (!t.samples && !t.tests) {
        jsonl_warn("no samples and no tests in the input");
        status = status == JSONL_EXIT_OK ? JSONL_EXIT_FOUND : status;
    } else {
        remarks_say(&t);
        int written = output_write(&t, o);
        status = written != JSONL_EXIT_OK ? written : status;
    }
    timeline_free(&t);
    return status;
}

int main(int argc, char **argv)
{
    struct options o;
    struct tool_operands files;
    struct jsonl_config config;
    struct jsonl_error err;
    const char *file = NULL;
    jsonl_tool("memplot");
    int status = options_parse(&o, argc, argv, &files);
    if (status != TOOL_GO)
        return status;
    if (!jsonl_config_load(&config, o.config, &file, &err)) {
        jsonl_warn_at(file ? file : "configuration", err.line, err.column, "%s", err.message);
        return JSONL_EXIT_USAGE;
    }
    o.render.config = &config;
    o.render.ascii = o.render.ascii || !locale_utf8();
    o.render.width = terminal_width(&o);
    status = run(&o, (const char *const *)files.at, files.n);
    jsonl_config_free(&config);
    return status;
}
