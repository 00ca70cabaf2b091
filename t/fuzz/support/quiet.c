/* SPDX-License-Identifier: Apache-2.0
 * For targets linked with --wrap: what readers say on stderr of each bad line is not shown, but has to be a sentence.
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

void __wrap_jsonl_warn(const char *format, ...) JSONL_PRINTF(1, 2);
void __wrap_jsonl_warn_at(const char *file, size_t line, size_t column, const char *format, ...) JSONL_PRINTF(4, 5);

static void JSONL_PRINTF(1, 0) check(const char *format, va_list args)
{
    char message[1024];
    int n = vsnprintf(message, sizeof message, format, args);
    MUST(n > 0 && message[strlen(message) - 1] != '\n', "\"%s\"", message);
}

void __wrap_jsonl_warn(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    check(format, args);
    va_end(args);
}

void __wrap_jsonl_warn_at(const char *file, size_t line, size_t column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    MUST(file && *file && (line || !column), "%zu:%zu", line, column);
    check(format, args);
    va_end(args);
}
