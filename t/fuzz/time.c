/* SPDX-License-Identifier: Apache-2.0
 * jsonl_time_parse and jsonl_time_format against the C library's timegm and gmtime_r, and against each other.
 *
 * The input is a text and, as its last nine bytes, a time in microseconds and a number of decimals.
 * - A text that is accepted begins with a date that there is, and is what timegm makes of its fields.
 * - A text of the form 2026-11-23T01:49:22Z with a date that there is, is accepted.
 * - format writes what gmtime_r says, held to the years 0 to 9999, its decimals rounded down; parse reads it back to
 *   that; what is written of that with six decimals is the same text again.
 * - jsonl_time_us gives back what was microseconds before, from 1834 to 2105, and the nearest elsewhere.
 * - jsonl_time of the text as a string is the same in seconds, and of a number the number. */
#include "support/fuzz.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int64_t US = 1000000;

/* Whether s begins as the pattern has it: 0 is a digit, anything else itself. */
static bool has_form(const char *s, const char *pattern)
{
    for (; *pattern; s++, pattern++)
        if (*pattern == '0' ? !isdigit((unsigned char)*s) : *s != *pattern)
            return false;
    return true;
}

/* Whether the date at s, ten characters, is one of the calendar. */
static bool is_date(const char *s)
{
    struct tm tm = {.tm_hour = 12};
    sscanf(s, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    struct tm normal = tm;
    timegm(&normal);
    return normal.tm_year == tm.tm_year && normal.tm_mon == tm.tm_mon && normal.tm_mday == tm.tm_mday;
}

/* The point at *s and its digits in microseconds, cut; *s moves behind them. */
static int64_t fraction(const char **s)
{
    int64_t us = 0, weight = US / 10;
    for (++*s; isdigit((unsigned char)**s); ++*s, weight /= 10)
        us += weight * (**s - '0');
    return us;
}

/* Microseconds of an offset: two digits each of hours, minutes, seconds, with or without colons, and a fraction. */
static int64_t offset(const char *s)
{
    static const int64_t units[] = {3600, 60, 1};
    int64_t us = 0, sign = *s == '-' ? -1 : 1;
    s++;
    for (size_t i = 0; i < 3 && isdigit((unsigned char)*s); i++) {
        us += units[i] * US * ((s[0] - '0') * 10 + s[1] - '0');
        s += 2;
        s += *s == ':';
    }
    if (*s == '.')
        us += fraction(&s);
    return sign * us;
}

/* Microseconds of a text that was accepted, by its fields. */
static int64_t by_library(const char *s)
{
    struct tm tm = {0};
    int64_t us = 0;
    sscanf(s, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    s += 10;
    if (*s) {
        int *const parts[] = {&tm.tm_hour, &tm.tm_min, &tm.tm_sec};
        for (size_t i = 0; i < 3 && (i == 0 || *s == ':'); i++, s += 3)
            sscanf(s + 1, "%2d", parts[i]);
        if (*s == '.' || *s == ',')
            us += fraction(&s);
        if (*s == '+' || *s == '-')
            us -= offset(s);
    }
    return us + (int64_t)timegm(&tm) * US;
}

static void check_parse(const char *s, size_t n)
{
    int64_t us;
    char *exact = fuzz_copy(s, n);
    bool parsed = jsonl_time_parse((struct jsonl_text){exact, n}, &us);
    free(exact);
    bool plain = n == 20 && has_form(s, "0000-00-00T00:00:00Z") && is_date(s) && strncmp(s + 11, "24", 2) < 0 &&
                 s[14] < '6' && s[17] < '6';
    MUST(parsed || !plain, "%s is refused", s);
    if (!parsed)
        return;
    MUST(has_form(s, "0000-00-00") && is_date(s), "%s is accepted", s);
    int64_t want = by_library(s);
    MUST(us == want, "%s is %" PRId64 " us, by timegm %" PRId64, s, us, want);
}

static void check_format(int64_t us, int decimals)
{
    static const int64_t first = -62167219200, last = 253402300799; /* of the years 0 and 9999 */
    char text[JSONL_TIME_SIZE], again[JSONL_TIME_SIZE], want[64];
    const char *s = jsonl_time_format(text, us, decimals);
    MUST(s == text && memchr(text, '\0', sizeof text), "no string");
    time_t seconds = us / US - (us % US < 0);
    int64_t rest = us % US + (us % US < 0 ? US : 0);
    if (seconds < first || seconds > last) {
        seconds = seconds < first ? first : last;
        rest = 0;
    }
    struct tm tm;
    gmtime_r(&seconds, &tm);
    int n = snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                     tm.tm_hour, tm.tm_min, tm.tm_sec);
    if (decimals > 0) /* cut, not rounded */
        n += snprintf(want + n, sizeof want - (size_t)n, ".%06d", (int)rest) - 6 + decimals;
    snprintf(want + n, sizeof want - (size_t)n, "Z");
    MUST(strcmp(s, want) == 0, "%" PRId64 " us is %s, by gmtime %s", us, s, want);
    if (us > -4200000000 * US && us < 4200000000 * US)
        MUST(jsonl_time_us((double)us / 1e6) == us, "%" PRId64 " us is %" PRId64 " by way of seconds", us,
             jsonl_time_us((double)us / 1e6));
    int64_t back;
    int64_t step = 1;
    for (int i = decimals; i < 6; i++)
        step *= 10;
    MUST(jsonl_time_parse((struct jsonl_text){s, strlen(s)}, &back), "%s does not read back", s);
    MUST(back == (int64_t)seconds * US + rest / step * step, "%s reads back as %" PRId64, s, back);
    jsonl_time_format(again, back, 6);
    MUST(strncmp(again, s, strlen(s) - 1) == 0, "%s, then %s", s, again);
}

static void check_value(const char *s, size_t n, double number)
{
    int64_t us;
    struct jsonl_value string = {.type = JSONL_STRING, .span = 1, .len = (uint32_t)n, .u.str = s};
    struct jsonl_value num = {.type = JSONL_NUMBER, .span = 1, .u.num = number};
    double t = jsonl_time(&string);
    if (jsonl_time_parse((struct jsonl_text){s, n}, &us))
        MUST(llround(t * 1e6) == us || fabs(t) >= 0x1p32, "%s is %.6f", s, t);
    else
        MUST(isnan(t), "%s is %.6f", s, t);
    t = jsonl_time(&num);
    MUST(t == number || isnan(number), "%a is %a", number, t);
    MUST(isnan(jsonl_time(NULL)), "nothing is a time");
    us = jsonl_time_us(number);
    if (fabs(number) < 0x1p32) /* doubles are closer than a microsecond there; the division rounds, too */
        MUST(fabs((double)us / 1e6 - number) <= 0.5e-6 + fabs(number) * 0x1p-52, "%a is %" PRId64 " us", number, us);
    else
        MUST(isnan(number) ? us == 0 : (us > 0) == (number > 0), "%a is %" PRId64 " us", number, us);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t us = 0;
    double number = 0;
    int decimals = 6;
    if (size >= 9) {
        decimals = data[size - 1] % 7;
        memcpy(&us, data + size - 9, sizeof us);
        memcpy(&number, data + size - 9, sizeof number);
        size -= 9;
    }
    char *s = fuzz_need(malloc(size + 64)); /* zeros behind it: the checks here read on */
    memset(s, 0, size + 64);
    memcpy(s, data, size);
    check_parse(s, size);
    check_format(us, decimals);
    check_format(us % (400000000000 * US), decimals); /* nearer */
    check_value(s, size, number);
    free(s);
    return 0;
}
