/* SPDX-License-Identifier: Apache-2.0
 * Names and paths: a key gets its number however it is written and whatever came before it. */
#include "jsonl.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_text text_of(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

static const struct jsonl_value *parse(struct jsonl_parser *p, const char *text)
{
    struct jsonl_error err;
    const struct jsonl_value *root = jsonl_parse(p, text, strlen(text), &err);
    ck_assert_msg(root != NULL, "%s: %s", text, err.message);
    return root;
}

START_TEST(keys_get_the_number_of_their_name)
    {
        /* Lengths around those of the words in which names are compared, and some that cannot be compared in place. */
        static const char *const list[] = {"",
                                           "a",
                                           "1234567",
                                           "12345678",
                                           "123456789012345",
                                           "1234567890123456",
                                           "1234567890123456789012345678901",
                                           "12345678901234567890123456789012",
                                           "more-than-any-name-that-is-compared-where-it-stands",
                                           "k\xc3\xb6nig",
                                           "tab\there"};
        enum { N = sizeof list / sizeof list[0] };
        struct jsonl_text names[N];
        for (size_t i = 0; i < N; i++)
            names[i] = text_of(list[i]);
        struct jsonl_names *t = jsonl_names_new(names, N);
        struct jsonl_parser *p = jsonl_parser_new();
        ck_assert(jsonl_parser_use(p, t));
        for (int round = 0; round < 3; round++) { /* first looked up, then expected */
            for (size_t i = 0; i < N; i++) {
                char text[200];
                snprintf(text, sizeof text, "{\"%s\":1,\"other\":2}", i == N - 1 ? "tab\\there" : list[i]);
                const struct jsonl_value *root = parse(p, text);
                ck_assert(jsonl_names_known(t, root));
                ck_assert_uint_eq(root[1].name, i + 1);
                ck_assert_uint_eq(root[1].name, jsonl_names_number(t, names[i]));
                ck_assert_uint_eq(root[1].len, names[i].n);
                ck_assert_mem_eq(root[1].u.str, names[i].s, names[i].n);
                ck_assert_uint_eq(root[3].name, JSONL_NAME_OTHER);
            }
        }
        const struct jsonl_value *root = parse(p, "{\"\\u0061\":{\"\\u0061\":1},\"a\\u0000\":2}");
        ck_assert_uint_eq(root[1].name, 2);
        ck_assert_uint_eq(root[3].name, 2);
        ck_assert_uint_eq(root[5].name, JSONL_NAME_OTHER);
        ck_assert(jsonl_parser_use(p, NULL));
        root = parse(p, "{\"a\":1}");
        ck_assert_uint_eq(root[1].name, JSONL_NAME_OTHER);
        ck_assert(!jsonl_names_known(t, root));
        jsonl_parser_free(p);
        jsonl_names_free(t);
    }
END_TEST

START_TEST(prefixes_and_longer_names_are_other_names)
    {
        struct jsonl_text names[] = {text_of("load"), text_of("load_1"), text_of("load_15"), text_of("load")};
        struct jsonl_names *t = jsonl_names_new(names, 4);
        struct jsonl_parser *p = jsonl_parser_new();
        ck_assert(jsonl_parser_use(p, t));
        static const char *const lines[] = {"{\"load\":0,\"load_1\":0,\"load_15\":0}",
                                            "{\"load_1\":0,\"load\":0,\"loa\":0}",
                                            "{\"load_15\":0,\"load_150\":0,\"Load\":0}"};
        static const uint16_t want[][3] = {
            {1, 2, 3}, {2, 1, JSONL_NAME_OTHER}, {3, JSONL_NAME_OTHER, JSONL_NAME_OTHER}};
        for (int i = 0; i < 30; i++) {
            const struct jsonl_value *root = parse(p, lines[i * 7 % 3]);
            for (int k = 0; k < 3; k++)
                ck_assert_uint_eq(root[1 + 2 * k].name, want[i * 7 % 3][k]);
        }
        jsonl_parser_free(p);
        jsonl_names_free(t);
    }
END_TEST

START_TEST(more_names_than_are_learned_change_nothing)
    {
        struct jsonl_parser *p = jsonl_parser_new();
        char text[256];
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof text, "{\"key%d\":1,\"x\":{\"key%d\":2,\"ts\":3},\"key%d\":4}", i, i, i);
            const struct jsonl_value *root = parse(p, text);
            ck_assert_uint_eq(root->len, 2);
            ck_assert(root->flags & JSONL_DUPLICATE);
            ck_assert_double_eq(jsonl_number(jsonl_get(jsonl_get(root, "x"), "ts")), 3);
            snprintf(text, sizeof text, "key%d", i);
            ck_assert_double_eq(jsonl_number(jsonl_get(root, text)), 4);
            ck_assert_double_eq(jsonl_number(jsonl_get(jsonl_get(root, "x"), text)), 2);
        }
        jsonl_parser_free(p);
    }
END_TEST

START_TEST(tables_hold_as_many_names_as_they_say)
    {
        struct jsonl_text *names = calloc(JSONL_NAMES_MAX + 1, sizeof *names);
        char *texts = calloc(JSONL_NAMES_MAX + 1, 8);
        for (size_t i = 0; i <= JSONL_NAMES_MAX; i++) {
            snprintf(texts + 8 * i, 8, "n%zu", i);
            names[i] = text_of(texts + 8 * i);
        }
        ck_assert_ptr_null(jsonl_names_new(names, JSONL_NAMES_MAX + 1));
        struct jsonl_names *t = jsonl_names_new(names, JSONL_NAMES_MAX);
        struct jsonl_parser *p = jsonl_parser_new();
        ck_assert(t && jsonl_parser_use(p, t));
        ck_assert_uint_eq(jsonl_names_number(t, names[JSONL_NAMES_MAX - 1]), JSONL_NAMES_MAX);
        ck_assert_uint_eq(jsonl_names_number(t, names[JSONL_NAMES_MAX]), JSONL_NAME_OTHER);
        const struct jsonl_value *root = parse(p, "{\"n59999\":0,\"n60000\":0,\"n0\":0,\"n1024\":0}");
        ck_assert_uint_eq(root[1].name, 60000);
        ck_assert_uint_eq(root[3].name, JSONL_NAME_OTHER);
        ck_assert_uint_eq(root[5].name, 1);
        ck_assert_uint_eq(root[7].name, 1025);
        ck_assert(!(root->flags & JSONL_DUPLICATE)); /* though 1 and 1025 share a bit */
        jsonl_parser_free(p);
        jsonl_names_free(t);
        free(texts);
        free(names);
    }
END_TEST

START_TEST(paths_are_found_whether_the_parser_knows_them_or_not)
    {
        static const char *const paths[] = {"model.id", "model", "a.b.c", "duration", "a.b", "c"};
        enum { N = sizeof paths / sizeof paths[0] };
        static const char line[] =
            "{\"c\":0,\"a\":{\"c\":1,\"b\":{\"c\":2,\"id\":3}},\"model\":{\"id\":4,\"model\":5},\"id\":6,"
            "\"model.id\":7}";
        struct jsonl_paths *paths_own = jsonl_paths_new(paths, N, NULL);
        struct jsonl_parser *p = jsonl_parser_new();
        ck_assert_ptr_nonnull(paths_own);
        for (int round = 0; round < 2; round++) {
            const struct jsonl_value *root = parse(p, line), *at[N];
            ck_assert_int_eq(jsonl_names_known(jsonl_paths_names(paths_own), root), round);
            jsonl_paths_find(paths_own, root, at);
            ck_assert_double_eq(jsonl_number(at[0]), 4);
            ck_assert_int_eq(at[1]->type, JSONL_OBJECT);
            ck_assert_double_eq(jsonl_number(at[2]), 2);
            ck_assert_ptr_null(at[3]);
            ck_assert_uint_eq(at[4]->len, 2);
            ck_assert_double_eq(jsonl_number(at[5]), 0);
            ck_assert(jsonl_parser_use(p, jsonl_paths_names(paths_own)));
        }
        const struct jsonl_value *at[N];
        jsonl_paths_find(paths_own, parse(p, "[{\"c\":1}]"), at);
        jsonl_paths_find(paths_own, NULL, at);
        for (size_t i = 0; i < N; i++)
            ck_assert_ptr_null(at[i]);
        jsonl_paths_find(paths_own, parse(p, "{\"a\":{\"b\":[{\"c\":1}]},\"model\":\"x\"}"), at);
        ck_assert(!at[0] && at[1] && !at[2] && at[4]);
        jsonl_parser_free(p);
        jsonl_paths_free(paths_own);
        ck_assert_ptr_null(jsonl_paths_new(paths, N, jsonl_paths_names(paths_own = jsonl_paths_new(paths, 2, NULL))));
        jsonl_paths_free(paths_own);
    }
END_TEST

START_TEST(lines_are_parsed_where_they_stand)
    {
        char path[] = "/tmp/lib-names-XXXXXX";
        int fd = mkstemp(path);
        static const char text[] = "{\"a\":\"x\\n\"}\r\n\xef\xbb\xbf{\"b\":1}\n\n{\"c\":12}";
        FILE *f = fdopen(fd, "w");
        fwrite(text, 1, sizeof text - 1, f);
        fclose(f);
        struct jsonl_error err;
        struct jsonl_reader *r = jsonl_reader_open(path, 0, &err);
        struct jsonl_parser *p = jsonl_parser_new();
        struct jsonl_line line;
        size_t values = 0;
        while (jsonl_reader_line(r, &line, &err) == 1) {
            const struct jsonl_value *root = jsonl_parse_line(p, &line, &err);
            ck_assert_int_eq(root == NULL, line.number == 3);
            if (!root)
                continue;
            ck_assert_ptr_eq(root[1].u.str, line.text + 2);
            values += root->span;
        }
        ck_assert_uint_eq(line.number, 4);
        ck_assert(line.unended);
        ck_assert_uint_eq(values, 9);
        jsonl_parser_free(p);
        jsonl_reader_close(r);
        remove(path);
    }
END_TEST

UNIT_MAIN("names", keys_get_the_number_of_their_name, prefixes_and_longer_names_are_other_names,
          more_names_than_are_learned_change_nothing, tables_hold_as_many_names_as_they_say,
          paths_are_found_whether_the_parser_knows_them_or_not, lines_are_parsed_where_they_stand)
