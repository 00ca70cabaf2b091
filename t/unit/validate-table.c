/* SPDX-License-Identifier: Apache-2.0
 * Tables: patterns against PCRE2, names against their text, numbers at a glance against exact comparison. */
#include "../../validate/glance.h"
#include "../../validate/lexicon.h"
#include "../../validate/pattern_table.h"
#include "unit.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <math.h>
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

/* ---- Patterns ---- */

static uint32_t random_state;

static unsigned chance(unsigned n)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % n;
}

struct expression {
    char s[400];
    size_t n;
};

static void put(struct expression *e, const char *s)
{
    size_t n = strlen(s);
    if (e->n + n < sizeof e->s) {
        memcpy(e->s + e->n, s, n + 1);
        e->n += n;
    }
}

static void put_expression(struct expression *e, unsigned depth);

static void put_term(struct expression *e, unsigned depth)
{
    static const char *const atoms[] = {"a",     "b",    "c",    "1",      "-",      "\\.",    "\\d", "\\w",
                                        "[a-c]", "[b1]", "[-a]", "[a\\-]", "[\\d_]", "[\\]^]", "\\/", "\\t"};
    static const char *const quantifiers[] = {"",    "",      "",     "",    "*",  "+",     "?",
                                              "{2}", "{0,2}", "{1,}", "{0}", "+?", "{2,3}?"};
    if (depth < 3 && chance(4) == 0) {
        put(e, chance(2) ? "(" : "(?:");
        put_expression(e, depth + 1);
        put(e, ")");
    } else {
        put(e, atoms[chance(sizeof atoms / sizeof *atoms)]);
    }
    put(e, quantifiers[chance(sizeof quantifiers / sizeof *quantifiers)]);
}

static void put_expression(struct expression *e, unsigned depth)
{
    for (unsigned n = chance(4); n > 0; n--)
        put_term(e, depth);
    if (depth > 0 && chance(3) == 0) {
        put(e, "|");
        put_expression(e, depth);
    }
}

static size_t put_text(char *s, size_t room)
{
    static const char *const pieces[] = {"a", "b", "c",  "1",  "-", ".", "_", "]",
                                         "^", "/", "\t", "\n", "ä", "😀", "x", ""};
    size_t n = 0;
    for (unsigned i = chance(12); i > 0; i--) {
        const char *piece = i % 3 ? pieces[chance(4)] : pieces[chance(sizeof pieces / sizeof *pieces)];
        size_t len = strlen(piece) + (*piece == '\0'); /* U+0000, too */
        if (n + len < room) {
            memcpy(s + n, piece, len);
            n += len;
        }
    }
    return n;
}

START_TEST(a_table_matches_what_pcre2_matches)
    {
        unsigned tables = 0, matches = 0;
        random_state = 20261123;
        for (int i = 0; i < 3000; i++) {
            struct expression e = {.n = 0};
            put(&e, chance(2) ? "^" : "");
            put_expression(&e, 0);
            put(&e, chance(2) ? "$" : "");
            int code;
            PCRE2_SIZE at;
            pcre2_code *pcre = pcre2_compile((PCRE2_SPTR)e.s, e.n, PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &code, &at, NULL);
            struct pattern_table t;
            ck_assert_msg(pcre, "%s", e.s);
            pcre2_match_data *data = pcre2_match_data_create(1, NULL);
            bool made = pattern_table_make(&t, (struct jsonl_text){e.s, e.n});
            for (int k = 0; made && k < 40; k++) {
                char s[64];
                size_t n = put_text(s, sizeof s);
                int found = pcre2_match(pcre, (PCRE2_SPTR)s, n, 0, 0, data, NULL);
                ck_assert(found >= 0 || found == PCRE2_ERROR_NOMATCH);
                ck_assert_msg(pattern_table_match(&t, s, n) == (found >= 0), "%s: \"%.*s\"", e.s, (int)n, s);
                matches += found >= 0;
            }
            tables += made;
            pattern_table_free(&t);
            pcre2_match_data_free(data);
            pcre2_code_free(pcre);
        }
        ck_assert_uint_gt(tables, 2900); /* and neither nearly all nor nearly none match */
        ck_assert_uint_gt(matches, tables * 40 / 5);
        ck_assert_uint_lt(matches, tables * 40 / 5 * 4);
    }
END_TEST

START_TEST(what_is_not_simple_has_no_table)
    {
        static const char *const others[] = {".",
                                             "\\s",
                                             "\\b",
                                             "[^a]",
                                             "ä",
                                             "\\u0041",
                                             "(?=a)",
                                             "(?<a>b)",
                                             "(a)\\1",
                                             "a|^b",
                                             "^a|b",
                                             "a|b$",
                                             "(a$)",
                                             "\\p{L}",
                                             "[]",
                                             "[\\s]",
                                             "a{101}",
                                             "(a{50}){50}",
                                             "((((a{9}){9}){9}){9}){9}",
                                             "((((((){99}){99}){99}){99}){99}){99}",
                                             "(a|b)*a(a|b){20}",
                                             "((((((((((((((((((((((a))))))))))))))))))))))"};
        struct pattern_table t;
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            ck_assert_msg(!pattern_table_make(&t, text(others[i])), "%s", others[i]);
    }
END_TEST

/* ---- Names ---- */

START_TEST(names_have_the_numbers_that_the_parser_gives_them)
    {
        static const char line[] = "{\"b\": 1, \"\": {\"a\\u0000\": 2}, \"a\": [{\"\\u0062\": 3}], \"c\": 4}";
        struct lexicon x = {.n = 0};
        struct jsonl_text names[] = {{"a", 1}, {"", 0}, {"a\0", 2}, {"b", 1}};
        for (uint32_t i = 0; i < 4; i++) {
            ck_assert_uint_eq(lexicon_add(&x, names[i]), i + 1);
            ck_assert_uint_eq(lexicon_add(&x, names[i]), i + 1);
        }
        ck_assert_uint_eq(lexicon_find(&x, text("c")), LEXICON_NONE);
        struct jsonl_parser *p = jsonl_parser_new();
        const struct jsonl_value *v = jsonl_parse(p, line, strlen(line), NULL);
        ck_assert(!lexicon_taught(&x, v));
        lexicon_close(&x);
        ck_assert(!lexicon_taught(&x, v));
        lexicon_teach(&x, p);
        v = jsonl_parse(p, line, strlen(line), NULL);
        ck_assert(lexicon_taught(&x, v));
        static const uint16_t want[] = {4, 2, 3, 1, 4, JSONL_NAME_OTHER};
        static const size_t at[] = {1, 3, 5, 7, 10, 12};
        for (size_t i = 0; i < 6; i++)
            ck_assert_uint_eq(v[at[i]].name, want[i]);
        lexicon_add(&x, text("c")); /* which the parser has not been taught */
        ck_assert(!lexicon_taught(&x, v));
        jsonl_parser_free(p);
        lexicon_free(&x);
    }
END_TEST

START_TEST(too_many_names_go_by_their_text)
    {
        enum { MANY = JSONL_NAMES_MAX + 1 };
        static char names[MANY][8];
        struct lexicon x = {.n = 0};
        for (uint32_t i = 0; i < MANY; i++) {
            snprintf(names[i], sizeof names[i], "%x", i);
            ck_assert_uint_eq(lexicon_add(&x, text(names[i])), i + 1);
        }
        struct jsonl_parser *p = jsonl_parser_new();
        lexicon_close(&x);
        lexicon_teach(&x, p);
        const struct jsonl_value *v = jsonl_parse(p, "{\"ff\": 1}", 9, NULL);
        ck_assert(!lexicon_taught(&x, v));
        ck_assert_uint_eq(lexicon_find(&x, jsonl_text(v + 1)), 0xff + 1);
        jsonl_parser_free(p);
        lexicon_free(&x);
    }
END_TEST

/* ---- Numbers ---- */

static const struct jsonl_value *number(struct jsonl_parser *p, const char *s)
{
    return jsonl_parse(p, s, strlen(s), NULL);
}

START_TEST(a_glance_lets_through_only_what_is_beyond_doubt)
    {
        static const struct {
            const char *least, *most;
            bool beyond;
            const char *pass[4], *doubt[6];
        } cases[] = {
            {"0", NULL, false, {"0", "1", "5e-324", "1e999"}, {"0.0", "-0.0", "-1", "1e-999", "-1e-999", "-1e999"}},
            {"0", NULL, true, {"1", "0.1", "1e-300"}, {"0", "0.0", "1e-999", "-1"}},
            {"-2", "10", false, {"-2", "10", "9.9", "-1.5"}, {"-2.0", "10.0", "10.000000000000000001", "11", "1e1"}},
            {"1.5", "2.5", false, {"2", "2.4"}, {"1.5", "2.5", "1", "3", "1.50"}},
            {"9007199254740992", NULL, false, {"9007199254740994"}, {"9007199254740992", "9007199254740993"}},
            {"1e999", NULL, false, {NULL}, {"1e999", "2e999", "1", "-1e999"}},
            {NULL, "-1e999", false, {NULL}, {"1e999", "-2e999", "1", "-1e999"}},
            {"-1e999", "1e999", false, {"1", "1.5", "-1e308"}, {"1e999", "-1e999", "1e1000"}},
            {"3", "2", false, {NULL}, {"2", "3", "2.5"}},
        };
        struct jsonl_parser *p = jsonl_parser_new();
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct glance g;
            glance_init(&g);
            if (cases[i].least)
                glance_least(&g, number(p, cases[i].least), cases[i].beyond);
            if (cases[i].most)
                glance_most(&g, number(p, cases[i].most), cases[i].beyond);
            for (size_t k = 0; k < 4 && cases[i].pass[k]; k++)
                ck_assert_msg(glance_passes(&g, number(p, cases[i].pass[k])), "%zu: %s", i, cases[i].pass[k]);
            for (size_t k = 0; k < 6 && cases[i].doubt[k]; k++)
                ck_assert_msg(!glance_passes(&g, number(p, cases[i].doubt[k])), "%zu: %s", i, cases[i].doubt[k]);
            glance_no_fractions(&g);
            ck_assert(!glance_passes(&g, number(p, "2.25")));
            ck_assert(!glance_passes(&g, number(p, "\"2\"")));
        }
        jsonl_parser_free(p);
    }
END_TEST

UNIT_MAIN("validate-table", a_table_matches_what_pcre2_matches, what_is_not_simple_has_no_table,
          names_have_the_numbers_that_the_parser_gives_them, too_many_names_go_by_their_text,
          a_glance_lets_through_only_what_is_beyond_doubt)
