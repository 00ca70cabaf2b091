/* SPDX-License-Identifier: Apache-2.0
 * The parser: what RFC 8259 allows, what it forbids, and where an error is said to be. */
#include "jsonl.h"
#include "unit.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_parser *parser;
static struct jsonl_error err;

static const struct jsonl_value *parse_n(const char *text, size_t n)
{
    if (!parser)
        parser = jsonl_parser_new();
    /* A copy of exactly this size, so that a read beyond it is seen by sanitizers and valgrind. */
    static char *copy;
    free(copy);
    copy = malloc(n ? n : 1);
    memcpy(copy, text, n);
    return jsonl_parse(parser, copy, n, &err);
}

static const struct jsonl_value *parse(const char *text)
{
    return parse_n(text, strlen(text));
}

START_TEST(accepts_what_the_grammar_allows)
    {
        static const char *const texts[] = {
            "{}",
            "[]",
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.5e+3",
            "\"\"",
            " [ 1 , 2 ] ",
            "{\"a\":{\"b\":[{}]}}",
            "\t\r\n{\"a\" :\n1}\n",
            "\"\\u0000\"",
            "\"\\ud83d\\ude00\"",
            "\"\x7f\"",
            "[[],[[]],{}]",
            "1E400",
            "-1e-400",
        };
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            ck_assert_msg(parse(texts[i]) != NULL, "%s: %s", texts[i], err.message);
    }
END_TEST

START_TEST(refuses_what_the_grammar_forbids)
    {
        static const char *const texts[] = {
            "",
            " ",
            "{",
            "}",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "[1 2]",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "0x10",
            "NaN",
            "Infinity",
            "nul",
            "nulll",
            "True",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u123g\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\u0041\"",
            "\"\t\"",
            "\"\n\"",
            "{} {}",
            "[1]]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\" 1}",
            "{1:2}",
            "[\"a\",\n",
            "//\n1",
            "-01",
            "1e5.5",
            "[1,,2]",
            "{,}",
            "[,1]",
            "\"\\\"",
            "\xef\xbb\xbf{}",
        };
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            ck_assert_msg(parse(texts[i]) == NULL, "accepted: %s", texts[i]);
    }
END_TEST

START_TEST(refuses_invalid_utf8_at_every_alignment)
    {
        static const char *const bad[] = {"\x80",
                                          "\xc0\x80",
                                          "\xc1\xbf",
                                          "\xe0\x80\x80",
                                          "\xed\xa0\x80",
                                          "\xf0\x80\x80\x80",
                                          "\xf4\x90\x80\x80",
                                          "\xf5\x80\x80\x80",
                                          "\xff",
                                          "\xe2\x82",
                                          "\xc3"};
        static const char *const good[] = {"\xc2\x80",     "\xdf\xbf",         "\xe0\xa0\x80",     "\xed\x9f\xbf",
                                           "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbf"};
        for (size_t pad = 0; pad < 40; pad++) {
            char text[64];
            for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
                size_t n = (size_t)snprintf(text, sizeof text, "\"%.*s%s\"", (int)pad,
                                            "abcdefghijabcdefghijabcdefghijabcdefghij", bad[i]);
                ck_assert(parse_n(text, n) == NULL);
                ck_assert_uint_eq(err.byte, pad + 2);
            }
            for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
                size_t n = (size_t)snprintf(text, sizeof text, "\"%.*s%s\"", (int)pad,
                                            "abcdefghijabcdefghijabcdefghijabcdefghij", good[i]);
                const struct jsonl_value *v = parse_n(text, n);
                ck_assert(v != NULL);
                ck_assert_uint_eq(v->len, n - 2);
            }
        }
    }
END_TEST

START_TEST(finds_quotes_and_controls_at_every_alignment)
    {
        for (size_t n = 0; n < 70; n++) {
            char text[80];
            memset(text, 'x', sizeof text);
            text[0] = text[n + 1] = '"';
            const struct jsonl_value *v = parse_n(text, n + 2);
            ck_assert(v && v->len == n);
            for (size_t at = 1; at <= n; at++) {
                text[at] = '\x1f';
                ck_assert(parse_n(text, n + 2) == NULL && err.byte == at + 1);
                text[at] = 'x';
            }
        }
    }
END_TEST

START_TEST(decodes_escapes)
    {
        const struct jsonl_value *v =
            parse("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u00e9\\u20ac\\ud83d\\ude00\",\"a\\u0000b\",\"plain\"]");
        ck_assert_ptr_nonnull(v);
        ck_assert_int_eq(v[1].flags, JSONL_ESCAPED);
        ck_assert(jsonl_text_is(jsonl_text(&v[1]), "\"\\/\b\f\n\r\t"));
        ck_assert(jsonl_text_is(jsonl_text(&v[2]), "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"));
        ck_assert_uint_eq(v[3].len, 3);
        ck_assert_mem_eq(v[3].u.str, "a\0b", 3);
        ck_assert_int_eq(v[4].flags, 0);
    }
END_TEST

START_TEST(reads_the_nearest_double)
    {
        static const struct {
            const char *text;
            double want;
        } cases[] = {
            {"0", 0},
            {"-1", -1},
            {"0.1", 0.1},
            {"123456789.125", 123456789.125},
            {"9007199254740993", 9007199254740992.0},
            {"9007199254740993.0000000000000000000000000000000000000000000000000000000000000001", 9007199254740994.0},
            {"1795398707.8118753", 1795398707.8118753},
            {"1e22", 1e22},
            {"1e23", 1e23},
            {"0e-25", 0},
            {"0.0e-23", 0},
            {"2.2250738585072011e-308", 2.2250738585072011e-308},
            {"4.9e-324", 4.9e-324},
            {"1.7976931348623157e308", 1.7976931348623157e308},
            {"1e309", HUGE_VAL},
            {"-1e309", -HUGE_VAL},
            {"1e-400", 0},
            {"1e99999999999999999999", HUGE_VAL},
            {"0e99999999999999999999", 0},
            {"123456789012345678901234567890", 123456789012345678901234567890.0},
            {"0.000000000000000000000000000000000000000000000000000000000000000000000000001", 1e-75},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            const struct jsonl_value *v = parse(cases[i].text);
            ck_assert_msg(v && (v->u.num > cases[i].want || v->u.num < cases[i].want) == 0, "%s", cases[i].text);
            ck_assert_uint_eq(v->len, strlen(cases[i].text));
        }
    }
END_TEST

START_TEST(reads_any_decimal_as_the_c_library_does)
    {
        uint64_t random = 88172645463325252u;
        for (int round = 0; round < 300000; round++) {
            char text[80];
            random = random * 6364136223846793005u + 1442695040888963407u;
            unsigned bits = (unsigned)(random >> 33);
            size_t whole = 1 + bits % 20, fraction = (bits >> 5) % 21, n = 0;
            if (bits & 1 << 10)
                text[n++] = '-';
            for (size_t i = 0; i < whole + fraction; i++) {
                if (i == whole)
                    text[n++] = '.';
                random = random * 6364136223846793005u + 1442695040888963407u;
                text[n++] = i == 0 && whole > 1 ? (char)('1' + (random >> 33) % 9) : (char)('0' + (random >> 33) % 10);
            }
            if ((bits >> 11) % 4 == 0)
                n += (size_t)snprintf(text + n, sizeof text - n, "e%d", (int)((bits >> 13) % 60) - 30);
            text[n] = '\0';
            double want = strtod(text, NULL);
            const struct jsonl_value *v = parse(text);
            ck_assert_msg(v && memcmp(&v->u.num, &want, sizeof want) == 0, "%s: %.17g, not %.17g", text,
                          v ? v->u.num : 0, want);
            ck_assert_uint_eq(v->len, n);
            ck_assert_int_eq(v->flags & JSONL_INTEGER, strpbrk(text, ".e") ? 0 : JSONL_INTEGER);
        }
        /* Half way between two doubles, and a little more and less. */
        for (int i = 0; i < 1000; i++) {
            static const char *const tails[] = {".0", ".1", ".00", ".01"};
            char text[40];
            uint64_t tie = ((uint64_t)1 << 53) + 1 + 2 * (uint64_t)i;
            snprintf(text, sizeof text, "%llu%s", (unsigned long long)tie, tails[i % 4]);
            double want = strtod(text, NULL);
            ck_assert_double_eq(parse(text)->u.num, want);
        }
    }
END_TEST

START_TEST(reads_a_number_of_a_million_digits)
    {
        enum { DIGITS = 1000000 };
        char *text = malloc(DIGITS + 20);
        memset(text, '9', DIGITS);
        memcpy(text, "1.", 2);
        strcpy(text + DIGITS, "e5");
        const struct jsonl_value *v = parse(text);
        ck_assert(v && v->u.num <= 200000.0 && v->u.num > 199999.9);
        memset(text, '0', DIGITS);
        text[0] = '1';
        snprintf(text + DIGITS, 20, "e-%d", DIGITS - 1);
        v = parse(text);
        ck_assert(v && v->u.num <= 1 && v->u.num >= 1);
        free(text);
    }
END_TEST

START_TEST(marks_integers)
    {
        ck_assert_int_eq(parse("12")->flags, JSONL_INTEGER);
        ck_assert_int_eq(parse("12.0")->flags, 0);
        ck_assert_int_eq(parse("12e0")->flags, 0);
    }
END_TEST

START_TEST(lays_values_out_flat)
    {
        const struct jsonl_value *v = parse("{\"a\":[1,[2,3]],\"b\":{\"c\":null}}");
        ck_assert_uint_eq(v->span, 11);
        ck_assert_uint_eq(v->len, 2);
        ck_assert_uint_eq(v[2].type, JSONL_ARRAY);
        ck_assert_uint_eq(v[2].span, 5);
        ck_assert_uint_eq(v[2].len, 2);
        ck_assert_uint_eq(v[2].at, 5);
        ck_assert(jsonl_text_is(jsonl_text(v + 2 + v[2].span), "b"));
        ck_assert_int_eq(jsonl_get(jsonl_get(v, "b"), "c")->type, JSONL_NULL);
        ck_assert_ptr_null(jsonl_get(jsonl_get(v, "x"), "c"));
        ck_assert_ptr_eq(jsonl_member(v, (struct jsonl_text){"bc", 1}), jsonl_get(v, "b"));
        ck_assert_ptr_null(jsonl_member(v, (struct jsonl_text){"", 0}));
    }
END_TEST

START_TEST(keeps_the_last_of_duplicate_members)
    {
        const struct jsonl_value *v = parse("{\"a\":[1,2,3],\"b\":2,\"a\":{\"x\":1,\"x\":2},\"c\":3,\"b\":4}");
        ck_assert_uint_eq(v->len, 3);
        ck_assert_int_eq(v->flags, JSONL_DUPLICATE);
        ck_assert_uint_eq(v->span, 9);
        ck_assert(jsonl_number(jsonl_get(jsonl_get(v, "a"), "x")) >= 2);
        ck_assert(jsonl_number(jsonl_get(v, "b")) >= 4);
        v = parse("{\"\\u0061\":1,\"a\":2}");
        ck_assert_uint_eq(v->len, 1);
        ck_assert(jsonl_number(jsonl_get(v, "a")) >= 2);
    }
END_TEST

START_TEST(keeps_the_last_of_many_duplicates)
    {
        enum { N = 20000 };
        char *text = malloc(N * 24);
        size_t n = 0;
        text[n++] = '{';
        for (int i = 0; i < N; i++)
            n += (size_t)sprintf(text + n, "\"k%d\":%d,", i % 100, i);
        text[n - 1] = '}';
        const struct jsonl_value *v = parse_n(text, n);
        ck_assert_uint_eq(v->len, 100);
        ck_assert_uint_eq(v->span, 201);
        ck_assert(jsonl_number(jsonl_get(v, "k7")) >= N - 93);
        free(text);
    }
END_TEST

/* Asserts that two trees are alike but for where they stand. */
static void same_values(const struct jsonl_value *v, const struct jsonl_value *w)
{
    ck_assert_uint_eq(v->span, w->span);
    for (uint32_t i = 0, n = v->span; i < n; i++, v++, w++) {
        ck_assert_uint_eq(v->type, w->type);
        ck_assert_uint_eq(v->span, w->span);
        ck_assert_uint_eq(v->len, w->len);
        if (v->type == JSONL_STRING)
            ck_assert_mem_eq(v->u.str, w->u.str, v->len);
        else if (v->type == JSONL_NUMBER)
            ck_assert(v->u.num >= w->u.num && v->u.num <= w->u.num);
    }
}

START_TEST(drops_duplicates_within_duplicates)
    {
        static const char *const pairs[][2] = {
            {"{\"a\":[1,{\"x\":1,\"x\":[2,{\"y\":0,\"y\":1}],\"z\":3}],\"b\":[],"
             "\"a\":{\"k\":[{\"q\":1,\"q\":2}],\"k\":[{\"q\":1,\"r\":[],\"q\":{\"s\":{}}},4]},\"c\":5}",
             "{\"b\":[],\"a\":{\"k\":[{\"r\":[],\"q\":{\"s\":{}}},4]},\"c\":5}"},
            {"[{\"a\":1,\"a\":{}},{\"a\":{},\"a\":[]},{},[[{\"a\":0,\"a\":0}]],7]",
             "[{\"a\":{}},{\"a\":[]},{},[[{\"a\":0}]],7]"},
        };
        struct jsonl_parser *other = jsonl_parser_new();
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
            same_values(parse(pairs[i][0]), jsonl_parse(other, pairs[i][1], strlen(pairs[i][1]), &err));
        jsonl_parser_free(other);
    }
END_TEST

START_TEST(drops_duplicates_at_every_depth)
    {
        enum { N = JSONL_DEPTH_MAX };
        static const char member[] = "{\"a\":1,\"a\":";
        char text[N * sizeof member + N + 1];
        size_t n = 0;
        for (int i = 0; i < N; i++, n += sizeof member - 1)
            memcpy(text + n, member, sizeof member);
        text[n++] = '7';
        memset(text + n, '}', N);
        const struct jsonl_value *v = parse_n(text, n + N);
        for (uint32_t depth = 0; depth < N; depth++, v += 2) {
            ck_assert_uint_eq(v->span, 2 * (N - depth) + 1);
            ck_assert_uint_eq(v->len, 1);
            ck_assert_int_eq(v->flags, JSONL_DUPLICATE);
        }
        ck_assert(jsonl_number(v) >= 7);
    }
END_TEST

START_TEST(limits_the_depth)
    {
        char text[2 * JSONL_DEPTH_MAX + 4];
        memset(text, '[', JSONL_DEPTH_MAX);
        memset(text + JSONL_DEPTH_MAX, ']', JSONL_DEPTH_MAX);
        ck_assert_ptr_nonnull(parse_n(text, 2 * JSONL_DEPTH_MAX));
        memset(text, '[', JSONL_DEPTH_MAX + 1);
        memset(text + JSONL_DEPTH_MAX + 1, ']', JSONL_DEPTH_MAX + 1);
        ck_assert_ptr_null(parse_n(text, 2 * JSONL_DEPTH_MAX + 2));
        ck_assert_uint_eq(err.column, JSONL_DEPTH_MAX + 1);
    }
END_TEST

START_TEST(says_where_an_error_is)
    {
        ck_assert_ptr_null(parse("{\"\xc3\xa9\xe2\x82\xac\": tru}"));
        ck_assert_uint_eq(err.line, 1);
        ck_assert_uint_eq(err.column, 8);
        ck_assert_uint_eq(err.byte, 11);
        ck_assert_str_eq(err.message, "a value was expected, found 'tru'");
        ck_assert_ptr_null(parse("{\n  \"a\": 1\n  \"b\": 2\n}"));
        ck_assert_uint_eq(err.line, 3);
        ck_assert_uint_eq(err.column, 3);
        ck_assert_ptr_null(parse("[1"));
        ck_assert_str_eq(err.message, "',' or ']' was expected after an element, the text ends");
    }
END_TEST

/* Equal value by value; numbers by the double that jansson has. */
static bool same(const struct jsonl_value *v, json_t *j)
{
    switch (v->type) {
    case JSONL_OBJECT:
        if (!json_is_object(j) || json_object_size(j) != v->len)
            return false;
        for (const struct jsonl_value *key = v + 1; key < v + v->span; key += 1 + key[1].span) {
            char name[64];
            snprintf(name, sizeof name, "%.*s", (int)key->len, key->u.str);
            if (!same(key + 1, json_object_get(j, name)))
                return false;
        }
        return true;
    case JSONL_ARRAY: {
        size_t i = 0;
        if (!json_is_array(j) || json_array_size(j) != v->len)
            return false;
        for (const struct jsonl_value *e = v + 1; e < v + v->span; e += e->span)
            if (!same(e, json_array_get(j, i++)))
                return false;
        return true;
    }
    case JSONL_STRING:
        return json_is_string(j) && json_string_length(j) == v->len &&
               memcmp(json_string_value(j), v->u.str, v->len) == 0;
    case JSONL_NUMBER:
        return json_is_number(j) && !(json_number_value(j) < v->u.num) && !(json_number_value(j) > v->u.num);
    default:
        return v->type == (json_is_true(j) ? JSONL_TRUE : json_is_false(j) ? JSONL_FALSE : JSONL_NULL);
    }
}

START_TEST(says_what_stands_there_instead)
    {
#define NO_NAN ": JSON has no NaN and no infinity, write null or leave the member out"
        static const char *const cases[][2] = {
            {" ", "a value was expected, the text is empty"},
            {"[1,]", "a value was expected after the comma, found ']'"},
            {"{\"a\":1 ,\n}", "a member's name in quotes was expected after the comma, found '}'"},
            {"{\"a\":}", "a value was expected, found '}'"},
            {"[NaN]", "a value was expected, found 'NaN'" NO_NAN},
            {"-Infinity", "a digit must follow the minus sign, found 'Infinity'" NO_NAN},
            {"[True]", "a value was expected, found 'True': true, false and null are in lower case"},
            {"None", "a value was expected, found 'None': JSON's word for that is null"},
            {"[true, fals", "a value was expected, the text ends after 'fals'"},
            {"['x']", "a value was expected, found ''': strings are written in double quotes"},
            {"{} // no", "nothing may follow the value, found '/': JSON has no comments"},
            {"+1", "a value was expected, found '+': a number begins with a digit or a minus sign"},
            {"[1.2.3]", "',' or ']' was expected after an element, found '.'"},
            {"[\x01", "a value was expected, found \\x01"},
            {"1e", "a digit must follow the exponent's e, the text ends"},
            {"1e+x", "a digit must follow the exponent's sign, found 'x'"},
            {"{\"\xc3\xa9\":\"x", "the string that begins in column 6 has no closing quote"},
            {"\"\\x41\"", "a backslash must be followed by one of \" \\ / b f n r t u, found 'x41'"},
            {"\"\\ud834\\uDd\"", "four hexadecimal digits must follow \\u"},
            {"\"a\tb\"", "a control character in a string must be written as an escape, found a tab"},
            {"\"\xe9\"", "invalid UTF-8, found byte 0xe9"},
            {"[\xc2\xa0\"a\"]", "a value was expected, found U+00A0"},
            {"[\xf0\x9f\x98\x80]", "a value was expected, found U+1F600"},
            {"\xef\xbb\xbf{}", "a value was expected, found U+FEFF, a byte order mark"},
            {"\xff\xfe[", "the text is in UTF-16, JSON is in UTF-8"},
            {"\x1f\x8b\x08", "this is compressed by gzip"},
            {"\xfd"
             "7zXZ",
             "this is compressed by xz"},
            {"\x28\xb5\x2f\xfd", "this is compressed by zstd"},
            {"\x28\xb5\x2f", "a value was expected, found '('"},
        };
#undef NO_NAN
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            ck_assert_ptr_null(parse(cases[i][0]));
            ck_assert_str_eq(err.message, cases[i][1]);
        }
        ck_assert_ptr_null(parse_n("{\0\"\0", 4));
        ck_assert_str_eq(err.message, "the text is in UTF-16, JSON is in UTF-8");
    }
END_TEST

START_TEST(says_of_a_line_that_is_no_record_what_one_is)
    {
        ck_assert_ptr_null(parse("{"));
        ck_assert_str_eq(err.message, "a member's name in quotes was expected, the text ends");
#define ONE_LINE ": a record is one line, as jq -c writes it"
        static const struct {
            const char *text, *message;
            bool unended;
        } cases[] = {
            {" {\r\n", "a member's name in quotes was expected, the text ends" ONE_LINE, false},
            {"[\n", "a value was expected, the text ends" ONE_LINE, false},
            {"\"a\": 1,\n", "nothing may follow the value, found ':'" ONE_LINE, false},
            {"1: 1\n", "nothing may follow the value, found ':'", false},
            {"{} {}\n", "nothing may follow the value, found '{': each record is a line of its own", false},
            {"[1 {}]\n", "',' or ']' was expected after an element, found '{'", false},
            {"{ 1\n", "a member's name in quotes was expected, found '1'", false},
            {"\n{", "a value was expected, the text is empty", false},
            {"{", "a member's name in quotes was expected, the text ends", true},
        };
#undef ONE_LINE
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            static char text[256]; /* zeros behind it, as the reader has them */
            memset(text, 0, sizeof text);
            memcpy(text, cases[i].text, strlen(cases[i].text));
            struct jsonl_line line = {.text = text, .len = strcspn(text, "\r\n"), .unended = cases[i].unended};
            ck_assert_ptr_null(jsonl_parse_line(parser, &line, &err));
            ck_assert_str_eq(err.message, cases[i].message);
        }
    }
END_TEST

/* Random bytes put into a real line: both parsers must take or refuse it, with equal values. */
START_TEST(agrees_with_jansson_on_mutated_lines)
    {
        static const char seed[] =
            "{\"a\": [1, -2.5e3, 0.125, true, false, null], \"s\": \"x\\n\\u00e9\xc3\xa9\", \"o\": "
            "{\"k\": \"\\ud83d\\ude00\", \"e\": {}, \"f\": []}, \"n\": 1795398707.8118753}";
        static const char alphabet[] = "{}[]\",:\\u0123456789-+eE.tfn aq/\n\t\xc3\xa9\xff";
        uint32_t random = 12345;
        size_t accepted = 0;
        for (int round = 0; round < 60000; round++) {
            char text[sizeof seed];
            memcpy(text, seed, sizeof seed);
            for (int change = 0; change <= round % 3; change++) {
                random = random * 1664525 + 1013904223;
                size_t at = (random >> 8) % (sizeof seed - 1);
                random = random * 1664525 + 1013904223;
                text[at] = alphabet[(random >> 8) % (sizeof alphabet - 1)];
            }
            json_error_t jerr;
            json_t *j = json_loadb(text, sizeof seed - 1, JSON_DECODE_ANY | JSON_ALLOW_NUL, &jerr);
            const struct jsonl_value *v = parse_n(text, sizeof seed - 1);
            bool range = !j && (strstr(jerr.text, "too big") || strstr(jerr.text, "real number overflow"));
            bool nul_key = !j && strstr(jerr.text, "NUL byte in object key");
            if (!range && !nul_key)
                ck_assert_msg((v != NULL) == (j != NULL), "%s: %s / %s", text, v ? "accepted" : err.message, jerr.text);
            if (v && j) {
                ck_assert_msg(same(v, j), "%s", text);
                accepted++;
            }
            json_decref(j);
        }
        ck_assert_uint_gt(accepted, 1000);
    }
END_TEST

UNIT_MAIN("parse", accepts_what_the_grammar_allows, refuses_what_the_grammar_forbids,
          refuses_invalid_utf8_at_every_alignment, finds_quotes_and_controls_at_every_alignment, decodes_escapes,
          reads_the_nearest_double, reads_any_decimal_as_the_c_library_does, reads_a_number_of_a_million_digits,
          marks_integers, lays_values_out_flat, keeps_the_last_of_duplicate_members, keeps_the_last_of_many_duplicates,
          drops_duplicates_within_duplicates, drops_duplicates_at_every_depth, limits_the_depth, says_where_an_error_is,
          says_what_stands_there_instead, says_of_a_line_that_is_no_record_what_one_is,
          agrees_with_jansson_on_mutated_lines)
