/* SPDX-License-Identifier: Apache-2.0
 * Markdown's small pieces. */
#include "../../genreport/md.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static struct jsonl_writer *w;

static const char *written(void)
{
    return jsonl_writer_text(w).s;
}

static void begin(void)
{
    if (!w)
        w = jsonl_writer_new(-1);
    jsonl_writer_clear(w);
}

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, s ? strlen(s) : 0};
}

#define WRITES(want, call)                 \
    do {                                   \
        begin();                           \
        call;                              \
        ck_assert_str_eq(written(), want); \
    } while (0)

START_TEST(durations_are_for_people)
    {
        WRITES("0.0 s", md_duration(w, 0));
        WRITES("12.3 s", md_duration(w, 12.34));
        WRITES("59.9 s", md_duration(w, 59.94));
        WRITES("1m 00s", md_duration(w, 59.96));
        WRITES("1m 23s", md_duration(w, 83));
        WRITES("59m 59s", md_duration(w, 3599.4));
        WRITES("1h 00m", md_duration(w, 3599.5));
        WRITES("2h 05m", md_duration(w, 7500));
        WRITES("3d 04h", md_duration(w, 3 * 86400 + 4 * 3600));
        WRITES("–", md_duration(w, NAN));
        WRITES("–", md_duration(w, INFINITY));
        WRITES("83.4 s (1m 23s)", md_total(w, 83.4));
        WRITES("8.4 s", md_total(w, 8.4));
    }
END_TEST

START_TEST(short_times_keep_two_decimals)
    {
        WRITES("0.72 s", md_seconds(w, 0.7237));
        WRITES("9.99 s", md_seconds(w, 9.994));
        WRITES("10.0 s", md_seconds(w, 9.996));
        WRITES("134.0 s", md_seconds(w, 134));
        WRITES("<0.01 s", md_seconds(w, 0.0008));
        WRITES("0.00 s", md_seconds(w, 0));
        WRITES("–", md_seconds(w, NAN));
    }
END_TEST

START_TEST(sizes_and_ranges_say_when_nothing_is_known)
    {
        WRITES("13.2 GB", md_size(w, 13.2));
        WRITES("0.02 GB", md_size(w, 0.02));
        WRITES("–", md_size(w, NAN));
        WRITES("18.8-19.1", md_range(w, (struct number_range){18.81, 19.12, NAN, 2}, 1));
        WRITES("15.1", md_range(w, (struct number_range){15.11, 15.12, NAN, 2}, 1));
        WRITES("–", md_range(w, (struct number_range){NAN, NAN, NAN, 0}, 1));
    }
END_TEST

START_TEST(only_all_is_a_hundred_per_cent)
    {
        ck_assert_double_eq(md_percent(5, 5), 100);
        ck_assert_double_eq(md_percent(99999, 100000), 99.9);
        ck_assert_double_eq(md_percent(1, 100000), 0.1);
        ck_assert_double_eq(md_percent(0, 5), 0);
    }
END_TEST

START_TEST(hostile_text_stays_in_its_cell)
    {
        WRITES("–", md_text(w, text(NULL)));
        begin();
        md_text(w, text("a|b\n<img src=x>`"));
        ck_assert_ptr_null(strchr(written(), '\n'));
        ck_assert_ptr_null(strchr(written(), '<'));
        ck_assert_ptr_nonnull(strstr(written(), "\\|"));
    }
END_TEST

START_TEST(long_text_is_cut_between_characters)
    {
        char s[1001];

        for (size_t i = 0; i < 500; i++)
            memcpy(s + 2 * i, "é", 2);
        s[1000] = '\0';
        begin();
        md_text(w, text(s));
        ck_assert_uint_eq(jsonl_writer_text(w).n, 2 * 200 + strlen("…"));
    }
END_TEST

START_TEST(code_is_fenced_longer_than_what_it_holds)
    {
        WRITES("`a\\nb`", md_code(w, text("a\nb")));
        WRITES("``` a``b ```", md_code(w, text("a``b")));
        WRITES("` `", md_code(w, text("")));
    }
END_TEST

START_TEST(modes_have_a_capital)
    {
        WRITES("Vision", md_mode(w, text("vision"), false));
        WRITES("X", md_mode(w, text("x"), false));
        WRITES("–", md_mode(w, text(NULL), false));
        WRITES("Other", md_mode(w, text(NULL), true));
        WRITES("A'''b c", md_mode(w, text("a```b\nc"), true));
        WRITES("A\\u202e"
               "b \xC3\xA9",
               md_mode(w,
                       text("a\xE2\x80\xAE"
                            "b\t\xC3\xA9"),
                       true));
    }
END_TEST

START_TEST(times_are_utc_and_hold_to_what_can_be_written)
    {
        WRITES("2026-11-23", md_day(w, 1795398548.25));
        WRITES("2026-11-23T01:49:08 UTC", md_moment(w, 1795398548.25));
        WRITES("unknown", md_moment(w, NAN));
        WRITES("9999-12-31", md_day(w, 1e300));
        WRITES("1970-01-01", md_day(w, -1e300));
    }
END_TEST

UNIT_MAIN("genreport-md", durations_are_for_people, short_times_keep_two_decimals,
          sizes_and_ranges_say_when_nothing_is_known, only_all_is_a_hundred_per_cent, hostile_text_stays_in_its_cell,
          long_text_is_cut_between_characters, code_is_fenced_longer_than_what_it_holds, modes_have_a_capital,
          times_are_utc_and_hold_to_what_can_be_written)
