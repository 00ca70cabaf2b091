/* SPDX-License-Identifier: Apache-2.0
 * What people get to see: upgrades, hints, the closest alternative. */
#include "../../validate/closest.h"
#include "../../validate/compile.h"
#include "../../validate/decimal.h"
#include "../../validate/index.h"
#include "../../validate/run.h"
#include "../../validate/tell.h"
#include "../../validate/upgrade.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

/* ---- Upgrades ---- */

static struct jsonl_parser *parser;
static struct jsonl_writer *out;

static const struct jsonl_value *parsed(const char *json)
{
    if (!parser)
        parser = jsonl_parser_new();
    if (!out)
        out = jsonl_writer_new(-1);
    const struct jsonl_value *v = jsonl_parse(parser, json, strlen(json), NULL);
    ck_assert_msg(v, "%s", json);
    jsonl_writer_clear(out);
    return v;
}

static const char *upgraded(const char *json, struct upgrade_notes *notes)
{
    const struct jsonl_value *root = parsed(json); /* which makes out */
    upgrade_write(out, text(json), root, "9", notes);
    return jsonl_writer_text(out).s;
}

START_TEST(upgrades_what_the_record_says)
    {
        static const struct {
            const char *old, *now;
            size_t notes;
        } cases[] = {
            {"{}", "{}", 0},
            {"{\"schema_version\":\"1\"}", "{\"schema_version\":\"9\"}", 0},
            {"{ \"schema_version\" : \"\\u0031\" }", "{ \"schema_version\" : \"9\" }", 0},
            {"{\"timestamp\":\"1970-01-01T00:01:00Z\",\"duration\":1.5}",
             "{\"timestamp\":\"1970-01-01T00:01:00Z\",\"duration\":1.5,\"test_start_ts\":58.5,\"test_end_ts\":60}", 0},
            {"{\"duration\":6e1,\"timestamp\":\"1970-01-01T00:01:00.25+00:00\"}",
             "{\"duration\":6e1,\"test_start_ts\":0.25,\"test_end_ts\":60.25,\"timestamp\":\"1970-01-01T00:01:00.25+00:"
             "00\"}",
             0},
            {"{\"timestamp\":\"1970-01-01T00:01:00Z\"}", "{\"timestamp\":\"1970-01-01T00:01:00Z\",\"test_end_ts\":60}",
             1},
            {"{\"timestamp\":\"1970-01-01T00:01:00\",\"duration\":60}",
             "{\"timestamp\":\"1970-01-01T00:01:00\",\"duration\":60,\"test_start_ts\":0,\"test_end_ts\":60}", 1},
            {"{\"timestamp\":\"1970-01-01T00:01:00Z\",\"duration\":1e999}",
             "{\"timestamp\":\"1970-01-01T00:01:00Z\",\"duration\":1e999,\"test_end_ts\":60}", 1},
            {"{\"timestamp\":\"1970-01-01T00:01Z\",\"duration\":1}", NULL, 1},
            {"{\"timestamp\":\"1970-01-01T00:01+00:00\",\"duration\":1}", NULL, 1},
            {"{\"timestamp\":\"2026-11-23\",\"duration\":1}", NULL, 1},
            {"{\"timestamp\":\"2025-02-29T00:00:00Z\",\"duration\":1}", NULL, 1},
            {"{\"timestamp\":\"1969-12-31T23:59:59Z\",\"duration\":1}", NULL, 1},
            {"{\"timestamp\":\"1970-01-01T00:01:00Z\",\"duration\":1,\"test_end_ts\":3}", NULL, 0},
            {"{\"timestamp\":60,\"duration\":\"1\",\"performance\":[]}", NULL, 0},
            {"{\"performance\":{\"ram_peak_mb\":1,\"peak_ram_gb\":2}}", NULL, 0},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct upgrade_notes notes = {.n = 0};
            ck_assert_str_eq(upgraded(cases[i].old, &notes), cases[i].now ? cases[i].now : cases[i].old);
            ck_assert_msg(notes.n == cases[i].notes, "%s: %zu notes", cases[i].old, notes.n);
        }
    }
END_TEST

START_TEST(divides_by_a_thousand_exactly)
    {
        static const char *const cases[][2] = {
            {"0", "0"},          {"0.000", "0"},         {"-0", "0"},
            {"1", "0.001"},      {"1000", "1"},          {"1000.0", "1"},
            {"12.50", "0.0125"}, {"27140.3", "27.1403"}, {"1e3", "1"},
            {"1.5E+2", "0.15"},  {"1e-3", "0.000001"},   {"123456789012345678901234", "1.23456789012345678901234e20"},
            {"1e400", "1e397"},  {"2.5e-30", "2.5e-33"}, {"1e23", "1e20"},
            {"-1500", "-1.5"},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char old[128], want[256];
            struct upgrade_notes notes = {.n = 0};
            snprintf(old, sizeof old, "{\"performance\":{\"ram_peak_mb\":%s}}", cases[i][0]);
            snprintf(want, sizeof want, "{\"performance\":{\"ram_peak_mb\":%s,\"peak_ram_gb\":%s}}", cases[i][0],
                     cases[i][1]);
            ck_assert_str_eq(upgraded(old, &notes), want);
        }
        for (unsigned i = 0; i < 20000; i++) { /* any digits, any point: three places further */
            char old[128], number[32];
            struct upgrade_notes notes = {.n = 0};
            snprintf(number, sizeof number, "%.*f", (int)(i % 9), (double)(i * 7919 % 1000003) / (i % 7 ? 97.0 : 1e-3));
            snprintf(old, sizeof old, "{\"performance\":{\"ram_peak_mb\":%s}}", number);
            const char *s = strstr(upgraded(old, &notes), "peak_ram_gb\":") + strlen("peak_ram_gb\":");
            struct decimal mb = decimal_parse(text(number));
            struct decimal gb = decimal_parse((struct jsonl_text){s, strlen(s) - 2});
            mb.point -= mb.count ? 3 : 0;
            ck_assert_msg(decimal_compare(&mb, &gb) == 0, "%s: %s", number, s);
        }
    }
END_TEST

/* ---- Hints, and alternatives ---- */

/* A line run against a schema; what is said of its first fault is left in `out`. */
static void told(const char *schema, const char *json, struct closest *closest)
{
    struct store store = {.draft = DRAFT_2020_12};
    struct complaint complaint = {0};
    struct jsonl_error error = {0};
    struct faults faults = {0};
    struct jsonl_document *document = jsonl_document_parse("s.json", text(schema), &error);
    struct resource *r = document_add(&store, "s.json", "", document, &error, &complaint);
    struct program *p = r ? program_compile(&store, r, true, &complaint) : NULL;
    ck_assert_msg(p, "%s: %s", schema, complaint.error.message);
    const struct jsonl_value *root = parsed(json);
    ck_assert_msg(!run_program(p, NULL, json, root, &faults), "%s: %s", schema, json);
    ck_assert_uint_gt(faults.n, 0);
    fault_tell(out, &faults, &faults.at[faults_next(&faults, 0, faults.n, FAULTS_END)]);
    if (closest)
        *closest = closest_find(&faults, 0);
    faults_free(&faults);
    program_free(p);
    meta_programs_free(&store);
    store_free(&store);
}

START_TEST(hints_at_what_to_write)
    {
        static const struct {
            const char *schema, *json, *hint; /* hint "": there is none */
        } cases[] = {
            {"{\"type\": \"number\"}", "\"12.5\"", "write 12.5 without quotes"},
            {"{\"type\": \"number\"}", "\"-0,5\"", "write -0.5 with a point, without quotes"},
            {"{\"type\": \"number\"}", "\"3 GB\"", "write 3 without quotes and unit"},
            {"{\"type\": \"number\"}", "\"1.2.3\"", ""},
            {"{\"type\": \"number\"}", "\"007\"", ""},
            {"{\"type\": \"number\"}", "\"GB\"", ""},
            {"{\"type\": \"number\"}", "\"\"", ""},
            {"{\"type\": \"integer\"}", "\"12.5\"", ""},
            {"{\"type\": \"integer\"}", "\"12\"", "write 12 without quotes"},
            {"{\"type\": \"boolean\"}", "\"TRUE\"", "write true without quotes"},
            {"{\"type\": \"boolean\"}", "0", "write false"},
            {"{\"type\": \"boolean\"}", "2", ""},
            {"{\"type\": \"string\"}", "2.0", "write \"2.0\" in quotes"},
            {"{\"type\": \"array\"}", "\"a\"", "write [\"a\"]"},
            {"{\"const\": 1}", "\"1\"", "write it without quotes"},
            {"{\"enum\": [\"1\", \"2\"]}", "2", "write it in quotes"},
            {"{\"const\": \"a\"}", "\"A\"", "upper and lower case count"},
            {"{\"const\": \"a\"}", "\" a\"", "there is white space around it"},
            {"{\"properties\": {\"a\": {\"type\": \"number\"}}}", "{\"a\": null}", "leave the member out"},
            {"{\"properties\": {\"a\": {\"type\": \"number\"}}, \"required\": [\"a\"]}", "{\"a\": null}", ""},
            {"{\"type\": \"number\"}", "null", ""},
            {"{\"additionalProperties\": false, \"properties\": {\"tokens_per_sec\": {}}}", "{\"tokensPerSec\": 1}",
             "did you mean \"tokens_per_sec\"?"},
            {"{\"additionalProperties\": false, \"properties\": {\"test_end_ts\": {}}}", "{\"end_ts\": 1}",
             "did you mean \"test_end_ts\"?"},
            {"{\"additionalProperties\": false, \"properties\": {\"a\": {\"properties\": {\"speed\": {}}}}}",
             "{\"speed\": 1}", "it belongs in \"a\""},
            {"{\"required\": [\"b\", \"elapsed_s\"]}", "{\"b\": 1, \"Elapsed\": 1}", "is it \"Elapsed\"?"},
            {"{\"required\": [\"elapsed_s\"], \"additionalProperties\": false, \"properties\": {\"elapsed_s\": {}}}",
             "{}", ""},
            {"{\"properties\": {\"ts\": {\"maximum\": 1e10}}}", "{\"ts\": 1795398548254}",
             "these look like milliseconds: in seconds that is 1795398548.254"},
            {"{\"properties\": {\"ts\": {\"maximum\": 1e10}}}", "{\"ts\": 1795398548254000}", "look like microseconds"},
            {"{\"properties\": {\"count\": {\"maximum\": 1e10}}}", "{\"count\": 1795398548254}", ""},
            {"{\"properties\": {\"ts\": {\"maximum\": 10}}}", "{\"ts\": 1795398548254}", ""},
            {"{\"format\": \"date-time\"}", "\"2026-02-30T00:00:00Z\"", "there is no such day"},
            {"{\"format\": \"date-time\"}", "\"2026-02-28T24:00:00Z\"", "there is no such time of day"},
            {"{\"format\": \"date-time\"}", "\"1795398548254\"", "write \"2026-11-23T01:49:08Z\""},
            {"{\"format\": \"date-time\"}", "\"soon\"", ""},
            {"{\"properties\": {\"timestamp\": {\"type\": \"string\"}}}", "{\"timestamp\": 1795398562}",
             "write \"2026-11-23T01:49:22Z\""},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            told(cases[i].schema, cases[i].json, NULL);
            const char *said = jsonl_writer_text(out).s, *hint = strstr(said, "; ");
            ck_assert_msg(*cases[i].hint ? strstr(said, cases[i].hint) && hint : !hint, "%s %s: %s", cases[i].schema,
                          cases[i].json, said);
        }
    }
END_TEST

START_TEST(finds_the_alternative_that_was_meant)
    {
        static const struct {
            const char *schema, *json;
            size_t n, at[CLOSEST_MAX];
        } cases[] = {
            {"{\"anyOf\": [{\"type\": \"object\"}, {\"type\": \"number\", \"minimum\": 3}]}", "1", 1, {2}},
            {"{\"anyOf\": [{\"properties\": {\"k\": {\"const\": \"a\"}}}, "
             "{\"properties\": {\"k\": {\"const\": \"b\"}}, \"required\": [\"x\", \"y\", \"z\"]}]}",
             "{\"k\": \"b\"}",
             1,
             {2}},
            {"{\"anyOf\": [{\"required\": [\"x\"]}, "
             "{\"properties\": {\"k\": {\"const\": \"b\"}}, \"required\": [\"x\", \"y\", \"z\"]}]}",
             "{\"k\": \"b\"}",
             1,
             {2}},
            {"{\"anyOf\": [{\"properties\": {\"k\": {\"const\": \"circle\"}}}, "
             "{\"properties\": {\"k\": {\"const\": \"square\"}}}]}",
             "{\"k\": \"sqare\"}",
             1,
             {2}},
            {"{\"oneOf\": [{\"required\": [\"b\"]}, "
             "{\"properties\": {\"a\": {\"items\": {\"type\": \"null\"}}}, \"required\": [\"a\"]}]}",
             "{\"a\": [null, 1]}",
             1,
             {2}},
            {"{\"anyOf\": [{\"type\": \"number\"}, {\"type\": \"string\"}]}", "true", 2, {1, 2}},
            {"{\"anyOf\": [{\"$ref\": \"#/$defs/a\"}, {\"$ref\": \"#/$defs/b\"}], \"$defs\": {"
             "\"a\": {\"required\": [\"x\"]}, \"b\": {\"properties\": {\"k\": {\"enum\": [1, 2]}}, \"required\": "
             "[\"y\", \"z\"]}}}",
             "{\"k\": 2}",
             1,
             {2}},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct closest closest;
            told(cases[i].schema, cases[i].json, &closest);
            ck_assert_msg(closest.n == cases[i].n, "%s: %zu", cases[i].schema, closest.n);
            for (size_t k = 0; k < closest.n; k++)
                ck_assert_msg(closest.at[k] == cases[i].at[k], "%s: %zu", cases[i].schema, closest.at[k]);
        }
    }
END_TEST

UNIT_MAIN("validate-people", upgrades_what_the_record_says, divides_by_a_thousand_exactly, hints_at_what_to_write,
          finds_the_alternative_that_was_meant)
