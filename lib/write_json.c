/* SPDX-License-Identifier: Apache-2.0
 * JSON with its commas and colons.  One flag is enough: a value or an opened container decides for what follows. */
#include "digits.h"
#include "writer.h"

#include <string.h>

static void before_value(struct jsonl_writer *w)
{
    if (w->more && !w->keyed)
        writer_byte(w, ',');
    w->more = true;
    w->keyed = false;
}

static void begin(struct jsonl_writer *w, char bracket)
{
    before_value(w);
    writer_byte(w, bracket);
    w->more = false;
}

static void end(struct jsonl_writer *w, char bracket)
{
    writer_byte(w, bracket);
    w->more = true;
}

void jsonl_begin_object(struct jsonl_writer *w)
{
    begin(w, '{');
}

void jsonl_end_object(struct jsonl_writer *w)
{
    end(w, '}');
}

void jsonl_begin_array(struct jsonl_writer *w)
{
    begin(w, '[');
}

void jsonl_end_array(struct jsonl_writer *w)
{
    end(w, ']');
}

/* Most names and texts need no escape, so they are copied with their quotes in one go. */
static void write_quoted(struct jsonl_writer *w, struct jsonl_text text)
{
    char *to = NULL;
    if (plain_length(JSONL_TO_JSON, text) < text.n) {
        writer_byte(w, '"');
        jsonl_write_escaped(w, JSONL_TO_JSON, text);
        writer_byte(w, '"');
    } else if ((to = writer_room(w, text.n + 2)) != NULL) {
        *to = '"';
        memcpy(to + 1, text.s, text.n);
        to[text.n + 1] = '"';
        w->len += text.n + 2;
    }
}

void jsonl_string(struct jsonl_writer *w, struct jsonl_text text)
{
    before_value(w);
    if (text.s)
        write_quoted(w, text);
    else
        jsonl_write(w, "null", 4);
}

void jsonl_key(struct jsonl_writer *w, const char *name)
{
    before_value(w);
    write_quoted(w, (struct jsonl_text){name, strlen(name)});
    writer_byte(w, ':');
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
    char text[DIGITS_MAX + 1];
    char *end = text + sizeof text;
    char *start = digits_before(end, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
    if (number < 0)
        *--start = '-';
    before_value(w);
    jsonl_write(w, start, (size_t)(end - start));
}

void jsonl_bool(struct jsonl_writer *w, bool b)
{
    before_value(w);
    jsonl_puts(w, b ? "true" : "false");
}

void jsonl_raw(struct jsonl_writer *w, struct jsonl_text json)
{
    before_value(w);
    jsonl_write(w, json.s ? json.s : "null", json.s ? json.n : 4);
}

void jsonl_end_line(struct jsonl_writer *w)
{
    writer_byte(w, '\n');
    w->more = w->keyed = false;
}
