/* SPDX-License-Identifier: Apache-2.0
 * libjsonl: every line parsed into its flat array of values.
 *
 *     parse_jsonl          by jsonl_reader_line
 *     parse_jsonl blocks   by jsonl_reader_block, as programs with threads read */
#include "jsonl.h"

#include <stdio.h>

static int refuse(const struct jsonl_error *err, size_t line)
{
    jsonl_warn_at("(standard input)", line, err->column, "%s", err->message);
    return JSONL_EXIT_FOUND;
}

static int parse_lines(struct jsonl_reader *r, struct jsonl_parser *p, size_t *count)
{
    struct jsonl_line line;
    struct jsonl_error err;
    int more;
    while ((more = jsonl_reader_line(r, &line, &err)) == 1) {
        if (!jsonl_parse_line(p, &line, &err))
            return refuse(&err, line.number);
        ++*count;
    }
    return more < 0 ? refuse(&err, 0) : JSONL_EXIT_OK;
}

static int parse_blocks(struct jsonl_reader *r, struct jsonl_parser *p, size_t *count)
{
    struct jsonl_block *block;
    struct jsonl_error err;
    int more;
    while ((more = jsonl_reader_block(r, &block, &err)) == 1) {
        struct jsonl_line line = {0};
        size_t cursor = 0;
        while (jsonl_block_line(block, &cursor, &line)) {
            if (!jsonl_parse_line(p, &line, &err)) {
                jsonl_block_free(block);
                return refuse(&err, line.number);
            }
            ++*count;
        }
        jsonl_block_free(block);
    }
    return more < 0 ? refuse(&err, 0) : JSONL_EXIT_OK;
}

int main(int argc, char **argv)
{
    (void)argv;
    jsonl_tool("parse_jsonl");
    struct jsonl_error err;
    struct jsonl_reader *reader = jsonl_reader_open("-", 0, &err);
    struct jsonl_parser *parser = jsonl_parser_new();
    if (!reader || !parser)
        return JSONL_EXIT_IO;
    size_t count = 0;
    int status = argc > 1 ? parse_blocks(reader, parser, &count) : parse_lines(reader, parser, &count);
    jsonl_parser_free(parser);
    jsonl_reader_close(reader);
    if (status == JSONL_EXIT_OK && (printf("%zu\n", count) < 0 || fflush(stdout)))
        status = JSONL_EXIT_IO;
    return status;
}
