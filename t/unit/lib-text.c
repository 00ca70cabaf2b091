/* SPDX-License-Identifier: Apache-2.0
 * What all parts know of characters: ASCII, UTF-8, how far two names are apart. */
#include "ascii.h"
#include "clip.h"
#include "edits.h"
#include "unit.h"
#include "utf8.h"

#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

START_TEST(knows_letters_and_digits_of_ascii_alone)
    {
        static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        static const char digits[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
        for (int i = 0; i < 256; i++) {
            char c = (char)i;
            const char *digit = i ? strchr(digits, c) : NULL, *capital = i ? strchr(upper, c) : NULL;
            int value = digit ? (int)(digit - digits) : capital ? (int)(capital - upper) : -1;
            ensure(is_letter(c) == (i && strchr(letters, c)), "letter %d", i);
            ensure(is_digit(c) == (value >= 0 && value < 10), "digit %d", i);
            ensure(hex_value(c) == value, "hexadecimal %d", i);
            ensure(lower_case(c) == (c >= 'A' && c <= 'Z' ? c + 32 : c), "case %d", i);
        }
    }
END_TEST

START_TEST(reads_each_character)
    {
        static const struct {
            const char *s;
            uint32_t code;
        } characters[] = {{"\xc2\x80", 0x80},       {"\xdf\xbf", 0x7ff},           {"\xe0\xa0\x80", 0x800},
                          {"\xef\xbf\xbf", 0xffff}, {"\xf0\x90\x80\x80", 0x10000}, {"\xf4\x8f\xbf\xbf", 0x10ffff}};
        for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
            size_t n = strlen(characters[i].s);
            ck_assert_uint_eq(utf8_sequence(characters[i].s, n), n);
            ck_assert_uint_eq(utf8_sequence(characters[i].s, n - 1), 0);
            ck_assert_uint_eq(utf8_code_point(characters[i].s, n), characters[i].code);
        }
        ck_assert_uint_eq(utf8_count("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 10), 4);
    }
END_TEST

START_TEST(cuts_no_character_in_two)
    {
        static const char s[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z";
        static const size_t whole[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
        for (size_t n = 0; n < sizeof s; n++) {
            ck_assert_uint_eq(utf8_whole(s, n), whole[n]);
            ck_assert_int_eq(clip(text(s), (int)n), (int)whole[n]);
        }
        ck_assert_uint_eq(utf8_whole("\x80\x80\x80", 3), 3); /* no UTF-8: nothing to keep together */
        ck_assert_uint_eq(utf8_whole("\xff\x80\x80\x80\x80\x80", 6), 6);
    }
END_TEST

START_TEST(a_long_message_ends_with_a_whole_character)
    {
        struct jsonl_error err;
        char name[400] = "";
        for (size_t shift = 0; shift < 3; shift++) {
            memset(name, 'x', shift);
            for (size_t n = shift; n + 3 < sizeof name; n += 3)
                memcpy(name + n, "\xe2\x82\xac", 4);
            jsonl_error_set(&err, "%s", name);
            size_t n = strlen(err.message);
            ck_assert_uint_ge(n, sizeof err.message - 3);
            ck_assert_uint_eq((n - shift) % 3, 0);
        }
    }
END_TEST

START_TEST(counts_edits_between_names)
    {
        static const struct {
            const char *a, *b;
            unsigned edits;
        } names[] = {{"", "", 0},
                     {"", "ab", 2},
                     {"outcome", "outcome", 0},
                     {"outcme", "outcome", 1},
                     {"outcomme", "outcome", 1},
                     {"uotcome", "outcome", 1},
                     {"Out-Come", "out_come", 0},
                     {"abc", "xyz", 3},
                     {"ca", "abc", 3}};
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            ck_assert_uint_eq(edits_between(text(names[i].a), text(names[i].b)), names[i].edits);
            ck_assert_uint_eq(edits_between(text(names[i].b), text(names[i].a)), names[i].edits);
        }
    }
END_TEST

START_TEST(tells_a_slip_of_the_pen)
    {
        ck_assert_int_eq(edits_slip(text("duration"), text("duraton")), 1);
        ck_assert_int_eq(edits_slip(text("duration"), text("druation")), 1);
        ck_assert_int_eq(edits_slip(text("outcome"), text("Outcome")), 0);
        ck_assert_int_eq(edits_slip(text("passed"), text("pass")), 2);
        ck_assert_int_eq(edits_slip(text("test"), text("model")), -1);
        ck_assert_int_eq(edits_slip(text("ts"), text("x")), -1);
        ck_assert_int_eq(edits_slip(text("duration"), text("")), -1);
    }
END_TEST

UNIT_MAIN("text", knows_letters_and_digits_of_ascii_alone, reads_each_character, cuts_no_character_in_two,
          a_long_message_ends_with_a_whole_character, counts_edits_between_names, tells_a_slip_of_the_pen)
