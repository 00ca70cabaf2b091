/* SPDX-License-Identifier: Apache-2.0 */
#include "events.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much may be done in search of events within one damaged line, in bytes parsed: whatever it holds, it costs no
 * more than some dozens of good lines of its length.  One attempt costs some bytes for itself, and for the copy that
 * the parser makes. */
enum { SALVAGE_MAX = 64 * EVENT_LINE_MAX, ATTEMPT = 64, COPY_SHIFT = 4 };

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
    event_queue_free(&e->queue);
    free(e);
}

/* Puts `{ts, …}` into the queue, or drops it: an object that has members; ts NAN: one of them is its own. */
static void events_add(struct events *e, const char *object, size_t n, double ts)
{
    char stamp[48] = "{";
    if (!isnan(ts))
        (void)snprintf(stamp, sizeof stamp, "{\"ts\":%.3f,", ts);
    if (!event_queue_add(&e->queue, (struct jsonl_text){stamp, strlen(stamp)}, (struct jsonl_text){object + 1, n - 1}))
        e->dropped++;
}

static void events_remember(struct events *e, const struct jsonl_value *v)
{
    struct jsonl_text name = jsonl_text(jsonl_get(v, "event")), what = jsonl_text(jsonl_get(v, "model"));
    if (!what.n)
        what = jsonl_text(jsonl_get(v, "label"));
    (void)snprintf(e->last, sizeof e->last, "%.*s%s%.*s", (int)name.n, name.s, what.n ? " " : "", (int)what.n,
                   what.n ? what.s : "");
}

enum found { EVENT, OTHER_VALUE, NO_VALUE };

/* Takes a value that has been read, if it is an event; else says why not. */
static enum found events_judge(struct events *e, const struct jsonl_value *v, const char *text, size_t n, double ts,
                               struct jsonl_error *err)
{
    const struct jsonl_value *name = jsonl_get(v, "event"), *when = jsonl_get(v, "ts");
    if (v->type != JSONL_OBJECT)
        jsonl_error_set(err, "an event is a JSON object on a line");
    else if (!name || name->type != JSONL_STRING)
        jsonl_error_set(err, "an event has a member \"event\", a string");
    else if (when && isnan(jsonl_time(when)))
        jsonl_error_set(err, "an event's \"ts\" is epoch seconds or an RFC 3339 time");
    else {
        events_add(e, text, n, when ? (double)NAN : ts);
        events_remember(e, v);
        return EVENT;
    }
    return OTHER_VALUE;
}

/* text[0 … n), with two bytes before and behind it that may be overwritten for the time being, neither beginning nor
 * ending with blanks, is read as it will stand in the sample, within an object and an array, so that no reader
 * finds it too deep there; and it must be one value in that place, not "…},{…" or "…]],[[…".
 * NO_VALUE: *fault is where it stops being one. */
static enum found events_take(struct events *e, char *text, size_t n, double ts, size_t *fault, struct jsonl_error *err)
{
    const char before[2] = {text[-2], text[-1]}, behind[2] = {text[n], text[n + 1]};
    text[-2] = text[-1] = '[';
    text[n] = text[n + 1] = ']';
    const struct jsonl_value *root = jsonl_parse(e->parser, text - 2, n + 4, err);
    memcpy(text - 2, before, 2);
    memcpy(text + n, behind, 2);
    if (!root) {
        *fault = err->byte > 3 ? err->byte - 3 : 0;
        *fault = *fault < n ? *fault : n;
        return NO_VALUE;
    }
    if (root->len != 1 || root[1].type != JSONL_ARRAY || root[1].len != 1) {
        jsonl_error_set(err, "an event is a JSON object on a line");
        *fault = n;
        return NO_VALUE;
    }
    return events_judge(e, root + 2, text, n, ts, err);
}

/* What JSON takes for a blank, but for LF. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static size_t trim(const char *text, size_t n)
{
    while (n > 0 && is_blank(text[n - 1]))
        n--;
    return n;
}

/* Two ends of lines got lost: one event stands behind another.  Where the second begins, the parser stops. */
static bool events_take_first(struct events *e, char *text, size_t fault, double ts)
{
    struct jsonl_error ignored;
    size_t end = trim(text, fault), unused;
    return end > 0 && text[end - 1] == '}' && text[fault] == '{' &&
           events_take(e, text, end, ts, &unused, &ignored) == EVENT;
}

static void events_take_line(struct events *e, double ts)
{
    char *text = e->line + 2;
    size_t n = trim(text, e->line_len), at = 0, work = 0, fault;
    bool whole = !e->line_long;
    while (at < n && is_blank(text[at]))
        at++;
    while (at < n && work < SALVAGE_MAX) {
        struct jsonl_error err;
        enum found found = events_take(e, text + at, n - at, ts, &fault, &err);
        if (found == EVENT)
            break;
        work += ATTEMPT + ((n - at) >> COPY_SHIFT) + (found == NO_VALUE ? fault : n - at);
        if (found == NO_VALUE && fault < n - at && events_take_first(e, text + at, fault, ts)) {
            at += fault;
            continue;
        }
        if (whole)
            e->error = err;
        e->refused += whole;
        whole = false;
        const char *next = found == NO_VALUE && n - at > 1 ? memchr(text + at + 1, '{', n - at - 1) : NULL;
        at = next ? (size_t)(next - text) : n;
    }
}

static void events_line_end(struct events *e, double ts)
{
    if (e->line_long) {
        e->refused++;
        jsonl_error_set(&e->error, "an event is longer than 64 KiB");
    }
    if (e->line_len)
        events_take_line(e, ts);
    e->line_len = 0;
    e->line_long = false;
}

/* Adds a part of a line.  Of one that is too long the end stays, as there may be an event behind what no writer
 * has ended. */
static void events_line_add(struct events *e, const char *bytes, size_t n)
{
    char *line = e->line + 2;
    if (n > EVENT_LINE_MAX - e->line_len) {
        e->line_long = true;
        if (n > EVENT_LINE_MAX / 2) {
            bytes += n - EVENT_LINE_MAX / 2;
            n = EVENT_LINE_MAX / 2;
        }
        size_t kept = e->line_len < EVENT_LINE_MAX / 2 ? e->line_len : EVENT_LINE_MAX / 2;
        memmove(line, line + e->line_len - kept, kept);
        e->line_len = kept;
    }
    memcpy(line + e->line_len, bytes, n);
    e->line_len += n;
}

void events_feed(struct events *e, const char *bytes, size_t n, double ts)
{
    while (n > 0) {
        const char *lf = memchr(bytes, '\n', n);
        size_t part = lf ? (size_t)(lf - bytes) : n;
        events_line_add(e, bytes, part);
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
