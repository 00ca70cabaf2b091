/* SPDX-License-Identifier: Apache-2.0
 * Regular expressions: what ECMA-262 with the flag u takes, and what matches. */
#include "../../validate/pattern.h"
#include "../../validate/pattern_ecma.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

START_TEST(matches_as_ecma_has_it)
    {
        static const struct {
            const char *pattern, *matches, *differs;
        } cases[] = {
            {"^abc$", "abc", "abc\n"},
            {"^.$", "x", "\n"},
            {"^\\d+$", "42", "\xe0\xa7\xaa"},
            {"^\\D$", "\xe0\xa7\xaa", "4"},
            {"^[\\D]$", "\xe0\xa7\xaa", "4"},
            {"^\\w\\W$", "a\xc3\xa9", "\303\251a"},
            {"^[\\W]$", "\xc3\xa9", "a"},
            {"^\\s[\\s]$", "\xc2\xa0\xef\xbb\xbf", "\xe1\xa0\x8e "},
            {"^\\S[\\S]$", "a\xe1\xa0\x8e", "a\xc2\xa0"},
            {"^[^\\S]$", "\xe3\x80\x80", "a"},
            {"^\\p{Letter}\\p{Lu}\\P{Lu}$", "\303\244Ab", "1Ab"},
            {"^\\p{Script=Greek}+$", "\xcf\x80", "p"},
            {"^[\\p{sc=Cyrl}\\p{Emoji}]$", "\xd0\xb6", "z"},
            {"^\\p{General_Category=Decimal_Number}\\p{gc=Nd}\\p{digit}$", "1\331\2453", "12a"},
            {"^\\P{Assigned}$", "\xcd\xb8", "a"},
            {"^\\p{Any}\\p{LC}$", "1a", "1\xe4\xb8\x88"},
            {"^\\cC\\x41\\u0042\\u{43}\\0$", "\003ABC", NULL},
            {"^\\uD83D\\uDC32$", "\xf0\x9f\x90\xb2", "\xf0\x9f\x90\x89"},
            {"^[\\uD83D\\uDC32-\\u{1F433}]$", "\xf0\x9f\x90\xb3", "\xf0\x9f\x90\x89"},
            {"^[^\\uD800]$", "a", ""},
            {"^[\\uD000-\\uF000]$", "\xee\x80\x80", "\xef\xbf\xbd"},
            {"a[]|b", "b", "a"},
            {"^[^]$", "\n", ""},
            {"^(?<year>\\d)-\\k<year>\\1$", "1-11", "1-12"},
            {"^\\k<a>(?<a>x)$", "x", "xx"},
            {"^(?:a|(b))c\\1$", "ac", "bc"},
            {"(?<=a)b(?!c)", "ab", "abc"},
            {"(?<!a)b", "cb", "ab"},
            {"^a{2}b{1,}c{0,2}?d??$", "aabc", "abc"},
            {"^[a\\-z\\]\\b^]+$", "a-z]\b^", "b"},
            {"^[--/]$", ".", "0"},
            {"^\\/\\^\\$\\{\\}\\|-#$", "/^${}|-#", "a"},
            {"^a b #c$", "a b #c", "ab"},
            {"\\bx\\B", "xy", "x"},
            {"^[[:alpha:]$", ":", "b"},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct jsonl_error error = {0};
            struct pattern *p = pattern_new(text(cases[i].pattern), &error);
            ck_assert_msg(p, "%s: %s", cases[i].pattern, error.message);
            size_t n = strlen(cases[i].matches) + (strstr(cases[i].pattern, "\\0$") ? 1 : 0);
            ck_assert_msg(pattern_match(p, NULL, cases[i].matches, n) == PATTERN_YES, "%s", cases[i].pattern);
            if (cases[i].differs)
                ck_assert_msg(pattern_match(p, NULL, cases[i].differs, strlen(cases[i].differs)) == PATTERN_NO, "%s",
                              cases[i].pattern);
            pattern_free(p);
        }
    }
END_TEST

START_TEST(refuses_what_flag_u_refuses)
    {
        static const char *const wrong[] = {
            "(",
            ")",
            "(a",
            "a)",
            "[",
            "[a",
            "]",
            "{",
            "}",
            "a{",
            "a{1",
            "a{2,1}",
            "a{,2}",
            "*",
            "a**",
            "a++",
            "^*",
            "\\b+",
            "(?=a)*",
            "(?<=a)?",
            "a|*",
            "\\",
            "\\a",
            "\\Z",
            "\\A",
            "\\-",
            "\\_",
            "\\e",
            "\\h",
            "\\1",
            "(a)\\2",
            "\\01",
            "\\x4",
            "\\u12",
            "\\u{}",
            "\\u{110000}",
            "\\u{41",
            "\\c1",
            "\\c",
            "\\p{",
            "\\pL",
            "\\p{Nope}",
            "\\p{lu}",
            "\\p{Script=greek}",
            "\\p{Script=}",
            "\\p{gc=Nope}",
            "\\p{=Lu}",
            "\\k",
            "\\k<a>",
            "(?<a>x)\\k<b>",
            "(?<a>x)(?<a>y)",
            "(?<1a>x)",
            "(?<>x)",
            "(?<a",
            "(?<",
            "(?P<a>x)",
            "(?#x)",
            "(?i)a",
            "(?>a)",
            "(?|a)",
            "(?",
            "[b-a]",
            "[\\d-a]",
            "[a-\\d]",
            "[\\B]",
            "[\\1]",
            "[\\k<a>]",
            "(*UTF)a",
            "a{1}{2}",
            "[[:alpha:]]",
            "\\Qa\\E",
            "\\\xc3\xa4",
            "\\N{U+41}",
        };
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            struct jsonl_error error = {0};
            ck_assert_msg(!pattern_translate(NULL, text(wrong[i]), &error), "%s", wrong[i]);
            ck_assert_msg(strncmp(error.message, "not a regular expression: ", 26) == 0, "%s", error.message);
            ck_assert(strstr(error.message, ", at character "));
            ck_assert(!pattern_new(text(wrong[i]), NULL));
        }
    }
END_TEST

/* PCRE2 knows each property that we let through. */
START_TEST(knows_the_properties)
    {
        static const char *const names[] = {
            "L",
            "LC",
            "Lu",
            "Cn",
            "P",
            "punct",
            "cntrl",
            "Any",
            "Assigned",
            "ASCII",
            "AHex",
            "Alpha",
            "Bidi_C",
            "Bidi_Mirrored",
            "CI",
            "Cased",
            "CWCF",
            "CWCM",
            "CWL",
            "Changes_When_Uppercased",
            "Dash",
            "DI",
            "Dep",
            "Dia",
            "Emoji",
            "EComp",
            "EMod",
            "EBase",
            "EPres",
            "ExtPict",
            "Ext",
            "Gr_Base",
            "Gr_Ext",
            "Hex",
            "IDSB",
            "IDST",
            "ID_Continue",
            "IDS",
            "Ideo",
            "Join_C",
            "LOE",
            "Lower",
            "Math",
            "NChar",
            "Pat_Syn",
            "Pat_WS",
            "QMark",
            "Radical",
            "RI",
            "STerm",
            "SD",
            "Term",
            "UIdeo",
            "Upper",
            "VS",
            "space",
            "White_Space",
            "XIDC",
            "XID_Start",
            "Script=Latin",
            "sc=Zyyy",
            "scx=Deva",
            "Script_Extensions=Old_North_Arabian",
            "sc=SignWriting",
        };
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            char pattern[128];
            snprintf(pattern, sizeof pattern, "[\\p{%s}]\\P{%s}", names[i], names[i]);
            struct jsonl_error error = {0};
            struct pattern *p = pattern_new(text(pattern), &error);
            ck_assert_msg(p, "%s: %s", pattern, error.message);
            pattern_free(p);
        }
    }
END_TEST

START_TEST(comes_to_an_end)
    {
        static char text_a[40] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", huge[1 << 20];
        struct pattern *p = pattern_new(text("^(?=a)(a|aa)+$"), NULL);
        ck_assert_int_eq(pattern_match(p, NULL, text_a, strlen(text_a)), PATTERN_GAVE_UP);
        pattern_free(p);
        p = pattern_new(text("^(a|aa)+$"), NULL); /* has a table */
        ck_assert_int_eq(pattern_match(p, NULL, text_a, strlen(text_a)), PATTERN_NO);
        pattern_free(p);
        struct jsonl_error error = {0};
        memset(huge, 'a', sizeof huge);
        static const char *const endless[] = {
            "(?=.)\\w*\\w*\\w*;", "(?=.)\\w+1", "(.*)\\1[bc]$", "[^b]{60000}b", "\\p{L}{1,60000}\\p{Lu}{60000}",
        };
        for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
            p = pattern_new(text(endless[i]), NULL);
            ck_assert_int_eq(pattern_match(p, NULL, huge, sizeof huge), PATTERN_GAVE_UP);
            pattern_free(p);
        }
        p = pattern_new(text("(?=.)\\w+$"), NULL);
        ck_assert_int_eq(pattern_match(p, NULL, huge, sizeof huge), PATTERN_YES);
        pattern_free(p);
        ck_assert(!pattern_new((struct jsonl_text){huge, sizeof huge}, &error));
        ck_assert_msg(strstr(error.message, "too large"), "%s", error.message);
        memset(huge, '(', sizeof huge);
        ck_assert(!pattern_new((struct jsonl_text){huge, sizeof huge}, &error));
        memset(huge, '[', sizeof huge);
        ck_assert(!pattern_new((struct jsonl_text){huge, sizeof huge}, &error));
        ck_assert(!pattern_new(text("(?<=a+)b"), &error));
        ck_assert_msg(strstr(error.message, "cannot be run here"), "%s", error.message);
        ck_assert(pattern_translate(NULL, text("(?<=a+)b"), NULL));
    }
END_TEST

UNIT_MAIN("validate-pattern", matches_as_ecma_has_it, refuses_what_flag_u_refuses, knows_the_properties,
          comes_to_an_end)
