/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonl.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

__extension__ typedef __int128 int128_t;

static int64_t us_of(const char *text)
{
    int64_t us = -1;
    ensure(jsonl_time_parse((struct jsonl_text){text, strlen(text)}, &us), "refused: %s", text);
    return us;
}

START_TEST(reads_every_form)
    {
        static const struct {
            const char *text;
            int64_t us;
        } cases[] = {
            {"1970-01-01T00:00:00Z", 0},
            {"2026-11-23T01:49:22.167747+00:00", 1795398562167747},
            {"2026-11-23 01:49:22.167747", 1795398562167747},
            {"2026-11-23t01:49:22.167747999z", 1795398562167747},
            {"2026-11-23T02:49:22,5+01:00", 1795398562500000},
            {"2026-11-22T20:19:22-0530", 1795398562000000},
            {"2026-11-23T01:49:22.1Z", 1795398562100000},
            {"2026-11-23", 1795392000000000},
            {"2026-11-23T01:49", 1795398540000000},
            {"1969-12-31T23:59:59.999999Z", -1},
            {"2016-12-31T23:59:60Z", 1483228800000000},
            {"2016-12-31T15:59:60.25-08:00", 1483228800250000},
            {"2017-01-01T05:29:60+05:30", 1483228800000000},
            {"2015-06-30T23:59:60Z", 1435708800000000},
            {"2031-03-31T23:59:60Z", 1932768000000000}, /* any month may get one */
            {"2026-11-23T01:49:22-00:00", 1795398562000000},
            {"2026-11-23T01:49:22+00", 1795398562000000},
            {"2026-11-23 01", 1795395600000000},
            {"2026-11-23T01+00:00", 1795395600000000},
            {"1900-01-01T00:19:32+00:19:32", -2208988800000000},
            {"1900-01-01T00:19:32.130000+00:19:32.130000", -2208988800000000},
            {"1900-01-01T00:00:00-001932", -2208987628000000},
            {"2026-11-23T23:59:59.999999999999999999999999999999Z", 1795478399999999},
            {"0000-01-01T00:00:00+23:59", -62167219200000000 - 86340000000},
            {"9999-12-31T23:59:59.999999-23:59", 253402300799999999 + 86340000000},
            {"2000-02-29T00:00:00Z", 951782400000000},
            {"0000-01-01T00:00:00Z", -62167219200000000},
            {"9999-12-31T23:59:59.999999Z", 253402300799999999},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            ck_assert_msg(us_of(cases[i].text) == cases[i].us, "%s: %lld", cases[i].text,
                          (long long)us_of(cases[i].text));
    }
END_TEST

START_TEST(refuses_what_is_no_time)
    {
        static const char *const texts[] = {
            "",
            "now",
            "2026",
            "2026-13-01",
            "2026-00-01",
            "2026-02-29",
            "2026-04-31",
            "1900-02-29",
            "2026-1-1",
            "2026-11-23T",
            "2026-11-23T24:00:00Z",
            "2026-11-23T01:60:00Z",
            "2026-11-23T01:49:61Z",
            "2026-11-23T01:49:22.Z",
            "2026-11-23T01:49.5Z",
            "2026-11-23T01:49:22+24:00",
            "2026-11-23T01:49:22Zx",
            "2026-11-23T01:49:22+1",
            "26-11-23T01:49:22Z",
            "2026-11-23T01:49:22 Z",
            "2026/11/23",
            "2026-11-23T01:49:60Z", /* no leap second but at the end of a month, */
            "2026-11-30T12:59:60Z",
            "2026-11-29T23:59:60Z",
            "2016-12-31T23:59:60+01:00", /* in UTC */
            "2016-12-31T22:59:60Z",
            "2026-11-23T01:49:22+01:0030",
            "2026-11-23T01:49:22+0100:30",
            "2026-11-23T01:49:22+01:",
            "2026-11-23T01:49:22+01:00:60",
            "2026-11-23T01:49:22+01:00:00.",
            "2026-11-23T01:49:22+01:60",
            "2026-11-23T01:49:22+",
            "2026-11-23T01:49:22 +01:00",
            "2026-11-23T01:",
            "2026-11-23T01:49:",
            "2026-11-23T1:49:22Z",
            "2026-11-23  01:49:22Z",
            "+026-11-23T01:49:22Z",
            "-026-11-23T01:49:22Z",
            "2026-11-23T01:49:22.1.2Z",
            "20261123T014922Z",
            "2026-W48-1",
            "2026-327",
            "\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6-11-23", /* digits of another script */
        };
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            int64_t us;
            ck_assert_msg(!jsonl_time_parse((struct jsonl_text){texts[i], strlen(texts[i])}, &us), "accepted: %s",
                          texts[i]);
        }
    }
END_TEST

START_TEST(writes_what_it_reads)
    {
        char buf[JSONL_TIME_SIZE];
        uint64_t random = 88172645463325252u;
        for (int i = 0; i < 100000; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            int64_t us = (int64_t)(random % 315569520000000000u) - 62167219200000000;
            jsonl_time_format(buf, us, 6);
            ensure(us_of(buf) == us, "%s", buf);
        }
    }
END_TEST

/* Days counted one by one, and the C library's calendar: neither shares a formula with ours. */
START_TEST(knows_every_day_of_ten_thousand_years)
    {
        static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int64_t seconds = -62167219200; /* 0000-01-01 */
        for (int year = 0; year <= 9999; year++) {
            bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
            for (int month = 1; month <= 12; month++) {
                int last = lengths[month - 1] + (leap && month == 2);
                for (int day = 1; day <= last + 1; day++) {
                    char text[40], buf[JSONL_TIME_SIZE];
                    int64_t us;
                    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                    bool there = jsonl_time_parse((struct jsonl_text){text, 10}, &us);
                    ensure(there == (day <= last), "%s", text);
                    if (!there)
                        continue;
                    ensure(us == seconds * 1000000, "%s", text);
                    ensure(strncmp(jsonl_time_format(buf, us, 0), text, 10) == 0, "%s", buf);
                    seconds += 86400;
                }
            }
        }
    }
END_TEST

START_TEST(agrees_with_the_c_library)
    {
        uint64_t random = 88172645463325252u;
        for (int i = 0; i < 100000; i++) {
            char want[JSONL_TIME_SIZE], buf[JSONL_TIME_SIZE];
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            time_t t = (time_t)(random % 315569520000u) - 62167219200;
            struct tm tm;
            gmtime_r(&t, &tm);
            snprintf(want, sizeof want, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                     tm.tm_hour, tm.tm_min, tm.tm_sec);
            ensure(strcmp(jsonl_time_format(buf, (int64_t)t * 1000000, 0), want) == 0, "%s, not %s", buf, want);
            ensure(us_of(want) == (int64_t)t * 1000000, "%s", want);
        }
    }
END_TEST

START_TEST(goes_to_a_double_and_back_to_the_microsecond)
    {
        uint64_t random = 88172645463325252u;
        static const int64_t ends[] = {0, 1, -1, 4102444799999999, 4294967295999999, -4294967295999999};
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
            ck_assert(jsonl_time_us((double)ends[i] / 1e6) == ends[i]);
        for (int i = 0; i < 1000000; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            int64_t us = (int64_t)(random % 8589934592000000u) - 4294967296000000;
            ensure(jsonl_time_us((double)us / 1e6) == us, "%lld", (long long)us);
        }
        for (int i = 0; i < 100000; i++) { /* the nearest also to what no microsecond is */
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            int shift = 21 + (int)(random % 8);
            int64_t m = (int64_t)(random >> 11) | (int64_t)1 << 52;
            int128_t off = (int128_t)m * 1000000 - ((int128_t)jsonl_time_us(ldexp((double)m, -shift)) << shift);
            ensure(2 * (off < 0 ? -off : off) <= (int128_t)1 << shift, "%lld / 2^%d", (long long)m, shift);
        }
        ck_assert(jsonl_time_us((double)NAN) == 0);
        ck_assert(jsonl_time_us(1e300) == INT64_MAX && jsonl_time_us(-(double)INFINITY) == INT64_MIN);
        ck_assert(jsonl_time_us(-0.0000006) == -1 && jsonl_time_us(0.0000004) == 0);
    }
END_TEST

START_TEST(leaves_the_result_alone_when_it_refuses)
    {
        int64_t us = 7;
        ck_assert(!jsonl_time_parse((struct jsonl_text){"2016-12-30T23:59:60Z", 20}, &us));
        ck_assert(!jsonl_time_parse((struct jsonl_text){NULL, 0}, &us));
        ck_assert(us == 7);
    }
END_TEST

START_TEST(writes_decimals_rounded_down)
    {
        char buf[JSONL_TIME_SIZE];
        ck_assert_str_eq(jsonl_time_format(buf, 1795398562999999, 0), "2026-11-23T01:49:22Z");
        ck_assert_str_eq(jsonl_time_format(buf, 1795398562999999, 3), "2026-11-23T01:49:22.999Z");
        ck_assert_str_eq(jsonl_time_format(buf, -1, 6), "1969-12-31T23:59:59.999999Z");
        ck_assert_str_eq(jsonl_time_format(buf, -1, 0), "1969-12-31T23:59:59Z");
        ck_assert_str_eq(jsonl_time_format(buf, 1000, 2), "1970-01-01T00:00:00.00Z");
        ck_assert_str_eq(jsonl_time_format(buf, 123456, 9), "1970-01-01T00:00:00.123456Z");
        ck_assert_str_eq(jsonl_time_format(buf, 123456, -1), "1970-01-01T00:00:00Z");
        ck_assert_str_eq(jsonl_time_format(buf, INT64_MAX, 0), "9999-12-31T23:59:59Z");
        ck_assert_str_eq(jsonl_time_format(buf, INT64_MIN, 0), "0000-01-01T00:00:00Z");
    }
END_TEST

START_TEST(takes_numbers_and_strings_of_a_record)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        static const char line[] = "[12.5,\"1970-01-01T00:00:12.5Z\",\"soon\",null]";
        const struct jsonl_value *v = jsonl_parse(p, line, sizeof line - 1, NULL);
        ck_assert_double_eq(jsonl_time(v + 1), 12.5);
        ck_assert_double_eq(jsonl_time(v + 2), 12.5);
        ck_assert(isnan(jsonl_time(v + 3)));
        ck_assert(isnan(jsonl_time(v + 4)));
        ck_assert(isnan(jsonl_time(NULL)));
        jsonl_parser_free(p);
    }
END_TEST

UNIT_MAIN("time", reads_every_form, refuses_what_is_no_time, writes_what_it_reads,
          knows_every_day_of_ten_thousand_years, agrees_with_the_c_library,
          goes_to_a_double_and_back_to_the_microsecond, leaves_the_result_alone_when_it_refuses,
          writes_decimals_rounded_down, takes_numbers_and_strings_of_a_record)
