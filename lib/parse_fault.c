/* SPDX-License-Identifier: Apache-2.0
 * Why a text was refused, and where. */
#include "parse.h"

#include <stdio.h>

const char *parse_refuse(struct jsonl_parser *p, const char *message, const char *at)
{
    p->fault = (struct parse_fault){message, at, false};
    return NULL;
}

const char *parse_refuse_found(struct jsonl_parser *p, const char *message, const char *at)
{
    p->fault = (struct parse_fault){message, at, true};
    return NULL;
}

/* What stands at the fault, or nothing where it could not be shown. */
static void found_describe(const struct jsonl_parser *p, char *to, size_t size)
{
    unsigned char c = (unsigned char)*p->fault.at;
    to[0] = '\0';
    if (!p->fault.found)
        return;
    if (p->fault.at == p->end)
        snprintf(to, size, ", the text ends");
    else if (c == '\n')
        snprintf(to, size, ", found a line end");
    else if (c >= 0x20 && c < 0x7f)
        snprintf(to, size, ", found '%c'", c);
    else if (c < 0x80)
        snprintf(to, size, ", found \\x%02x", c);
}

void parse_fault_explain(const struct jsonl_parser *p, struct jsonl_error *err)
{
    char found[24];
    if (!err)
        return;
    if (!p->fault.message) {
        jsonl_error_set(err, "out of memory");
        return;
    }
    found_describe(p, found, sizeof found);
    jsonl_error_set(err, "%s%s", p->fault.message, found);
    err->line = 1;
    const char *line = p->text;
    for (const char *nl; (nl = memchr(line, '\n', (size_t)(p->fault.at - line)));) {
        line = nl + 1;
        err->line++;
    }
    err->byte = (size_t)(p->fault.at - line) + 1;
    err->column = 1;
    for (const char *c = line; c < p->fault.at; c++)
        err->column += ((unsigned char)*c & 0xc0) != 0x80;
}
