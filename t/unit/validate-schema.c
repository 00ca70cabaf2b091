/* SPDX-License-Identifier: Apache-2.0
 * Schemas compiled and run, without a process: what passes, and what is said of what does not. */
#include "../../validate/closest.h"
#include "../../validate/compile.h"
#include "../../validate/index.h"
#include "../../validate/run.h"
#include "../../validate/tell.h"
#include "unit.h"

#include <string.h>

/* A schema on its own: compiled, or with a complaint. */
struct bench {
    struct store store;
    struct program *program;
    struct complaint complaint;
    struct jsonl_parser *parser, *taught; /* the second numbers names as the program does */
    struct pattern_room *room;
    struct faults faults;
    struct jsonl_writer *said;
};

static void bench_open(struct bench *b, const char *schema, enum draft draft)
{
    *b = (struct bench){.store.draft = draft, .parser = jsonl_parser_new(), .said = jsonl_writer_new(-1)};
    b->taught = jsonl_parser_new();
    b->room = pattern_room_new();
    ck_assert(b->parser && b->taught && b->room && b->said);
    struct jsonl_error error = {0};
    struct jsonl_document *json = jsonl_document_parse("s.json", (struct jsonl_text){schema, strlen(schema)}, &error);
    struct resource *r = document_add(&b->store, "s.json", "", json, &error, &b->complaint);
    b->program = r ? program_compile(&b->store, r, true, &b->complaint) : NULL;
    lexicon_close(&b->store.lexicon);
    lexicon_teach(&b->store.lexicon, b->taught);
}

static bool bench_run(struct bench *b, const char *json, struct faults *faults)
{
    const struct jsonl_value *root = jsonl_parse(b->parser, json, strlen(json), NULL);
    ck_assert_msg(root, "%s", json);
    bool valid = run_program(b->program, NULL, json, root, NULL);
    root = jsonl_parse(b->taught, json, strlen(json), NULL);
    ck_assert_msg(run_program(b->program, b->room, json, root, NULL) == valid, "by numbers: %s", json);
    ck_assert_msg(run_program(b->program, b->room, json, root, faults) == valid, "all faults: %s", json);
    return valid;
}

/* What is said of the first fault, and its path: strings, until the next call. */
static const char *first_told(struct bench *b)
{
    jsonl_writer_clear(b->said);
    fault_tell(b->said, &b->faults, &b->faults.at[0]);
    return jsonl_writer_text(b->said).s;
}

static const char *first_path(struct bench *b)
{
    jsonl_writer_clear(b->said);
    fault_path_write(b->said, &b->faults, &b->faults.at[0]);
    return jsonl_writer_text(b->said).s;
}

static void bench_close(struct bench *b)
{
    jsonl_writer_free(b->said);
    program_free(b->program);
    meta_programs_free(&b->store);
    store_free(&b->store);
    jsonl_parser_free(b->parser);
    jsonl_parser_free(b->taught);
    pattern_room_free(b->room);
    faults_free(&b->faults);
}

static const struct {
    const char *schema;
    enum draft draft;
    const char *valid[4], *invalid[4];
} cases[] = {
    {"{\"type\": [\"integer\", \"null\"]}", DRAFT_7, {"1", "1.0", "null"}, {"1.5", "\"\"", "[]"}},
    {"{\"required\": [\"a\", \"b\"]}", DRAFT_7, {"{\"a\":1,\"b\":2}", "3"}, {"{\"a\":1}", "{}"}},
    {"{\"required\": [\"\", \"b\\u0000\"], \"properties\": {\"b\\u0000\": {\"minimum\": 1}, \"\": true, \"b\": false}, "
     "\"additionalProperties\": false}",
     DRAFT_7,
     {"{\"\": 1, \"b\\u0000\": 2}", "{\"b\\u0000\": 1.5, \"\": 0}"},
     {"{\"\": 1, \"b\\u0000\": 0}", "{\"\": 1, \"b\": 1}", "{\"\": 1, \"b\\u0000\": 1, \"c\": 1}"}},
    {"{\"properties\": {\"a\": {\"maximum\": 1}}, \"patternProperties\": {\"^b\": false}, "
     "\"additionalProperties\": {\"type\": \"null\"}}",
     DRAFT_7,
     {"{\"a\": 1, \"c\": null}"},
     {"{\"a\": 2}", "{\"b1\": null}", "{\"c\": 1}"}},
    {"{\"items\": [{\"const\": 1}], \"additionalItems\": false}", DRAFT_7, {"[1]", "[]", "{}"}, {"[2]", "[1, 1]"}},
    {"{\"prefixItems\": [{\"const\": 1}], \"items\": {\"const\": 2}}",
     DRAFT_2020_12,
     {"[1, 2, 2]", "[]"},
     {"[2]", "[1, 1]"}},
    {"{\"minLength\": 2, \"maxLength\": 3}", DRAFT_7, {"\"\\ud83d\\ude00a\"", "\"äöü\"", "5"}, {"\"ä\"", "\"abcd\""}},
    {"{\"exclusiveMinimum\": true, \"minimum\": 3}", DRAFT_4, {"4"}, {"3", "3.0"}},
    {"{\"minimum\": 9007199254740993}", DRAFT_7, {"9007199254740993", "1e999"}, {"9007199254740992", "-1e999"}},
    {"{\"if\": {\"const\": 1}, \"then\": false, \"else\": {\"type\": \"string\"}}", DRAFT_7, {"\"a\""}, {"1", "2"}},
    {"{\"oneOf\": [{\"minimum\": 1}, {\"maximum\": 3}]}", DRAFT_7, {"0", "4"}, {"2", "\"a\""}},
    {"{\"not\": {\"type\": \"string\"}}", DRAFT_7, {"1"}, {"\"a\""}},
    {"{\"contains\": {\"const\": 1}, \"minContains\": 2, \"maxContains\": 2}",
     DRAFT_2020_12,
     {"[1, 1]"},
     {"[1]", "[1, 1, 1]"}},
    {"{\"maxLength\": 9223372036854775807, \"minLength\": 0.0, \"maxItems\": 1e400}", DRAFT_7, {"\"\"", "[1]"}, {0}},
    {"{\"minItems\": 1e400}", DRAFT_7, {"1"}, {"[1]"}},
    {"{\"propertyNames\": {\"maxLength\": 1}}", DRAFT_7, {"{\"a\": 1}"}, {"{\"ab\": 1}"}},
    {"{\"dependentRequired\": {\"a\": [\"b\"]}}",
     DRAFT_2020_12,
     {"{\"b\": 1}", "{\"a\": 1, \"b\": 1}"},
     {"{\"a\": 1}"}},
    {"{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}}}",
     DRAFT_2020_12,
     {"[[], [[]]]"},
     {"[[1]]", "1"}},
    {"{\"anyOf\": [{\"properties\": {\"a\": true}}, {\"properties\": {\"b\": true}}], \"unevaluatedProperties\": "
     "false}",
     DRAFT_2020_12,
     {"{\"a\": 1, \"b\": 1}", "{}"},
     {"{\"c\": 1}"}},
    {"{\"enum\": [1, \"a\", [2], {\"k\": 0}, 5, 6, 7, 8, 9, 10]}",
     DRAFT_7,
     {"1.0", "[2.0]", "{\"k\": -0}", "1e1"},
     {"2", "\"b\""}},
    {"{\"const\": {\"a\": [1, {\"b\": null}]}}", DRAFT_7, {"{\"a\": [1.0, {\"b\": null}]}"}, {"{\"a\": [1, {}]}"}},
    {"{\"pattern\": \"^\\\\d+$\"}", DRAFT_7, {"\"12\""}, {"\"12\\n\"", "\"\\u0661\"", "\"\""}},
    {"{\"pattern\": \"^\\\\p{Letter}[\\\\s_]\\\\S+\\\\p{digit}$\"}",
     DRAFT_7,
     {"\"\u00e4 x5\"", "\"a\\u00a0x\\u0665\""},
     {"\"5 x5\"", "\"a \\u00a05\"", "\"a x\""}},
    {"{\"type\": [\"integer\", \"string\"]}",
     DRAFT_4,
     {"1", "-123456789012345678901234567890", "\"a\""},
     {"1.0", "1e2", "null"}},
    {"{\"contentEncoding\": \"base64\"}",
     DRAFT_7,
     {"\"YQ==\"", "\"\"", "\"YWJj\\r\\nYWI=\"", "1"},
     {"\"YQ=\"", "\"Y===\"", "\"YQ==YQ==\"", "\"Y%==\""}},
    {"{\"contentMediaType\": \"application/json; charset=utf-8\", \"contentEncoding\": \"base64\"}",
     DRAFT_7,
     {"\"e30=\""},
     {"\"e30\"", "\"{}\"", "\"e317\""}},
    {"{\"contentMediaType\": \"application/json\"}", DRAFT_7, {"\"{}\"", "{}"}, {"\"{\""}},
    {"{\"contentMediaType\": \"application/json\", \"contentEncoding\": \"rot13\"}", DRAFT_7, {"\"{\""}, {0}},
    {"{\"contentMediaType\": \"application/json\"}", DRAFT_2020_12, {"\"{\""}, {0}},
    {"true", DRAFT_7, {"1", "null"}, {0}},
    {"false", DRAFT_7, {0}, {"1", "null"}},
};

START_TEST(accepts_and_refuses)
    {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct bench b;
            bench_open(&b, cases[i].schema, cases[i].draft);
            ck_assert_msg(b.program, "%s: %s", cases[i].schema, b.complaint.error.message);
            for (size_t k = 0; k < 4 && cases[i].valid[k]; k++)
                ck_assert_msg(bench_run(&b, cases[i].valid[k], NULL), "%s %s", cases[i].schema, cases[i].valid[k]);
            for (size_t k = 0; k < 4 && cases[i].invalid[k]; k++)
                ck_assert_msg(!bench_run(&b, cases[i].invalid[k], NULL), "%s %s", cases[i].schema, cases[i].invalid[k]);
            bench_close(&b);
        }
    }
END_TEST

/* The two ways of running agree, and each invalid value gets at least one message. */
START_TEST(explains_what_it_refuses_and_nothing_else)
    {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct bench b;
            bench_open(&b, cases[i].schema, cases[i].draft);
            for (size_t k = 0; k < 4 && cases[i].valid[k]; k++) {
                ck_assert(bench_run(&b, cases[i].valid[k], &b.faults));
                ck_assert_msg(b.faults.n == 0, "%s %s", cases[i].schema, cases[i].valid[k]);
            }
            for (size_t k = 0; k < 4 && cases[i].invalid[k]; k++) {
                ck_assert(!bench_run(&b, cases[i].invalid[k], &b.faults));
                ck_assert_msg(b.faults.n > 0, "%s %s", cases[i].schema, cases[i].invalid[k]);
                ck_assert_uint_gt(strlen(first_told(&b)), 5);
            }
            bench_close(&b);
        }
    }
END_TEST

START_TEST(says_where_a_schema_is_bad)
    {
        static const struct {
            const char *schema;
            size_t line, column;
        } bad[] = {
            {"{\n \"minimum\": \"5\"}", 2, 13},
            {"{\"type\": \"int\"}", 1, 10},
            {"{\"properties\": {\"a\": 5}}", 1, 22},
            {"{\"$ref\": \"#/nowhere\"}", 1, 10},
            {"{\"$ref\": 5}", 1, 10},
            {"{\"anyOf\": []}", 1, 11},
            {"{\"required\": \"a\"}", 1, 14},
            {"{\"pattern\": \"(\"}", 1, 13},
            {"{\"multipleOf\": 0}", 1, 16},
            {"{\"minLength\": -1}", 1, 15},
            {"{\"$schema\": \"urn:other\"}", 1, 13},
            {"[]", 1, 1},
            {"{\"a\": ", 1, 7},
        };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            struct bench b;
            bench_open(&b, bad[i].schema, DRAFT_2020_12);
            ck_assert_msg(!b.program, "%s", bad[i].schema);
            ck_assert_str_eq(b.complaint.file, "s.json");
            ck_assert_msg(b.complaint.error.line == bad[i].line && b.complaint.error.column == bad[i].column,
                          "%s: %zu:%zu %s", bad[i].schema, b.complaint.error.line, b.complaint.error.column,
                          b.complaint.error.message);
            bench_close(&b);
        }
    }
END_TEST

START_TEST(proposes_the_nearest_name)
    {
        struct bench b;
        bench_open(&b, "{\"properties\": {\"duration\": true}, \"additionalProperties\": false}", DRAFT_7);
        bench_run(&b, "{\"duraton\": 1}", &b.faults);
        ck_assert_str_eq(first_told(&b), "there is no such member; did you mean \"duration\"?");
        bench_run(&b, "{\"speed\": 1}", &b.faults);
        ck_assert_str_eq(first_told(&b), "there is no such member");
        bench_close(&b);
    }
END_TEST

START_TEST(chooses_the_closest_alternative)
    {
        struct bench b;
        bench_open(
            &b, "{\"anyOf\": [{\"type\": \"string\"}, {\"required\": [\"a\", \"b\", \"c\"]}, {\"required\": [\"d\"]}]}",
            DRAFT_7);
        bench_run(&b, "{}", &b.faults);
        ck_assert_uint_eq(b.faults.at[0].span, 6);
        struct closest closest = closest_find(&b.faults, 0);
        ck_assert_uint_eq(closest.n, 1);
        ck_assert_uint_eq(closest.at[0], 3);
        bench_close(&b);
    }
END_TEST

START_TEST(paths_follow_references)
    {
        struct bench b;
        bench_open(&b,
                   "{\"properties\": {\"a/b\": {\"$ref\": \"#/$defs/x~y\"}}, "
                   "\"$defs\": {\"x~y\": {\"items\": {\"type\": \"null\"}}}}",
                   DRAFT_2020_12);
        ck_assert_msg(!b.program, "x~y has to be written as x~0y");
        bench_close(&b);
        bench_open(&b,
                   "{\"properties\": {\"a/b\": {\"$ref\": \"#/$defs/x~0y\"}}, "
                   "\"$defs\": {\"x~y\": {\"items\": {\"type\": \"null\"}}}}",
                   DRAFT_2020_12);
        ck_assert(!bench_run(&b, "{\"a/b\": [null, 1]}", &b.faults));
        ck_assert_str_eq(first_path(&b), "/properties/a~1b/$ref/items/type");
        bench_close(&b);
    }
END_TEST

START_TEST(gives_up_on_what_has_no_end)
    {
        struct bench b;
        static const char *const loops[] = {
            "{\"$ref\": \"#\"}",
            "{\"not\": {\"anyOf\": [{\"minimum\": 0}, {\"$ref\": \"#/not\"}]}}",
            "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"if\": {\"$ref\": \"#/$defs/a\"}}}}",
        };
        for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
            bench_open(&b, loops[i], DRAFT_2020_12);
            ck_assert_msg(!b.program, "%s", loops[i]);
            ck_assert(strstr(b.complaint.error.message, "never come to an end"));
            bench_close(&b);
        }
        bench_open(&b, "{\"dependentSchemas\": {\"a\": {\"$ref\": \"#\"}}}", DRAFT_2020_12);
        ck_assert(bench_run(&b, "{\"b\": 1}", NULL));
        ck_assert(!bench_run(&b, "{\"a\": 1}", &b.faults));
        ck_assert(strstr(first_told(&b), "refers to itself without an end"));
        bench_close(&b);
        bench_open(&b, "{\"not\": {\"pattern\": \"^(?=a)(a|aa)+$\"}}", DRAFT_2020_12);
        ck_assert(!bench_run(&b, "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"", &b.faults));
        ck_assert(strstr(first_told(&b), "^(?=a)(a|aa)+$"));
        bench_close(&b);
    }
END_TEST

UNIT_MAIN("validate-schema", accepts_and_refuses, explains_what_it_refuses_and_nothing_else, says_where_a_schema_is_bad,
          proposes_the_nearest_name, chooses_the_closest_alternative, paths_follow_references,
          gives_up_on_what_has_no_end)
