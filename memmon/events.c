/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct events *events_new(void)
{
    struct events *e = malloc(sizeof *e);
    if (!e)
        return NULL;
    memset(e, 0, offsetof(struct events, line));
    e->parser = jsonl_parser_new();
    if (!e->parser) {
        free(e);
        return NULL;
    }
    return e;
}

void events_free(struct events *e)
{
    if (!e)
        return;
    jsonl_parser_free(e->parser);
    free(e);
}

static void events_refuse(struct events *e, const char *why)
{
    e->refused++;
    if (why)
        jsonl_error_set(&e->error, "%s", why);
}

/* Appends `{ts, …}`, or drops it. */
static void events_add(struct events *e, const char *object, size_t n, double ts)
{
    char stamp[48] = "";
    if (!isnan(ts)) {
        size_t blanks = 1 + strspn(object + 1, " \t\r");
        (void)snprintf(stamp, sizeof stamp, "\"ts\":%.3f%s", ts, object[blanks] == '}' ? "" : ",");
    }
    size_t stamped = strlen(stamp);
    if (e->len + 1 + stamped + n + 1 > sizeof e->text) { /* a bracket or comma before, a bracket at the end */
        e->dropped++;
        return;
    }
    e->text[e->len] = e->len ? ',' : '[';
    e->text[e->len + 1] = '{';
    memcpy(e->text + e->len + 2, stamp, stamped);
    memcpy(e->text + e->len + 2 + stamped, object + 1, n - 1);
    e->len += 1 + stamped + n;
}

/* The line is read as it will stand in the sample, within an object and an array, so that no reader finds it
 * too deep there; and it must be one value in that place, not "…},{…" or "…]],[[…". */
static void events_take_line(struct events *e, double ts)
{
    char *text = e->line + 2;
    size_t n = e->line_len;
    while (n && (text[n - 1] == '\r' || text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    size_t blanks = 0;
    while (blanks < n && (text[blanks] == ' ' || text[blanks] == '\t'))
        blanks++;
    if (blanks == n)
        return;
    text[-2] = text[-1] = '[';
    text[n] = text[n + 1] = ']';
    const struct jsonl_value *root = jsonl_parse(e->parser, text - 2, n + 4, &e->error);
    if (!root) {
        events_refuse(e, NULL);
        return;
    }
    const struct jsonl_value *event = root + 2;
    if (root->len != 1 || root[1].type != JSONL_ARRAY || root[1].len != 1 || event->type != JSONL_OBJECT) {
        events_refuse(e, "an event is a JSON object on a line");
        return;
    }
    const struct jsonl_value *name = jsonl_get(event, "event"), *when = jsonl_get(event, "ts");
    if (!name || name->type != JSONL_STRING)
        events_refuse(e, "an event has a member \"event\", a string");
    else if (when && isnan(jsonl_time(when)))
        events_refuse(e, "an event's \"ts\" is epoch seconds or an RFC 3339 time");
    else
        events_add(e, text + blanks, n - blanks, when ? (double)NAN : ts);
}

static void events_line_end(struct events *e, double ts)
{
    if (e->line_long)
        events_refuse(e, "an event is longer than 64 KiB");
    else if (e->line_len)
        events_take_line(e, ts);
    e->line_len = 0;
    e->line_long = false;
}

void events_feed(struct events *e, const char *bytes, size_t n, double ts)
{
    while (n > 0) {
        const char *lf = memchr(bytes, '\n', n);
        size_t part = lf ? (size_t)(lf - bytes) : n;
        if (part > EVENT_LINE_MAX - e->line_len)
            e->line_long = true;
        if (!e->line_long) {
            memcpy(e->line + 2 + e->line_len, bytes, part);
            e->line_len += part;
        }
        if (!lf)
            return;
        events_line_end(e, ts);
        bytes += part + 1;
        n -= part + 1;
    }
}

void events_end(struct events *e, double ts)
{
    events_line_end(e, ts);
}

struct jsonl_text events_text(struct events *e)
{
    if (!e->len)
        return (struct jsonl_text){0};
    e->text[e->len] = ']';
    return (struct jsonl_text){e->text, e->len + 1};
}

void events_clear(struct events *e)
{
    e->len = 0;
}
