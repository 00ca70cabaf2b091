/* SPDX-License-Identifier: Apache-2.0
 * Text, made safe for where it goes. */
#include "jsonl.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

enum { TARGETS = JSONL_TO_TERMINAL + 1 };

static struct jsonl_text escaped_text(enum jsonl_target target, const char *text, size_t n)
{
    static struct jsonl_writer *w;
    if (!w)
        w = jsonl_writer_new(-1);
    jsonl_writer_clear(w);
    jsonl_write_escaped(w, target, (struct jsonl_text){text, n});
    return jsonl_writer_text(w);
}

static const char *escaped(enum jsonl_target target, const char *text, size_t n)
{
    return escaped_text(target, text, n).s;
}

START_TEST(escapes_for_each_target)
    {
        static const char text[] = "<a b=\"c\">&|`*\n\x1b[31m\xe2\x80\xa8'\\";
        size_t n = sizeof text - 1;
        ck_assert_str_eq(escaped(JSONL_TO_JSON, text, n),
                         "\\u003ca b=\\\"c\\\"\\u003e\\u0026|`*\\n\\u001b[31m\\u2028'\\\\");
        ck_assert_str_eq(escaped(JSONL_TO_HTML, text, n),
                         "&lt;a b=&quot;c&quot;&gt;&amp;|`*\n\xef\xbf\xbd[31m\xe2\x80\xa8&#39;\\");
        ck_assert_str_eq(escaped(JSONL_TO_HTML, "\xef\xbf\xbd\xef\xbf\xbe\xef\xbf\xbf", 9),
                         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, text, n),
                         "&lt;a b=\"c\"&gt;&amp;\\|\\`\\*  \\[31m\xe2\x80\xa8'\\\\");
        ck_assert_str_eq(escaped(JSONL_TO_CSV, text, n), "\"<a b=\"\"c\"\">&|`*\n\x1b[31m\xe2\x80\xa8'\\\"");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, text, n), "<a b=\"c\">&|`*\\n\\x1b[31m\\u2028'\\");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, "\xc2\x9b\x7f", 3), "\\u009b\\x7f");
        ck_assert_str_eq(escaped(JSONL_TO_JSON, "\0", 1), "\\u0000");
    }
END_TEST

START_TEST(replaces_what_is_not_utf8)
    {
        static const enum jsonl_target targets[] = {JSONL_TO_JSON, JSONL_TO_HTML, JSONL_TO_MARKDOWN, JSONL_TO_CSV,
                                                    JSONL_TO_TERMINAL};
        for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
            ck_assert_str_eq(escaped(targets[i],
                                     "a\xff"
                                     "b\xe2\x82",
                                     5),
                             "a\xef\xbf\xbd"
                             "b\xef\xbf\xbd\xef\xbf\xbd");
            ck_assert_str_eq(escaped(targets[i], "\xc3\xa9\xf0\x9f\x98\x80", 6), "\xc3\xa9\xf0\x9f\x98\x80");
        }
    }
END_TEST

START_TEST(lets_no_text_turn_its_line_around)
    {
        static const char turned[] = "a\xe2\x80\xae"
                                     "b\xd8\x9c"
                                     "c\xe2\x81\xa6"
                                     "d\xe2\x82\xac";
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, turned, sizeof turned - 1), "a\xef\xbf\xbd"
                                                                                "b\xef\xbf\xbd"
                                                                                "c\xef\xbf\xbd"
                                                                                "d\xe2\x82\xac");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, turned, sizeof turned - 1),
                         "a\\u202eb\\u061cc\\u2066d\xe2\x82\xac");
        ck_assert_str_eq(escaped(JSONL_TO_JSON, turned, sizeof turned - 1), turned);
    }
END_TEST

START_TEST(leaves_underscores_within_words)
    {
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "test_run_command", 16), "test_run_command");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "_a_ b__c", 8), "\\_a\\_ b__c");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "a_-b", 4), "a\\_-b");
    }
END_TEST

START_TEST(calls_nobody_from_markdown)
    {
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "@octo-cat", 9), "@&#8288;octo-cat");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "(@org/team)", 11), "(@&#8288;org/team)");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "a@b.c @ @-x", 11), "a@b.c @ @-x");
        ck_assert_str_eq(escaped(JSONL_TO_MARKDOWN, "$HOME/$x", 8), "\\$HOME/\\$x"); /* no formula in TeX */
    }
END_TEST

START_TEST(disarms_formulas_in_csv)
    {
        static const struct {
            const char *text, *want;
        } cases[] = {
            {"plain", "plain"},
            {"", ""},
            {"a b", "a b"},
            {"=1+1", "\"'=1+1\""},
            {"+1", "\"'+1\""},
            {"-1", "\"'-1\""},
            {"@SUM(A1)", "\"'@SUM(A1)\""},
            {"\t=1", "\"'\t=1\""},
            {"\r=1", "\"'\r=1\""},
            {"\n=1", "\"'\n=1\""},
            {"\xef\xbc\x9d"
             "1",
             "\"'\xef\xbc\x9d"
             "1\""}, /* = in full width */
            {"a=1", "a=1"},
            {"a,b", "\"a,b\""},
            {"a;=1", "\"a;=1\""}, /* two cells where the comma is the decimal point */
            {"a\t=1", "\"a\t=1\""},
            {"a\nb", "\"a\nb\""},
            {"say \"x\"", "\"say \"\"x\"\"\""},
            {" a", "\" a\""},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            ck_assert_str_eq(escaped(JSONL_TO_CSV, cases[i].text, strlen(cases[i].text)), cases[i].want);
        ck_assert_str_eq(escaped(JSONL_TO_CSV, "a\0b", 3), "a\xef\xbf\xbd"
                                                           "b");
    }
END_TEST

START_TEST(shows_what_is_invisible_on_the_terminal)
    {
        static const char family[] = "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"; /* joined by U+200D */
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL,
                                 "a\xe2\x80\x8b"
                                 "b",
                                 5),
                         "a\\u200bb");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL,
                                 "a\xe2\x80\x8d"
                                 "b",
                                 5),
                         "a\\u200db");
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, family, sizeof family - 1), family);
        ck_assert_str_eq(escaped(JSONL_TO_TERMINAL, "\xf3\xa0\x81\x81", 4), "\\U000e0041");
    }
END_TEST

static size_t utf8_write(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3f));
    to[0] = (char)(0xf00 >> n | code);
    return n;
}

static bool has_control(struct jsonl_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if ((unsigned char)t.s[i] < 0x20 || t.s[i] == 0x7f ||
            (t.s[i] == '\xc2' && i + 1 < t.n && (unsigned char)t.s[i + 1] < 0xa0))
            return true;
    return false;
}

static void check_json(struct jsonl_parser *parser, const char *text, size_t n)
{
    char line[64];
    struct jsonl_text t = escaped_text(JSONL_TO_JSON, text, n);
    int len = snprintf(line, sizeof line, "\"%.*s\"", (int)t.n, t.s);
    const struct jsonl_value *v = jsonl_parse(parser, line, (size_t)len, NULL);
    ensure(v && v->len == n && memcmp(v->u.str, text, n) == 0, "%s", line);
    ensure(!strpbrk(line, "<>&"), "%s", line);
}

/* Neither the text nor what stands for it, after `open`, can end what it stands in. */
static void check_marks(enum jsonl_target target, const char *text, size_t n, const char *marks, const char *open)
{
    struct jsonl_text t = escaped_text(target, text, n);
    for (size_t i = 0; i < t.n; i++)
        if (strchr(marks, t.s[i]) && t.s[i])
            ensure(i > 0 && strchr(open, t.s[i - 1]), "%.*s", (int)t.n, t.s);
}

START_TEST(is_safe_with_every_character)
    {
        struct jsonl_parser *parser = jsonl_parser_new();
        for (uint32_t code = 0; code <= 0x10ffff; code++) {
            char text[8] = "x";
            if (code == 0x3100)
                code = 0xe000;
            else if (code == 0xe010)
                code = 0xfe00;
            else if (code == 0x10010)
                code = 0xdff00;
            else if (code == 0xe0100)
                code = 0x10fff0;
            size_t n = 1 + utf8_write(text + 1, code);
            text[n++] = 'y';
            check_json(parser, text, n);
            check_marks(JSONL_TO_HTML, text, n, "<>\"'", "");
            check_marks(JSONL_TO_MARKDOWN, text, n, "<>", "");
            if (code != '\\')
                check_marks(JSONL_TO_MARKDOWN, text, n, "|`*[]~$", "\\");
            ensure(!has_control(escaped_text(JSONL_TO_TERMINAL, text, n)), "U+%04X", (unsigned)code);
            ensure(!has_control(escaped_text(JSONL_TO_MARKDOWN, text, n)), "U+%04X", (unsigned)code);
            for (int target = 0; target < TARGETS; target++) {
                char copy[64];
                struct jsonl_text t = escaped_text((enum jsonl_target)target, text, n);
                memcpy(copy, t.s, t.n);
                check_json(parser, copy, t.n); /* so what comes out is UTF-8 */
            }
        }
        jsonl_parser_free(parser);
    }
END_TEST

UNIT_MAIN("escape", escapes_for_each_target, replaces_what_is_not_utf8, lets_no_text_turn_its_line_around,
          leaves_underscores_within_words, calls_nobody_from_markdown, disarms_formulas_in_csv,
          shows_what_is_invisible_on_the_terminal, is_safe_with_every_character)
