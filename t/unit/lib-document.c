/* SPDX-License-Identifier: Apache-2.0
 * Documents: what YAML means, where values stand, what is refused. */
#include "jsonl.h"
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

static struct jsonl_document *document(const char *name, const char *s)
{
    struct jsonl_error err = {0};
    struct jsonl_document *d = jsonl_document_parse(name, text(s), &err);
    ck_assert_msg(d, "%s: %zu:%zu: %s", s, err.line, err.column, err.message);
    return d;
}

static void check_json(const char *yaml, const char *json)
{
    struct jsonl_document *d = document("x.yaml", yaml);
    struct jsonl_text t = jsonl_document_text(d);
    ck_assert_msg(jsonl_text_is(t, json), "%.200s\nbecame   %.*s\nand not  %s", yaml, (int)t.n, t.s, json);
    jsonl_document_free(d);
}

static void check_refused(const char *name, const char *s, size_t line, size_t column, const char *message)
{
    struct jsonl_error err = {0};
    struct jsonl_document *d = jsonl_document_parse(name, text(s), &err);
    ck_assert_msg(!d, "accepted: %.200s", s);
    ck_assert_msg(strstr(err.message, message), "%.200s\nsaid     %s\nand not  %s", s, err.message, message);
    ck_assert_msg(err.line == line && err.column == column, "%.200s\n%s\nat %zu:%zu, not %zu:%zu", s, err.message,
                  err.line, err.column, line, column);
}

static void check_place(const struct jsonl_document *d, const struct jsonl_value *v, size_t line, size_t column)
{
    size_t l, c;
    ck_assert_ptr_nonnull(v);
    jsonl_document_locate(d, v, &l, &c);
    ck_assert_uint_eq(l, line);
    ck_assert_uint_eq(c, column);
}

START_TEST(resolves_plain_scalars_by_the_core_schema)
    {
        static const struct {
            const char *yaml, *json;
        } cases[] = {
            {"null", "null"},
            {"Null", "null"},
            {"NULL", "null"},
            {"~", "null"},
            {"nULL", "\"nULL\""},
            {"true", "true"},
            {"True", "true"},
            {"TRUE", "true"},
            {"false", "false"},
            {"FALSE", "false"},
            {"tRUE", "\"tRUE\""},
            {"yes", "\"yes\""},
            {"on", "\"on\""},
            {"0", "0"},
            {"-0", "-0"},
            {"+7", "7"},
            {"012", "12"},
            {"-007", "-7"},
            {"000", "0"},
            {"0o17", "15"},
            {"0x1fF", "511"},
            {"0o8", "\"0o8\""},
            {"0x", "\"0x\""},
            {"-0x1", "\"-0x1\""},
            {"0b1", "\"0b1\""},
            {"1_000", "\"1_000\""},
            {"1:30", "\"1:30\""},
            {"1.5", "1.5"},
            {"+1.5", "1.5"},
            {".5", "0.5"},
            {"-.5", "-0.5"},
            {"5.", "5.0"},
            {"5.e3", "5.0e3"},
            {"1e5", "1e5"},
            {"1E+5", "1E+5"},
            {"00.10e-02", "0.10e-02"},
            {".", "\".\""},
            {".e1", "\".e1\""},
            {"1e", "\"1e\""},
            {"e5", "\"e5\""},
            {"1.2.3", "\"1.2.3\""},
            {"2.0.4", "\"2.0.4\""},
            {"infinity", "\"infinity\""},
            {"0xffffffffffffffff", "18446744073709551615"},
            {"123456789012345678901234567890", "123456789012345678901234567890"},
            {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
            {"2026-11-23", "\"2026-11-23\""},
        };
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            check_json(cases[i].yaml, cases[i].json);
    }
END_TEST

START_TEST(takes_quoted_and_block_scalars_as_strings)
    {
        check_json("'12'", "\"12\"");
        check_json("\"true\"", "\"true\"");
        check_json("a: ''", "{\"a\":\"\"}");
        check_json("|\n  12\n", "\"12\\n\"");
        check_json(">-\n  a\n  b\n", "\"a b\"");
        check_json("\"\\0\\t\\x41\\u00e9\\U0001f600\"", "\"\\u0000\\tA\xc3\xa9\xf0\x9f\x98\x80\"");
        check_json("'\"\\'", "\"\\\"\\\\\"");
    }
END_TEST

START_TEST(obeys_explicit_tags)
    {
        check_json("!!str 12", "\"12\"");
        check_json("!!str", "\"\"");
        check_json("!!int '12'", "12");
        check_json("!!int \"0x10\"", "16");
        check_json("!!float 1", "1");
        check_json("!!bool 'True'", "true");
        check_json("!!null ''", "null");
        check_json("!!map {a: !!seq [1]}", "{\"a\":[1]}");
        check_json("! 12", "\"12\"");
        check_json("! [12]", "[12]");
        check_refused("x.yaml", "a:\n  !!int x1", 2, 3, "'x1' is not an integer");
        check_refused("x.yaml", "!!int 1.5", 1, 1, "'1.5' is not an integer");
        check_refused("x.yaml", "!!bool yes", 1, 1, "'yes' is not true or false");
        check_refused("x.yaml", "!!float ''", 1, 1, "'' is not a number");
        check_refused("x.yaml", "!!binary aGk=", 1, 1, "the tag 'tag:yaml.org,2002:binary' is not known");
        check_refused("x.yaml", "- !local {a: 1}", 1, 3, "the tag '!local' is not known");
        check_refused("x.yaml", "- !!map [1]", 1, 3, "the tag 'tag:yaml.org,2002:map' is not known");
    }
END_TEST

START_TEST(refuses_numbers_that_json_has_not)
    {
        check_refused("x.yaml", "a: .inf", 1, 4, "'.inf' is a number that JSON cannot hold");
        check_refused("x.yaml", "a: -.INF", 1, 4, "JSON cannot hold");
        check_refused("x.yaml", "- 1\n- .nan", 2, 3, "JSON cannot hold");
        check_refused("x.yaml", "0x10000000000000000", 1, 1, "JSON cannot hold");
        check_json("'.inf'", "\".inf\"");
        check_json("-.nan", "\"-.nan\"");
    }
END_TEST

START_TEST(reads_collections_of_both_styles)
    {
        check_json("", "null");
        check_json("# nothing\n", "null");
        check_json("---\n...\n", "null");
        check_json("%YAML 1.2\n---\na: 1\n", "{\"a\":1}");
        check_json("\xef\xbb\xbf"
                   "a: 1",
                   "{\"a\":1}");
        check_json("a:\nb:\n- 1\n-\n- [x, {y: z}]\n", "{\"a\":null,\"b\":[1,null,[\"x\",{\"y\":\"z\"}]]}");
        check_json("{a, b: }", "{\"a\":null,\"b\":null}");
        check_json("[a: 1, b]", "[{\"a\":1},\"b\"]");
        check_json("? a\n: b\n", "{\"a\":\"b\"}");
        check_json("a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}");
    }
END_TEST

START_TEST(takes_keys_as_they_are_written)
    {
        check_json("1: a\ntrue: b\n~: c\n0x10: d\n.inf: e",
                   "{\"1\":\"a\",\"true\":\"b\",\"~\":\"c\",\"0x10\":\"d\",\".inf\":\"e\"}");
        check_json("'<<': {a: 1}\n", "{\"\\u003c\\u003c\":{\"a\":1}}");
        check_json("<<a: <<\n", "{\"\\u003c\\u003ca\":\"\\u003c\\u003c\"}");
        check_refused("x.yaml", "a: &a {b: 1}\nc:\n  <<: *a\n", 3, 3, "'<<' merges nothing in YAML 1.2");
        check_refused("x.yaml", "? [a]\n: 1", 1, 3, "a key must be a scalar");
        check_refused("x.yaml", "{{a: 1}: 2}", 1, 2, "a key must be a scalar");
    }
END_TEST

START_TEST(refuses_duplicate_keys_at_the_second)
    {
        check_refused("x.yaml", "a: 1\nb: 2\n\xc3\xa4: 3\na: 4\nb: 5\n", 4, 1, "the key 'a' is there already");
        check_refused("x.yaml", "{x: {1: a, '1': b}}", 1, 12, "the key '1' is there already");
        check_refused("x.yaml", "\"\\x41\": 1\nA: 2", 2, 1, "the key 'A' is there already");
        check_refused("x.yaml", "k: &k a\nm: {*k : 1, a: 2}", 2, 13, "the key 'a' is there already");
        check_refused("x.yaml", "'\"': 1\n\"\\\"\": 2", 2, 1, "is there already");
        check_json("a: {a: {a: 1}, ab: 2}\nab: [{a: 1}, {a: 2}]",
                   "{\"a\":{\"a\":{\"a\":1},\"ab\":2},\"ab\":[{\"a\":1},{\"a\":2}]}");
    }
END_TEST

START_TEST(follows_aliases)
    {
        check_json("a: &x {c: [1, 2]}\nb: *x\nd: [*x, *x]",
                   "{\"a\":{\"c\":[1,2]},\"b\":{\"c\":[1,2]},\"d\":[{\"c\":[1,2]},{\"c\":[1,2]}]}");
        check_json("[&a 1, *a, &a 2, *a]", "[1,1,2,2]");
        check_json("&o [&o 1, *o]", "[1,1]");
        check_json("[&o [&o 1], *o]", "[[1],1]");
        check_json("[&e , *e]", "[null,null]");
        check_json("[&k key, {*k : 1}]", "[\"key\",{\"key\":1}]");
        check_refused("x.yaml", "a: *b\nb: &b 1", 1, 4, "names no anchor before it");
        check_refused("x.yaml", "a: &x [1,\n *x]", 2, 2, "stands inside what it names");
        check_refused("x.yaml", "[&n 1, {*n : 1}]", 1, 9, "does not name a string");
        check_refused("x.yaml", "[&n [1], {*n : 1}]", 1, 11, "does not name a string");
    }
END_TEST

/* Ten levels of ten: 10^10 values. */
START_TEST(refuses_a_billion_laughs)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_puts(w, "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (int i = 1; i < 10; i++) {
            jsonl_printf(w, "a%d: &a%d [", i, i);
            for (int j = 0; j < 10; j++)
                jsonl_printf(w, "%s*a%d", j ? "," : "", i - 1);
            jsonl_puts(w, "]\n");
        }
        check_refused("x.yaml", jsonl_writer_text(w).s, 6, 38, "aliases add more than a million values");
        jsonl_writer_free(w);
    }
END_TEST

/* Few values, but of a long string: 600 times half a megabyte. */
START_TEST(refuses_aliases_that_grow_too_large)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_puts(w, "- &a ");
        for (int i = 0; i < 512 << 10; i++)
            jsonl_puts(w, "x");
        jsonl_puts(w, "\n- [");
        for (int i = 0; i < 600; i++)
            jsonl_puts(w, i ? ",*a" : "*a");
        jsonl_puts(w, "]\n");
        check_refused("x.yaml", jsonl_writer_text(w).s, 2, 1534,
                      "the document is too large with its aliases written out");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(limits_depth_also_through_aliases)
    {
        char deep[2 * JSONL_DEPTH_MAX + 1];
        memset(deep, '[', JSONL_DEPTH_MAX);
        memset(deep + JSONL_DEPTH_MAX, ']', JSONL_DEPTH_MAX);
        deep[2 * JSONL_DEPTH_MAX] = '\0';
        check_json(deep, deep);
        memset(deep, '[', JSONL_DEPTH_MAX + 1);
        check_refused("x.yaml", deep, 1, JSONL_DEPTH_MAX + 1, "nested too deep");
        check_refused("x.json", deep, 1, JSONL_DEPTH_MAX + 1, "nested too deep");
        struct jsonl_writer *w = jsonl_writer_new(-1);
        jsonl_puts(w, "a0: &a0 []\n");
        for (int i = 1; i < 600; i++)
            jsonl_printf(w, "a%d: &a%d [*a%d]\n", i, i, i - 1);
        check_refused("x.yaml", jsonl_writer_text(w).s, JSONL_DEPTH_MAX, 14, "nested too deep");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(wants_one_document)
    {
        check_refused("x.yaml", "a: 1\n---\nb: 2\n", 2, 1, "a second document begins here");
        check_refused("x.yaml", "---\n---\n", 2, 1, "a second document begins here");
        check_refused("x.json", "{} {}", 1, 4, "nothing may follow");
    }
END_TEST

START_TEST(says_where_yaml_is_wrong)
    {
        check_refused("x.yaml", "a: [1,\n  2\nb: 3\n", 3, 2, "flow sequence that begins in line 1");
        check_refused("x.yaml", "a: \"x", 1, 6, "quoted scalar that begins in line 1");
        check_refused("x.yaml", "\tb: 1", 1, 1, "cannot start any token");
        check_refused("x.yaml", "a: 1\n\xc3\xa4: \xff\n", 2, 4, "UTF-8");
        check_refused("x.yaml",
                      "\xef\xbb\xbf"
                      "a: \x01",
                      1, 4, "control characters");
        check_refused("x.yaml",
                      "\xff\xfe"
                      "a",
                      1, 1, "UTF-8");
        check_refused("x.yaml", "a: \x01", 1, 4, "control characters");
    }
END_TEST

START_TEST(chooses_by_ending_then_by_first_character)
    {
        static const char *const both = "[a]";
        check_refused("x.json", "a: 1", 1, 1, "");
        check_refused("X.JSON", "a: 1", 1, 1, "");
        check_refused("x.conf", both, 1, 2, "");
        jsonl_document_free(document("x.YML", both));
        jsonl_document_free(document("x.yaml", both));
        jsonl_document_free(document("x.conf", "a: 1"));
        jsonl_document_free(document("-", "\xef\xbb\xbf \n# comment\na: 1"));
        jsonl_document_free(document(NULL, "true"));
        jsonl_document_free(document("x.json", "\xef\xbb\xbf{\"a\": 1}"));
        check_refused("", "\xef\xbb\xbf\n {", 2, 3, "");
        check_refused("x.json", "", 1, 1, "");
    }
END_TEST

START_TEST(knows_places_in_yaml)
    {
        struct jsonl_document *d = document("x.yaml", "# head\na: &x\n  \xc3\xa9: [1, two]\nb: *x\nc:\n");
        const struct jsonl_value *root = jsonl_document_root(d), *b = jsonl_get(root, "b");
        const struct jsonl_value *list = jsonl_get(jsonl_get(root, "a"), "\xc3\xa9");
        check_place(d, root, 2, 1);
        check_place(d, root + 1, 2, 1);
        check_place(d, jsonl_get(root, "a"), 2, 4);
        check_place(d, list, 3, 6);
        check_place(d, list - 1, 3, 3);
        check_place(d, list + 2, 3, 10);
        check_place(d, b, 4, 4);                             /* an alias stands where it is written, */
        check_place(d, jsonl_get(b, "\xc3\xa9") + 2, 3, 10); /* what is in it where that is */
        check_place(d, jsonl_get(root, "c"), 5, 3);
        jsonl_document_free(d);
    }
END_TEST

START_TEST(knows_places_in_json)
    {
        struct jsonl_document *d = document("x.json", "\xef\xbb\xbf{\n \"\xc3\xa9\": [1,\n\"two\"], \"b\": {}}");
        const struct jsonl_value *root = jsonl_document_root(d), *list = jsonl_get(root, "\xc3\xa9");
        check_place(d, root, 1, 1);
        check_place(d, list - 1, 2, 2);
        check_place(d, list, 2, 7);
        check_place(d, list + 2, 3, 1);
        check_place(d, jsonl_get(root, "b"), 3, 14);
        jsonl_document_free(d);
    }
END_TEST

START_TEST(reads_files)
    {
        char path[] = "/tmp/document-XXXXXX.yaml";
        int fd = mkstemps(path, 5);
        struct jsonl_error err;
        ck_assert_int_ge(fd, 0);
        ck_assert_int_eq((int)write(fd, "a: [1]\n", 7), 7);
        close(fd);
        struct jsonl_document *d = jsonl_document_load(path, &err);
        ck_assert_ptr_nonnull(d);
        ck_assert(jsonl_text_is(jsonl_document_text(d), "{\"a\":[1]}"));
        jsonl_document_free(d);
        unlink(path);
        ck_assert_ptr_null(jsonl_document_load(path, &err));
        ck_assert_str_eq(err.message, "cannot read: No such file or directory");
        ck_assert_ptr_null(jsonl_document_load("/tmp", &err));
        ck_assert_str_eq(err.message, "cannot read: Is a directory");
        ck_assert_ptr_null(jsonl_document_load("/dev/zero", &err));
        ck_assert_str_eq(err.message, "larger than 256 MiB");
        ck_assert_ptr_null(jsonl_document_load(path, NULL));
        jsonl_document_free(NULL);
    }
END_TEST

static void check_tree(const char *json)
{
    struct jsonl_document *d = document("x.json", json);
    json_t *got = jsonl_to_json(jsonl_document_text(d).s, jsonl_document_root(d));
    json_t *want = json_loads(json, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    ck_assert_ptr_nonnull(want);
    ck_assert_msg(json_equal(got, want), "%s", json);
    json_decref(got);
    json_decref(want);
    jsonl_document_free(d);
}

START_TEST(gives_jansson_the_same_tree)
    {
        check_tree("null");
        check_tree("[true, false, null, \"\", \"\\u0000\\ud83d\\ude00\", [], {}]");
        check_tree("{\"a\": {\"b\": [1, -2, 0, -0, 1.5, 1e3, -1E-3]}, \"\": 0, \"\xc3\xa9\": \"\\\"\"}");
        check_tree("[9007199254740993, 9223372036854775807, -9223372036854775808, -9223372036854775807]");
    }
END_TEST

START_TEST(gives_jansson_what_it_can_hold)
    {
        struct jsonl_document *d = document("x.json", "[9223372036854775808, -9223372036854775809, 1e400]");
        const struct jsonl_value *root = jsonl_document_root(d);
        const char *s = jsonl_document_text(d).s;
        json_t *large = jsonl_to_json(s, root + 1), *low = jsonl_to_json(s, root + 2);
        ck_assert(json_is_real(large) && json_real_value(large) == 9223372036854775808.0);
        ck_assert(json_is_real(low));
        ck_assert_ptr_null(jsonl_to_json(s, root + 3));
        ck_assert_ptr_null(jsonl_to_json(s, root));
        json_decref(large);
        json_decref(low);
        jsonl_document_free(d);
        d = document("x.json", "{\"a\\u0000b\": 1}");
        ck_assert_ptr_null(jsonl_to_json(jsonl_document_text(d).s, jsonl_document_root(d)));
        jsonl_document_free(d);
    }
END_TEST

/* 200 000 keys, anchors and aliases: only a quadratic way would notice. */
START_TEST(takes_many_keys_and_anchors)
    {
        enum { MANY = 200000 };
        struct jsonl_writer *w = jsonl_writer_new(-1);
        for (int i = 0; i < MANY; i++)
            jsonl_printf(w, "k%d: &a%d %d\n", i, i, i);
        for (int i = 0; i < MANY; i++)
            jsonl_printf(w, "m%d: *a%d\n", i, i);
        struct jsonl_document *d = document("x.yaml", jsonl_writer_text(w).s);
        const struct jsonl_value *last = jsonl_get(jsonl_document_root(d), "m199999");
        check_place(d, last, 2 * MANY, 10);
        ck_assert(jsonl_number(last) == MANY - 1);
        jsonl_document_free(d);
        jsonl_writer_free(w);
    }
END_TEST

/* libyaml takes quadratic time for these. */
START_TEST(refuses_a_flood_of_directives)
    {
        struct jsonl_writer *w = jsonl_writer_new(-1);
        for (int i = 0; i < 64; i++)
            jsonl_printf(w, "%%TAG !t%d! tag:yaml.org,2002:%s", i, i % 2 ? "\n" : "\r\n");
        struct jsonl_text few = jsonl_writer_text(w);
        check_refused("x.yaml", few.s, 65, 1, "did not find expected <document start>");
        jsonl_puts(w, "--- !t63!str 1\n");
        check_json(jsonl_writer_text(w).s, "\"1\"");
        jsonl_writer_clear(w);
        for (int i = 0; i < 65; i++)
            jsonl_printf(w, "%%TAG !t%d! x%s", i, i % 2 ? "\n" : "\xe2\x80\xa8");
        struct jsonl_error err;
        ck_assert_ptr_null(jsonl_document_parse("x.yaml", jsonl_writer_text(w), &err));
        ck_assert_str_eq(err.message, "more than 64 %TAG directives");
        jsonl_writer_free(w);
        check_json("a: '100 %TAG'", "{\"a\":\"100 %TAG\"}");
    }
END_TEST

UNIT_MAIN("document", resolves_plain_scalars_by_the_core_schema, takes_quoted_and_block_scalars_as_strings,
          obeys_explicit_tags, refuses_numbers_that_json_has_not, reads_collections_of_both_styles,
          takes_keys_as_they_are_written, refuses_duplicate_keys_at_the_second, follows_aliases,
          refuses_a_billion_laughs, refuses_aliases_that_grow_too_large, limits_depth_also_through_aliases,
          wants_one_document, says_where_yaml_is_wrong, chooses_by_ending_then_by_first_character, knows_places_in_yaml,
          knows_places_in_json, reads_files, gives_jansson_the_same_tree, gives_jansson_what_it_can_hold,
          takes_many_keys_and_anchors, refuses_a_flood_of_directives)
