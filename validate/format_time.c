/* SPDX-License-Identifier: Apache-2.0
 * RFC 3339's dates and times, to the letter: unlike jsonl_time_parse, which reads what others write. */
#include "format.h"

#include "ascii.h"

struct cursor {
    const char *p, *end;
};

static bool take(struct cursor *c, char upper, char lower)
{
    bool there = c->p < c->end && (*c->p == upper || *c->p == lower);
    c->p += there;
    return there;
}

/* n digits, at most `most`. */
static bool take_number(struct cursor *c, int n, int most, int *out)
{
    *out = 0;
    for (; n > 0; n--, c->p++) {
        if (c->p == c->end || !is_digit(*c->p))
            return false;
        *out = *out * 10 + (*c->p - '0');
    }
    return *out <= most;
}

static bool take_date(struct cursor *c)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (!take_number(c, 4, 9999, &year) || !take(c, '-', '-') || !take_number(c, 2, 12, &month) || !take(c, '-', '-') ||
        !take_number(c, 2, 31, &day) || month < 1 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (month == 2 && leap);
}

/* A leap second is one only at 23:59:60 UTC. */
static bool take_time(struct cursor *c)
{
    int hour, minute, second, offset_hour = 0, offset_minute = 0, ahead = 0;
    if (!take_number(c, 2, 23, &hour) || !take(c, ':', ':') || !take_number(c, 2, 59, &minute) || !take(c, ':', ':') ||
        !take_number(c, 2, 60, &second))
        return false;
    if (take(c, '.', '.')) {
        const char *first = c->p;
        while (c->p < c->end && is_digit(*c->p))
            c->p++;
        if (c->p == first)
            return false;
    }
    if (!take(c, 'Z', 'z')) {
        ahead = take(c, '+', '+') ? 1 : take(c, '-', '-') ? -1 : 0;
        if (ahead == 0 || !take_number(c, 2, 23, &offset_hour) || !take(c, ':', ':') ||
            !take_number(c, 2, 59, &offset_minute))
            return false;
    }
    int utc = hour * 60 + minute - ahead * (offset_hour * 60 + offset_minute);
    return second < 60 || (utc + 1440) % 1440 == 1439;
}

static struct cursor cursor_of(struct jsonl_text t)
{
    return (struct cursor){t.s, t.s + t.n};
}

bool format_date(struct jsonl_text t)
{
    struct cursor c = cursor_of(t);
    return take_date(&c) && c.p == c.end;
}

bool format_time(struct jsonl_text t)
{
    struct cursor c = cursor_of(t);
    return take_time(&c) && c.p == c.end;
}

bool format_date_time(struct jsonl_text t)
{
    struct cursor c = cursor_of(t);
    return take_date(&c) && take(&c, 'T', 't') && take_time(&c) && c.p == c.end;
}

/* Numbers with these units, each at most once, in this order and without a gap.  *any: there is one. */
static bool take_units(struct cursor *c, const char *units, bool *any)
{
    *any = false;
    while (c->p < c->end && is_digit(*c->p)) {
        while (c->p < c->end && is_digit(*c->p))
            c->p++;
        const char *unit = units;
        while (c->p < c->end && *unit && *unit != *c->p)
            unit++;
        if (c->p == c->end || !*unit || (*any && unit != units))
            return false;
        c->p++;
        units = unit + 1;
        *any = true;
    }
    return true;
}

/* RFC 3339, appendix A: P1W, or P1Y2M3DT4H5M6S with neighbouring units. */
bool format_duration(struct jsonl_text t)
{
    struct cursor c = cursor_of(t), weeks;
    bool any;
    if (!take(&c, 'P', 'P'))
        return false;
    weeks = c;
    if (take_units(&weeks, "W", &any) && any)
        return weeks.p == weeks.end;
    if (!take_units(&c, "YMD", &any))
        return false;
    if (take(&c, 'T', 'T') && !(take_units(&c, "HMS", &any) && any))
        return false;
    return any && c.p == c.end;
}
