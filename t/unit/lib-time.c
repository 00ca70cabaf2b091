/* SPDX-License-Identifier: Apache-2.0 */
#include "jsonl.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static int64_t us_of(const char *text)
{
    int64_t us = -1;
    ck_assert_msg(jsonl_time_parse((struct jsonl_text){text, strlen(text)}, &us), "refused: %s", text);
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
            ck_assert_msg(us_of(buf) == us, "%s", buf);
        }
    }
END_TEST

START_TEST(writes_decimals_rounded_down)
    {
        char buf[JSONL_TIME_SIZE];
        ck_assert_str_eq(jsonl_time_format(buf, 1795398562999999, 0), "2026-11-23T01:49:22Z");
        ck_assert_str_eq(jsonl_time_format(buf, 1795398562999999, 3), "2026-11-23T01:49:22.999Z");
        ck_assert_str_eq(jsonl_time_format(buf, -1, 6), "1969-12-31T23:59:59.999999Z");
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

UNIT_MAIN("time", reads_every_form, refuses_what_is_no_time, writes_what_it_reads, writes_decimals_rounded_down,
          takes_numbers_and_strings_of_a_record)
