/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonl.h"
#include "utf8.h"

#include <stdio.h>

void jsonl_error_set(struct jsonl_error *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    if (n < 0)
        n = 0;
    else if (n >= (int)sizeof err->message)
        n = (int)utf8_whole(err->message, sizeof err->message - 1);
    err->message[n] = '\0';
    err->line = err->column = err->byte = 0;
}
