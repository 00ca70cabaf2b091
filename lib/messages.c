/* SPDX-License-Identifier: Apache-2.0
 * What a tool says on stderr. */
#include "jsonl.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *tool_name = "jsonl";

void jsonl_tool(const char *name)
{
    tool_name = name;
    signal(SIGPIPE, SIG_IGN);
}

/* One write for one message, so that messages of several processes do not mix within a line. */
static void JSONL_PRINTF(4, 0) say(const char *file, size_t line, size_t column, const char *format, va_list args)
{
    char message[8192];
    int n = vsnprintf(message, sizeof message, format, args);
    struct jsonl_writer *w = jsonl_writer_new(STDERR_FILENO);
    if (!w)
        return;
    jsonl_printf(w, "%s: ", tool_name);
    if (file) {
        jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){file, strlen(file)});
        if (line)
            jsonl_printf(w, ":%zu", line);
        if (line && column)
            jsonl_printf(w, ":%zu", column);
        jsonl_puts(w, ": ");
    }
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){message, strlen(message)});
    jsonl_puts(w, n < (int)sizeof message ? "\n" : "...\n");
    jsonl_writer_flush(w); /* nobody is left to tell if this fails */
    jsonl_writer_free(w);
}

void jsonl_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(NULL, 0, 0, format, args);
    va_end(args);
}

void jsonl_warn_at(const char *file, size_t line, size_t column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(file, line, column, format, args);
    va_end(args);
}
