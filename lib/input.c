/* SPDX-License-Identifier: Apache-2.0
 * All records of some files: what cannot be read is said and passed over. */
#include "jsonl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 10 }; /* messages about lines, then only a count */

struct jsonl_input {
    const char *const *files;
    size_t files_len;
    size_t next; /* file to open next */
    struct jsonl_reader *reader;
    struct jsonl_parser *parser;
    struct jsonl_line line;
    enum jsonl_kind kind; /* of the current record */
    size_t complaints;    /* lines that deserved a message */
    struct jsonl_input_stats stats;
};

struct jsonl_input *jsonl_input_open(const char *const *files, size_t n)
{
    static const char *const standard_input[] = {"-"};
    struct jsonl_input *in = calloc(1, sizeof *in);
    if (!in)
        return NULL;
    in->parser = jsonl_parser_new();
    if (!in->parser) {
        free(in);
        return NULL;
    }
    in->files = n ? files : standard_input;
    in->files_len = n ? n : 1;
    return in;
}

/* Counts a complaint; true: it is among the first, so say it. */
static bool is_shown(struct jsonl_input *in)
{
    return in->complaints++ < SHOWN_MAX;
}

/* The next file that can be opened; false: none is left. */
static bool open_next(struct jsonl_input *in)
{
    while (in->next < in->files_len) {
        struct jsonl_error err;
        const char *path = in->files[in->next++];
        in->reader = jsonl_reader_open(path, 0, &err);
        if (in->reader)
            return true;
        jsonl_warn_at(path, 0, 0, "%s", err.message);
        in->stats.failed++;
    }
    return false;
}

/* The next line with something in it; false: the file ends. */
static bool next_line(struct jsonl_input *in)
{
    struct jsonl_error err;
    int got;
    do
        got = jsonl_reader_line(in->reader, &in->line, &err);
    while (got == 1 && jsonl_line_blank(&in->line));
    if (got < 0) {
        jsonl_warn_at(jsonl_reader_name(in->reader), 0, 0, "%s", err.message);
        in->stats.failed++;
    }
    return got == 1;
}

/* The current line's value; NULL: it was refused, and that was said. */
static const struct jsonl_value *parse_line(struct jsonl_input *in)
{
    const struct jsonl_line *line = &in->line;
    const char *name = jsonl_reader_name(in->reader);
    struct jsonl_error err;
    if (line->too_long) {
        if (is_shown(in))
            jsonl_warn_at(name, line->number, 0, "the line is longer than %zu MiB", JSONL_LINE_MAX >> 20);
        in->stats.bad++;
        return NULL;
    }
    const struct jsonl_value *root = jsonl_parse_line(in->parser, line, &err);
    if (root && root->type == JSONL_OBJECT)
        return root;
    if (root)
        jsonl_error_set(&err, "an object was expected");
    if (!root && line->unended) {
        if (is_shown(in))
            jsonl_warn_at(name, line->number, err.column,
                          "the last line is cut off, its producer was probably stopped");
        in->stats.truncated++;
        return NULL;
    }
    if (is_shown(in))
        jsonl_warn_at(name, line->number, err.column, "%s", err.message);
    in->stats.bad++;
    return NULL;
}

bool jsonl_input_next(struct jsonl_input *in, struct jsonl_record *record)
{
    for (;;) {
        if (!in->reader && !open_next(in))
            return false;
        if (!next_line(in)) {
            jsonl_reader_close(in->reader);
            in->reader = NULL;
            continue;
        }
        const struct jsonl_value *root = parse_line(in);
        if (!root)
            continue;
        in->kind = jsonl_kind(root);
        in->stats.records++;
        in->stats.kinds[in->kind]++;
        *record = (struct jsonl_record){
            .file = jsonl_reader_name(in->reader),
            .line = in->line.number,
            .text = in->line.text,
            .len = in->line.len,
            .root = root,
            .kind = in->kind,
        };
        return true;
    }
}

void jsonl_input_reject(struct jsonl_input *in, const char *format, ...)
{
    in->stats.bad++;
    in->stats.records--;
    in->stats.kinds[in->kind]--;
    if (!is_shown(in))
        return;
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    jsonl_warn_at(jsonl_reader_name(in->reader), in->line.number, 0, "%s", message);
}

struct jsonl_input_stats jsonl_input_close(struct jsonl_input *in)
{
    struct jsonl_input_stats stats = in->stats;
    if (in->complaints > SHOWN_MAX)
        jsonl_warn("%zu more lines with problems, not shown", in->complaints - SHOWN_MAX);
    jsonl_reader_close(in->reader);
    jsonl_parser_free(in->parser);
    free(in);
    return stats;
}
