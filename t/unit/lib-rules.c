/* SPDX-License-Identifier: Apache-2.0
 * Rules: which log lines are events, whose model, and that nothing can make matching run away. */
#include "jsonl.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct jsonl_config config;
static struct jsonl_rules *rules;
static struct jsonl_parser *parser;
static struct jsonl_event event;

/* The rules of one's own, and no others; n == 0: the built-in ones. */
static void use(const struct jsonl_rule *list, size_t n)
{
    struct jsonl_error err = {0};
    jsonl_rules_free(rules);
    if (n) {
        struct jsonl_rule copy[8];
        memcpy(copy, list, n * sizeof *list);
        rules = jsonl_rules_new(&(struct jsonl_config){.events = copy, .events_len = n}, &err);
    } else {
        ck_assert(jsonl_config_load(&config, NULL, NULL, &err));
        rules = jsonl_rules_new(&config, &err);
        jsonl_config_free(&config); /* the rules do not need it any longer */
    }
    ck_assert_msg(rules, "%s", err.message);
}

static bool apply(const char *json)
{
    struct jsonl_error err;
    if (!parser)
        parser = jsonl_parser_new();
    const struct jsonl_value *root = jsonl_parse(parser, json, strlen(json), &err);
    ck_assert_msg(root, "%s: %s", json, err.message);
    return jsonl_rules_apply(rules, root, &event);
}

static bool is_text(struct jsonl_text t, const char *want)
{
    return want ? jsonl_text_is(t, want) : !t.s;
}

static void check_event(const char *json, const char *name, const char *model, const char *label)
{
    ck_assert_msg(apply(json), "no event: %s", json);
    ck_assert_msg(is_text(event.name, name), "%s: %.*s", json, (int)event.name.n, event.name.s);
    ck_assert_msg(is_text(event.model, model), "%s: model %.*s", json, (int)event.model.n, event.model.s);
    ck_assert_msg(is_text(event.label, label), "%s: label %.*s", json, (int)event.label.n, event.label.s);
}

static void finish(void)
{
    jsonl_rules_free(rules);
    jsonl_parser_free(parser);
    rules = NULL;
    parser = NULL;
}

START_TEST(knows_the_servers_wordings)
    {
        static const struct {
            const char *event, *wording;
        } cases[] = {
            {"model_load_start", "Loading vision model: "},
            {"model_load_start", "Loading audio model: "},
            {"model_load_start", "Loading model: "},
            {"model_load_start", "Pre-loading model with validation: "},
            {"model_load", "Switched to model: "},
            {"model_load", "Audio model loaded: "},
            {"model_load", "Model pre-loaded successfully: "},
            {"model_unload", "Model unloaded: "},
        };
        static const char *const models[] = {"mlx-community/Qwen3-0.6B-4bit", "/Volumes/My Models/x", "mod\xc3\xa8le"};
        use(NULL, 0);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            for (size_t j = 0; j < sizeof models / sizeof models[0]; j++) {
                struct jsonl_writer *w = jsonl_writer_new(-1);
                jsonl_printf(w, "{\"ts\": 1795398707.5, \"level\": \"INFO\", \"msg\": \"%s%s  \"}", cases[i].wording,
                             models[j]);
                check_event(jsonl_writer_text(w).s, cases[i].event, models[j], NULL);
                ck_assert(event.ts == 1795398707.5);
                jsonl_writer_free(w);
            }
        finish();
    }
END_TEST

START_TEST(takes_no_other_line_for_an_event)
    {
        static const char *const lines[] = {
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": \"server starting up\"}",
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": \"Loading vision model:\"}",
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": \"Loading vision model:   \"}",
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": \"Error while Loading model: x\"}",
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": \"loading model: x\"}",
            "{\"ts\": 1, \"level\": \"INFO\", \"msg\": 5}",
            "{\"ts\": 1, \"level\": \"INFO\", \"model\": \"x\"}",
            "{\"ts\": null, \"level\": \"INFO\", \"msg\": \"Model unloaded: x\"}",
            "{\"level\": \"INFO\", \"msg\": \"Model unloaded: x\"}",
            "\"Model unloaded: x\"",
            "[]",
        };
        use(NULL, 0);
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
            ck_assert_msg(!apply(lines[i]), "%s", lines[i]);
        finish();
    }
END_TEST

START_TEST(takes_model_and_label_from_groups_members_or_the_rule)
    {
        static const struct jsonl_rule list[] = {
            {.event = "a", .match = "^A (\\w+)(?: (\\w+))?", .model = "\\1", .label = "\\2"},
            {.event = "b", .match = "^B", .model = "@name", .label = "fixed"},
            {.event = "c", .match = "^C()(?<m>.)", .model = "\\2", .label = "@note"},
            {.event = "d", .match = "^D(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", .model = "\\9"},
            {.event = "e", .match = "^E(x?)", .model = "\\1"},
        };
        use(list, 5);
        check_event("{\"ts\": 1, \"msg\": \"A one two\"}", "a", "one", "two");
        check_event("{\"ts\": 1, \"msg\": \"A one\"}", "a", "one", NULL);
        check_event("{\"ts\": 1, \"msg\": \"B\", \"name\": \"n\"}", "b", "n", "fixed");
        check_event("{\"ts\": 1, \"msg\": \"B\", \"name\": 5}", "b", NULL, "fixed");
        check_event("{\"ts\": 1, \"msg\": \"B\", \"model\": \"m\"}", "b", "m", "fixed");
        check_event("{\"ts\": 1, \"msg\": \"B\", \"model\": \"m\", \"name\": \"n\"}", "b", "n", "fixed");
        check_event("{\"ts\": 1, \"msg\": \"C\\u00e9\", \"note\": \"n\"}", "c", "\xc3\xa9", "n");
        check_event("{\"ts\": 1, \"msg\": \"D123456789ab\"}", "d", "9", NULL);
        check_event("{\"ts\": 1, \"msg\": \"E\", \"model\": \"m\"}", "e", "m", NULL);
        finish();
    }
END_TEST

START_TEST(asks_for_members)
    {
        static const struct jsonl_rule list[] = {
            {.event = "loaded", .member = "model_loaded", .model = "@model_loaded"},
            {.event = "ready", .member = "state", .equals = "ready"},
            {.event = "both", .member = "state", .equals = "other", .match = "^x"},
        };
        use(list, 3);
        check_event("{\"ts\": 1, \"model_loaded\": \"m\"}", "loaded", "m", NULL);
        check_event("{\"ts\": \"2026-11-23T00:00:00Z\", \"state\": \"ready\", \"model\": \"m\"}", "ready", "m", NULL);
        ck_assert(event.ts == 1795392000);
        check_event("{\"ts\": 1, \"state\": \"other\", \"msg\": \"xy\"}", "both", NULL, NULL);
        ck_assert(!apply("{\"ts\": 1, \"state\": \"other\", \"msg\": \"yx\"}"));
        ck_assert(!apply("{\"ts\": 1, \"state\": \"not ready\"}"));
        ck_assert(!apply("{\"ts\": 1, \"model_loaded\": true}"));
        finish();
    }
END_TEST

START_TEST(applies_the_first_rule_that_fits)
    {
        static const struct jsonl_rule list[] = {
            {.event = "first", .match = "b"}, {.event = "second", .match = "a"}, {.event = "third", .match = "b"}};
        use(list, 3);
        check_event("{\"ts\": 1, \"msg\": \"ab\"}", "first", NULL, NULL);
        check_event("{\"ts\": 1, \"msg\": \"a\"}", "second", NULL, NULL);
        finish();
    }
END_TEST

START_TEST(matches_characters_not_bytes)
    {
        static const struct jsonl_rule list[] = {{.event = "e", .match = "^.\xc3\xa9(.)$", .model = "\\1"}};
        use(list, 1);
        check_event("{\"ts\": 1, \"msg\": \"\xf0\x9f\x98\x80\xc3\xa9\\u20ac\"}", "e", "\xe2\x82\xac", NULL);
        finish();
    }
END_TEST

START_TEST(refuses_what_is_no_pattern)
    {
        struct jsonl_rule bad[] = {{.event = "e", .match = "("}},
                          group[] = {{.event = "e", .match = "a", .model = "\\1"}};
        struct jsonl_error err;
        ck_assert_ptr_null(jsonl_rules_new(&(struct jsonl_config){.events = bad, .events_len = 1}, &err));
        ck_assert_str_eq(err.message, "not a regular expression: missing closing parenthesis at its character 2");
        ck_assert_ptr_null(jsonl_rules_new(&(struct jsonl_config){.events = group, .events_len = 1}, &err));
        ck_assert_str_eq(err.message, "'match' has no group 1");
        bad[0].match = "\\C"; /* would match half a character */
        ck_assert_ptr_null(jsonl_rules_new(&(struct jsonl_config){.events = bad, .events_len = 1}, &err));
        jsonl_rules_free(NULL);
    }
END_TEST

/* Each of these would take years, were it not for the limits. */
START_TEST(gives_up_on_runaway_patterns)
    {
        static const struct jsonl_rule list[] = {
            {.event = "e", .match = "(a+)+$"},
            {.event = "e", .match = "(*NO_JIT)(?:a|b?)*[zy]"},
            {.event = "e", .match = "(*NO_JIT)^(?:a?){64}a{64}[zy]"},
            {.event = "e", .match = "a.*.*.*[zy]"},
            {.event = "e", .match = "(?:.*.*.*.*)*[zy]"},
            {.event = "e", .match = "^((?:(?1)|b)+)[zy]"},
            {.event = "e", .match = "(?=.)\\w*\\w*\\w*\\w*[zy]"}, /* of which the JIT counts no step */
            {.event = "found", .match = "!$"},
        };
        struct jsonl_writer *w = jsonl_writer_new(-1);
        use(list, 8);
        jsonl_puts(w, "{\"ts\": 1, \"msg\": \"");
        for (int i = 0; i < 2000; i++)
            jsonl_puts(w, "b");
        for (int i = 0; i < 1000; i++)
            jsonl_puts(w, "a");
        jsonl_puts(w, "!\"}");
        for (int i = 0; i < 3; i++)
            check_event(jsonl_writer_text(w).s, "found", NULL, NULL);
        jsonl_writer_free(w);
        finish();
    }
END_TEST

START_TEST(looks_at_no_message_longer_than_4_kib)
    {
        static const struct jsonl_rule list[] = {{.event = "e", .match = "^X: (.+) done$", .model = "\\1"}};
        struct jsonl_writer *w = jsonl_writer_new(-1);
        use(list, 1);
        for (size_t n = 4096 - 8; n <= 4096 - 7; n++) { /* "X: " and " done" are eight more */
            jsonl_writer_clear(w);
            jsonl_puts(w, "{\"ts\": 1, \"msg\": \"X: ");
            for (size_t i = 0; i < n; i++)
                jsonl_puts(w, "m");
            jsonl_puts(w, " done\"}");
            ck_assert_int_eq(apply(jsonl_writer_text(w).s), n == 4096 - 8);
        }
        ck_assert_uint_eq(event.model.n, 4096 - 8);
        jsonl_writer_free(w);
        finish();
    }
END_TEST

UNIT_MAIN("rules", knows_the_servers_wordings, takes_no_other_line_for_an_event,
          takes_model_and_label_from_groups_members_or_the_rule, asks_for_members, applies_the_first_rule_that_fits,
          matches_characters_not_bytes, refuses_what_is_no_pattern, gives_up_on_runaway_patterns,
          looks_at_no_message_longer_than_4_kib)
