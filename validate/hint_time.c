/* SPDX-License-Identifier: Apache-2.0 */
#include "hint_time.h"

#include "pointer.h"

#include <stdlib.h>
#include <string.h>

/* Seconds since 1970 that somebody probably meant: 2001-09-09 to 2286-11-20. */
static const double EARLIEST_S = 1e9, LATEST_S = 1e10;

static const struct unit {
    const char *name;
    double per_second;
} units[] = {{"seconds", 1}, {"milliseconds", 1e3}, {"microseconds", 1e6}, {"nanoseconds", 1e9}};
enum { UNITS = sizeof units / sizeof *units };

/* The unit in which the number is a time of these days; NULL: none. */
static const struct unit *unit_of(double number)
{
    for (size_t i = 0; i < UNITS; i++) {
        if (number >= EARLIEST_S * units[i].per_second && number < LATEST_S * units[i].per_second)
            return &units[i];
    }
    return NULL;
}

static void time_write(struct jsonl_writer *w, double seconds)
{
    char buffer[JSONL_TIME_SIZE];
    jsonl_puts(w, jsonl_time_format(buffer, jsonl_time_us(seconds), 0));
}

/* By the names that times have: ts, timestamp, test_end_ts, started_at, … */
static bool is_time(const struct faults *f, const struct jsonl_value *v)
{
    const struct jsonl_value *key = pointer_key(f->root, v);
    struct jsonl_text name = jsonl_text(key);
    static const char *const ends[] = {"ts", "time", "timestamp", "_at", "date"};
    for (size_t i = 0; name.s && i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (name.n >= n && memcmp(name.s + name.n - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

bool hint_time_of_number(struct jsonl_writer *w, const struct faults *f, const struct jsonl_value *v)
{
    const struct unit *unit = unit_of(v->u.num);
    if (!unit || !is_time(f, v))
        return false;
    jsonl_puts(w, "; write \"");
    time_write(w, v->u.num / unit->per_second);
    jsonl_puts(w, "\"");
    return true;
}

void hint_time_of_limit(struct jsonl_writer *w, const struct faults *f, const struct jsonl_value *v,
                        const struct jsonl_value *limit)
{
    const struct unit *unit = v->type == JSONL_NUMBER ? unit_of(v->u.num) : NULL;
    if (!unit || unit->per_second == 1 || !is_time(f, v) || v->u.num / unit->per_second > jsonl_number(limit))
        return;
    jsonl_printf(w, "; these look like %s: in seconds that is ", unit->name);
    jsonl_write_number(w, v->u.num / unit->per_second, JSONL_SHORTEST);
}

/* Puts `with` at a place of a copy of the text; whether it is a time then. */
static bool would_be_time(struct jsonl_text t, size_t at, const char *with)
{
    char copy[JSONL_TIME_SIZE];
    size_t n = strlen(with);
    if (t.n >= sizeof copy || at + n > t.n)
        return false;
    int64_t us;
    memcpy(copy, t.s, t.n);
    memcpy(copy + at, with, n);
    return jsonl_time_parse((struct jsonl_text){copy, t.n}, &us);
}

void hint_time_of_text(struct jsonl_writer *w, struct jsonl_text t)
{
    enum { YEAR_END = 4, MONTH = 5, DAY = 8, CLOCK = 11 };
    int64_t us;
    char *end, copy[JSONL_TIME_SIZE] = "";
    if (!t.s || t.n == 0 || t.n >= sizeof copy || jsonl_time_parse(t, &us))
        return;
    memcpy(copy, t.s, t.n);
    double number = strtod(copy, &end);
    const struct unit *unit = *end ? NULL : unit_of(number);
    if (unit) {
        jsonl_printf(w, "; these look like %s since 1970: write \"", unit->name);
        time_write(w, number / unit->per_second);
        jsonl_puts(w, "\"");
    } else if (would_be_time(t, CLOCK, "00:00:00") || would_be_time(t, CLOCK, "00:00")) {
        jsonl_puts(w, "; there is no such time of day");
    } else if (would_be_time(t, DAY, "01")) {
        jsonl_puts(w, "; there is no such day");
    } else if (would_be_time(t, MONTH, "01")) {
        jsonl_puts(w, "; there is no such month");
    } else if (t.n > DAY && (copy[YEAR_END] == '/' || copy[YEAR_END] == '.')) {
        copy[YEAR_END] = copy[MONTH + 2] = '-';
        if (jsonl_time_parse((struct jsonl_text){copy, t.n}, &us))
            jsonl_puts(w, "; write the date with -");
    }
}
