/* SPDX-License-Identifier: Apache-2.0
 * JSON with its commas and colons.  One flag is enough: a value or an opened container decides for what follows. */
#include "writer.h"

#include <string.h>

static void before_value(struct jsonl_writer *w)
{
    if (w->more && !w->keyed)
        jsonl_write(w, ",", 1);
    w->more = true;
    w->keyed = false;
}

static void begin(struct jsonl_writer *w, const char *bracket)
{
    before_value(w);
    jsonl_write(w, bracket, 1);
    w->more = false;
}

static void end(struct jsonl_writer *w, const char *bracket)
{
    jsonl_write(w, bracket, 1);
    w->more = true;
}

void jsonl_begin_object(struct jsonl_writer *w)
{
    begin(w, "{");
}

void jsonl_end_object(struct jsonl_writer *w)
{
    end(w, "}");
}

void jsonl_begin_array(struct jsonl_writer *w)
{
    begin(w, "[");
}

void jsonl_end_array(struct jsonl_writer *w)
{
    end(w, "]");
}

void jsonl_string(struct jsonl_writer *w, struct jsonl_text text)
{
    before_value(w);
    if (!text.s) {
        jsonl_puts(w, "null");
        return;
    }
    jsonl_write(w, "\"", 1);
    jsonl_write_escaped(w, JSONL_TO_JSON, text);
    jsonl_write(w, "\"", 1);
}

void jsonl_key(struct jsonl_writer *w, const char *name)
{
    jsonl_string(w, (struct jsonl_text){name, strlen(name)});
    jsonl_write(w, ":", 1);
    w->keyed = true;
}

void jsonl_cstring(struct jsonl_writer *w, const char *string)
{
    jsonl_string(w, (struct jsonl_text){string, string ? strlen(string) : 0});
}

void jsonl_real(struct jsonl_writer *w, double number, int decimals)
{
    before_value(w);
    jsonl_write_number(w, number, decimals);
}

void jsonl_int(struct jsonl_writer *w, int64_t number)
{
    char text[24];
    char *p = text + sizeof text;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    before_value(w);
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        *--p = '-';
    jsonl_write(w, p, (size_t)(text + sizeof text - p));
}

void jsonl_bool(struct jsonl_writer *w, bool b)
{
    before_value(w);
    jsonl_puts(w, b ? "true" : "false");
}

void jsonl_raw(struct jsonl_writer *w, struct jsonl_text json)
{
    before_value(w);
    jsonl_write(w, json.s, json.n);
}

void jsonl_end_line(struct jsonl_writer *w)
{
    jsonl_write(w, "\n", 1);
    w->more = w->keyed = false;
}
