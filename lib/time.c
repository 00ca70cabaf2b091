/* SPDX-License-Identifier: Apache-2.0
 * RFC 3339 both ways, in the proleptic Gregorian calendar and without the C library's time zone. */
#include "ascii.h"
#include "digits.h"
#include "jsonl.h"

#include <math.h>

static const int64_t US = 1000000; /* microseconds in a second */
static const int64_t DAY = 86400;  /* seconds */

/* Days from 1970-01-01.  The year begins in March here, so that the leap day comes last: day of year is then
 * (153 m + 2) / 5 with m = 0 for March, and 400 years are 146097 days. */
static int64_t days_from_date(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void date_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (int)((5 * day_of_year + 2) / 153);
    *day = (int)(day_of_year - (153 * m + 2) / 5) + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

struct cursor {
    const char *p, *end;
};

/* A number of exactly n digits within [low, high]. */
static bool take_number(struct cursor *c, int n, int low, int high, int *out)
{
    *out = 0;
    if (c->end - c->p < n)
        return false;
    for (; n > 0; n--, c->p++) {
        if (!is_digit(*c->p))
            return false;
        *out = *out * 10 + (*c->p - '0');
    }
    return *out >= low && *out <= high;
}

static bool take(struct cursor *c, const char *any_of)
{
    for (; *any_of; any_of++) {
        if (c->p < c->end && *c->p == *any_of) {
            c->p++;
            return true;
        }
    }
    return false;
}

/* What follows the decimal point, in microseconds; further digits are cut. */
static bool take_fraction(struct cursor *c, int64_t *us)
{
    const char *start = c->p;
    int64_t weight = US;
    for (; c->p < c->end && is_digit(*c->p); c->p++) {
        weight /= 10;
        *us += weight * (*c->p - '0');
    }
    return c->p > start;
}

/* Z, +hh, +hhmm, +hh:mm or nothing; Python goes on with seconds and their fraction where a zone has them. */
static bool take_offset(struct cursor *c, int64_t *us)
{
    int hours, minutes = 0, seconds = 0;
    int64_t fraction = 0;
    *us = 0;
    if (c->p == c->end || take(c, "Zz"))
        return true;
    bool west = *c->p == '-';
    if (!take(c, "+-") || !take_number(c, 2, 0, 23, &hours))
        return false;
    bool colons = take(c, ":");
    if ((colons || c->p < c->end) && !take_number(c, 2, 0, 59, &minutes))
        return false;
    if (colons ? take(c, ":") : c->p < c->end) {
        if (!take_number(c, 2, 0, 59, &seconds) || (take(c, ".") && !take_fraction(c, &fraction)))
            return false;
    }
    *us = ((hours * 60 + minutes) * 60 + seconds) * US + fraction;
    *us = west ? -*us : *us;
    return true;
}

/* Leap seconds are put in at the end of a month, and so are never the 60th second of any other minute (ITU-R TF.460).
 * Which months had one changes with the years, so that any may. */
static bool is_month_start(int64_t us)
{
    int64_t days = us / (DAY * US) - (us % (DAY * US) < 0), year;
    int month, day;
    date_from_days(days, &year, &month, &day);
    return us - days * DAY * US < US && day == 1;
}

struct clock {
    int hour, minute, second;
    int64_t fraction; /* microseconds */
};

/* hh:mm:ss.ffffff, of which Python leaves out the end on request. */
static bool take_clock(struct cursor *c, struct clock *t)
{
    if (!take_number(c, 2, 0, 23, &t->hour))
        return false;
    if (!take(c, ":"))
        return true;
    if (!take_number(c, 2, 0, 59, &t->minute))
        return false;
    if (!take(c, ":"))
        return true;
    return take_number(c, 2, 0, 60, &t->second) && (!take(c, ".,") || take_fraction(c, &t->fraction));
}

bool jsonl_time_parse(struct jsonl_text t, int64_t *us)
{
    struct cursor c = {t.s, t.s ? t.s + t.n : t.s};
    struct clock clock = {0, 0, 0, 0};
    int year, month, day;
    int64_t offset = 0;
    if (!take_number(&c, 4, 0, 9999, &year) || !take(&c, "-") || !take_number(&c, 2, 1, 12, &month) || !take(&c, "-") ||
        !take_number(&c, 2, 1, days_in_month(year, month), &day))
        return false;
    if (c.p < c.end && (!take(&c, "Tt ") || !take_clock(&c, &clock) || !take_offset(&c, &offset)))
        return false;
    if (c.p != c.end)
        return false;
    int64_t seconds = days_from_date(year, month, day) * DAY + clock.hour * 3600 + clock.minute * 60 + clock.second;
    int64_t time = seconds * US + clock.fraction - offset;
    if (clock.second == 60 && !is_month_start(time))
        return false;
    *us = time;
    return true;
}

int64_t jsonl_time_us(double seconds)
{
    double us = round(seconds * 1e6);
    if (isnan(us))
        return 0;
    if (us >= 0x1p63)
        return INT64_MAX;
    if (us <= -0x1p63)
        return INT64_MIN;
    double rest = fabs(us) < 0x1p53 ? fma(seconds, 1e6, -us) : 0; /* the product was rounded once more */
    return (int64_t)us + (rest > 0.5) - (rest < -0.5);
}

double jsonl_time(const struct jsonl_value *v)
{
    int64_t us;
    if (v && v->type == JSONL_STRING)
        return jsonl_time_parse(jsonl_text(v), &us) ? (double)us / 1e6 : (double)NAN;
    return jsonl_number(v);
}

const char *jsonl_time_format(char buf[JSONL_TIME_SIZE], int64_t us, int decimals)
{
    static const int64_t first = -62167219200, last = 253402300799; /* 0000-01-01T00:00:00Z, 9999-12-31T23:59:59Z */
    int64_t seconds = us / US - (us % US < 0);
    int64_t fraction = us % US + (us % US < 0 ? US : 0);
    if (seconds < first || seconds > last) {
        seconds = seconds < first ? first : last;
        fraction = 0;
    }
    int64_t days = seconds / DAY - (seconds % DAY < 0);
    int rest = (int)(seconds - days * DAY);
    int64_t year;
    int month, day;
    date_from_days(days, &year, &month, &day);
    const struct {
        int number, width;
        char after;
    } parts[] = {{(int)year, 4, '-'},   {month, 2, '-'},          {day, 2, 'T'},
                 {rest / 3600, 2, ':'}, {rest / 60 % 60, 2, ':'}, {rest % 60, 2, decimals > 0 ? '.' : 'Z'}};
    char *p = buf;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        p += parts[i].width;
        digits_padded(p, (uint64_t)parts[i].number, parts[i].width);
        *p++ = parts[i].after;
    }
    if (decimals > 0) {
        digits_padded(p + 6, (uint64_t)fraction, 6);
        p += decimals < 6 ? decimals : 6;
        *p++ = 'Z';
    }
    *p = '\0';
    return buf;
}
