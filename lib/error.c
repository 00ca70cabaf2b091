/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonl.h"

#include <stdio.h>
#include <string.h>

void jsonl_error_set(struct jsonl_error *err, const char *format, ...)
{
    if (!err)
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    err->line = err->column = err->byte = 0;
}
