/* SPDX-License-Identifier: Apache-2.0
 * All records of some files, one by one: what cannot be read is said and passed over. */
#include "input.h"

#include <stdio.h>
#include <stdlib.h>

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

/* ---- A line */

enum input_verdict input_line_read(struct jsonl_parser *p, const struct jsonl_line *line, struct jsonl_record *record,
                                   struct jsonl_error *err)
{
    if (line->too_long) {
        jsonl_error_set(err, "the line is longer than %zu MiB", JSONL_LINE_MAX >> 20);
        err->column = 1;
        return INPUT_BAD;
    }
    const struct jsonl_value *root = jsonl_parse_line(p, line, err);
    if (!root && err->byte == 0)
        return INPUT_NO_MEMORY;
    if (!root && jsonl_line_cut(line, err)) {
        size_t column = err->column;
        jsonl_error_set(err, "the last line is cut off, its producer was probably stopped");
        err->column = column;
        return INPUT_TRUNCATED;
    }
    if (!root) {
        struct jsonl_error why = *err;
        jsonl_error_set(err, "not JSON: %s", why.message);
        err->column = why.column;
        return INPUT_BAD;
    }
    if (root->type != JSONL_OBJECT) {
        jsonl_error_set(err, "a record should be an object");
        err->column = root->at + 1;
        return INPUT_BAD;
    }
    *record = (struct jsonl_record){
        .line = line->number, .text = line->text, .len = line->len, .root = root, .kind = jsonl_kind(root)};
    return INPUT_RECORD;
}

void input_count(struct jsonl_input_stats *stats, enum input_verdict verdict, enum jsonl_kind kind)
{
    stats->bad += verdict == INPUT_BAD;
    stats->failed += verdict == INPUT_NO_MEMORY;
    stats->truncated += verdict == INPUT_TRUNCATED;
    stats->records += verdict == INPUT_RECORD;
    stats->kinds[kind] += verdict == INPUT_RECORD;
}

void input_uncount(struct jsonl_input_stats *stats, enum jsonl_kind kind)
{
    stats->bad++;
    stats->records--;
    stats->kinds[kind]--;
}

void input_say_rest(size_t complaints)
{
    if (complaints > INPUT_SHOWN_MAX)
        jsonl_warn("%zu more lines with problems, not shown", complaints - INPUT_SHOWN_MAX);
}

/* ---- Files */

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

/* Of the current line, if it is among the first that are complained of. */
static void complain(struct jsonl_input *in, size_t column, const char *message)
{
    if (in->complaints++ < INPUT_SHOWN_MAX)
        jsonl_warn_at(jsonl_reader_name(in->reader), in->line.number, column, "%s", message);
}

bool jsonl_input_next(struct jsonl_input *in, struct jsonl_record *record)
{
    for (;;) {
        struct jsonl_error err;
        if (!in->reader && !open_next(in))
            return false;
        if (!next_line(in)) {
            jsonl_reader_close(in->reader);
            in->reader = NULL;
            continue;
        }
        enum input_verdict verdict = input_line_read(in->parser, &in->line, record, &err);
        in->kind = verdict == INPUT_RECORD ? record->kind : JSONL_KIND_OTHER;
        input_count(&in->stats, verdict, in->kind);
        if (verdict == INPUT_RECORD) {
            record->file = jsonl_reader_name(in->reader);
            return true;
        }
        complain(in, err.column, err.message);
    }
}

void jsonl_input_reject(struct jsonl_input *in, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    input_uncount(&in->stats, in->kind);
    complain(in, 0, message);
}

struct jsonl_input_stats jsonl_input_close(struct jsonl_input *in)
{
    struct jsonl_input_stats stats = in->stats;
    input_say_rest(in->complaints);
    jsonl_reader_close(in->reader);
    jsonl_parser_free(in->parser);
    free(in);
    return stats;
}
