/* SPDX-License-Identifier: Apache-2.0
 * What a tool says on stderr. */
#include "jsonl.h"
#include "utf8.h"

#include <errno.h>
#include <fcntl.h>
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
    signal(SIGXFSZ, SIG_IGN);
    for (int fd = 0; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) /* what is there instead fails as a closed one does */
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

/* Where memory lacks for more: in ASCII, with ? for what is not, or drives a terminal. */
static void say_plainly(const char *file, size_t line, size_t column, const char *message)
{
    char text[1024], number[64] = "";
    if (file && line && column)
        snprintf(number, sizeof number, ":%zu:%zu", line, column);
    else if (file && line)
        snprintf(number, sizeof number, ":%zu", line);
    int n = snprintf(text, sizeof text, "%.100s: %.400s%s%s%.400s\n", tool_name, file ? file : "", number,
                     file ? ": " : "", message);
    for (int i = 0; i + 1 < n; i++)
        if (text[i] < ' ' || text[i] > '~')
            text[i] = '?';
    if (n > 0)
        (void)!write(STDERR_FILENO, text, (size_t)n);
}

/* One write for one message, so that messages of several processes do not mix within a line. */
static void JSONL_PRINTF(4, 0) say(const char *file, size_t line, size_t column, const char *format, va_list args)
{
    char message[8192];
    int n = vsnprintf(message, sizeof message, format, args);
    bool cut = n >= (int)sizeof message;
    size_t len = cut ? utf8_whole(message, sizeof message - 1) : n > 0 ? (size_t)n : 0;
    struct jsonl_writer *w = jsonl_writer_new(STDERR_FILENO);
    if (!w) {
        say_plainly(file, line, column, message);
        return;
    }
    jsonl_printf(w, "%s: ", tool_name);
    if (file) {
        jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){file, strlen(file)});
        if (line)
            jsonl_printf(w, ":%zu", line);
        if (line && column)
            jsonl_printf(w, ":%zu", column);
        jsonl_puts(w, ": ");
    }
    jsonl_write_escaped(w, JSONL_TO_TERMINAL, (struct jsonl_text){message, len});
    jsonl_puts(w, cut ? "...\n" : "\n");
    if (jsonl_writer_flush(w) == ENOMEM) /* of other failures nobody is left to tell */
        say_plainly(file, line, column, message);
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
