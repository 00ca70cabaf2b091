/* SPDX-License-Identifier: Apache-2.0
 * The configuration: presets, what may be set, what is refused and where. */
#include "jsonl.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct jsonl_config config;
static struct jsonl_error err;
static const char *file;
static char path[64];

/* Loads text through a file whose name ends in `ending`. */
static bool load_as(const char *ending, const char *text)
{
    snprintf(path, sizeof path, "/tmp/config-XXXXXX%s", ending);
    int fd = mkstemps(path, (int)strlen(ending));
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    memset(&config, 0xff, sizeof config); /* whatever was there before does not matter */
    bool fine = jsonl_config_load(&config, path, &file, &err);
    unlink(path);
    ck_assert_str_eq(file, path);
    return fine;
}

static void check_accepted(const char *yaml)
{
    ck_assert_msg(load_as(".yaml", yaml), "%s\n%zu:%zu: %s", yaml, err.line, err.column, err.message);
}

static void check_refused_as(const char *ending, const char *text, size_t line, size_t column, const char *message)
{
    ck_assert_msg(!load_as(ending, text), "accepted: %s", text);
    ck_assert_msg(strcmp(err.message, message) == 0, "%s\nsaid     %s\nand not  %s", text, err.message, message);
    ck_assert_msg(err.line == line && err.column == column, "%s\n%s\nat %zu:%zu, not %zu:%zu", text, err.message,
                  err.line, err.column, line, column);
    ck_assert_ptr_null(config.events); /* nothing is left to free, and freeing does no harm */
    jsonl_config_free(&config);
}

static void check_refused(const char *yaml, size_t line, size_t column, const char *message)
{
    check_refused_as(".yaml", yaml, line, column, message);
}

static void check_presets(void)
{
    ck_assert(config.ram_green == 0.5 && config.ram_orange == 0.25);
    ck_assert(config.quality_ram_free_min_gb == 5 && config.quality_zombies_max == 0);
    ck_assert(config.quality_swap_growth_mb == 100);
    ck_assert(config.compare_alpha == 0.05 && config.compare_effect == 0.05 && config.compare_min_pairs == 3);
    ck_assert(config.pressure_warn_some == 5 && config.pressure_critical_full == 5);
    ck_assert(config.size_large == 20 && config.size_medium == 10);
    ck_assert(config.inference_min_s == 0.5 && config.gpu_high == 50);
    ck_assert_uint_eq(config.strip_model_prefix_len, 1);
    ck_assert_str_eq(config.strip_model_prefix[0], "mlx-community/");
    ck_assert_uint_gt(config.events_len, 0);
    ck_assert_str_eq(config.events[0].event, "model_load_start");
}

START_TEST(has_presets_without_a_file)
    {
        unsetenv("MLXK_BENCH_CONFIG");
        file = "";
        ck_assert(jsonl_config_load(&config, NULL, &file, &err));
        ck_assert_ptr_null(file);
        check_presets();
        jsonl_config_free(&config);
        setenv("MLXK_BENCH_CONFIG", "", 1);
        ck_assert(jsonl_config_load(&config, NULL, NULL, NULL));
        check_presets();
        jsonl_config_free(&config);
    }
END_TEST

START_TEST(has_presets_for_what_a_file_leaves_out)
    {
        static const char *const files[] = {
            "",
            "# nothing\n",
            "{}",
            "---\n...\n",
            "quality:\n  # zombies_max: 3\ncompare: {}\nevents:\nstrip_model_prefix:\n",
            "events: []",
        };
        for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
            check_accepted(files[i]);
            check_presets();
            jsonl_config_free(&config);
        }
    }
END_TEST

START_TEST(takes_the_file_of_the_environment)
    {
        setenv("MLXK_BENCH_CONFIG", "/nonexistent/config.yaml", 1);
        ck_assert(!jsonl_config_load(&config, NULL, &file, &err));
        ck_assert_str_eq(file, "/nonexistent/config.yaml");
        ck_assert_str_eq(err.message, "cannot read: No such file or directory");
        check_accepted("gpu_high: 60"); /* a path goes before it */
        ck_assert(config.gpu_high == 60);
        jsonl_config_free(&config);
        ck_assert(!jsonl_config_load(&config, "", &file, &err)); /* and an empty one is a path, too */
        ck_assert_str_eq(file, "");
    }
END_TEST

START_TEST(sets_every_number)
    {
        check_accepted("ram_bands: {green: 0.75, orange: 0.1}\n"
                       "quality: {ram_free_min_gb: 8, zombies_max: 2, swap_growth_mb: 0.5}\n"
                       "compare: {alpha: 0.01, effect: 0, min_pairs: 2}\n"
                       "pressure: {warn_some: 0, critical_full: 100}\n"
                       "sizes: {large: 100, medium: 30.5}\n"
                       "inference_min_s: 0\n"
                       "gpu_high: 1e2\n");
        ck_assert(config.ram_green == 0.75 && config.ram_orange == 0.1);
        ck_assert(config.quality_ram_free_min_gb == 8 && config.quality_zombies_max == 2);
        ck_assert(config.quality_swap_growth_mb == 0.5);
        ck_assert(config.compare_alpha == 0.01 && config.compare_effect == 0 && config.compare_min_pairs == 2);
        ck_assert(config.pressure_warn_some == 0 && config.pressure_critical_full == 100);
        ck_assert(config.size_large == 100 && config.size_medium == 30.5);
        ck_assert(config.inference_min_s == 0 && config.gpu_high == 100);
        jsonl_config_free(&config);
    }
END_TEST

START_TEST(sets_prefixes_in_place_of_the_preset)
    {
        check_accepted("strip_model_prefix: [lmstudio-community/, 'a b/']");
        ck_assert_uint_eq(config.strip_model_prefix_len, 2);
        ck_assert_str_eq(config.strip_model_prefix[0], "lmstudio-community/");
        ck_assert_str_eq(config.strip_model_prefix[1], "a b/");
        jsonl_config_free(&config);
        check_accepted("strip_model_prefix: []");
        ck_assert_uint_eq(config.strip_model_prefix_len, 0);
        jsonl_config_free(&config);
    }
END_TEST

START_TEST(puts_its_rules_before_the_built_in_ones)
    {
        check_accepted(
            "events:\n"
            "- {event: model_load_start, match: 'Fetching (?:big|small) model: (.+)', model: \\1, label: log}\n"
            "- {event: model_load, member: loaded, equals: 'yes', model: '@loaded'}\n");
        const struct jsonl_rule *r = config.events;
        size_t len = config.events_len;
        ck_assert_str_eq(r[0].event, "model_load_start");
        ck_assert_str_eq(r[0].match, "Fetching (?:big|small) model: (.+)");
        ck_assert_str_eq(r[0].model, "\\1");
        ck_assert_str_eq(r[0].label, "log");
        ck_assert(!r[0].member && !r[0].equals);
        ck_assert_str_eq(r[1].member, "loaded");
        ck_assert_str_eq(r[1].equals, "yes");
        ck_assert_str_eq(r[1].model, "@loaded");
        ck_assert(!r[1].match && !r[1].label);
        jsonl_config_free(&config);
        check_accepted("");
        ck_assert_uint_eq(len, config.events_len + 2);
        jsonl_config_free(&config);
    }
END_TEST

START_TEST(reads_json_too)
    {
        ck_assert(load_as(".json", "{\"events\": [{\"event\": \"e\", \"match\": \"(x)\", \"model\": \"\\\\1\"}]}"));
        ck_assert_str_eq(config.events[0].model, "\\1");
        jsonl_config_free(&config);
        check_refused_as(".json", "{\n  \"gpu_high\": 1e999}", 2, 15,
                         "'gpu_high' must be a number from 0 to 100, but is 1e999");
        check_refused_as(".json", "{\"sizes\":\n {\"large\": 1, \"large\": 50}}", 2, 2,
                         "a key stands here more than once");
        check_refused_as(".json", "{\n", 2, 1, "a member's name in quotes was expected, the text ends");
    }
END_TEST

START_TEST(refuses_unknown_keys_and_names_the_nearest)
    {
        check_refused(
            "quality:\n  ram_free_mni_gb: 3\n", 2, 3,
            "unknown key 'ram_free_mni_gb' in 'quality'; did you mean 'ram_free_min_gb'? (known: ram_free_min_gb, "
            "zombies_max, swap_growth_mb)");
        check_refused(
            "Quality: {}", 1, 1,
            "unknown key 'Quality'; did you mean 'quality'? (known: ram_bands, quality, compare, pressure, sizes, "
            "inference_min_s, gpu_high, events, strip_model_prefix)");
        check_refused("compare: {\xc3\xa4: 1}", 1, 11,
                      "unknown key '\xc3\xa4' in 'compare' (known: alpha, effect, min_pairs)");
        check_refused(
            "compare: {min-pairs: 3}", 1, 11,
            "unknown key 'min-pairs' in 'compare'; did you mean 'min_pairs'? (known: alpha, effect, min_pairs)");
        check_refused("events:\n- {event: a, match: b, modle: c}", 2, 24,
                      "unknown key 'modle' in 'events'; did you mean 'model'? (known: event, match, member, equals, "
                      "model, label)");
        check_refused(
            "compare: {? aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xc3\xa4"
            "bbbbbbbbbbbbbbbbb : 1}",
            1, 13,
            "unknown key 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' in 'compare' (known: alpha, effect, min_pairs)");
    }
END_TEST

START_TEST(refuses_wrong_types)
    {
        check_refused("gpu_high: high", 1, 11, "'gpu_high' must be a number from 0 to 100, but is a string");
        check_refused("gpu_high:", 1, 10, "'gpu_high' must be a number from 0 to 100, but is null");
        check_refused("inference_min_s: true", 1, 18, "'inference_min_s' must be a number of at least 0, but is true");
        check_refused("quality: [1]", 1, 10, "'quality' must hold keys and values, but is a list");
        check_refused("quality: 5", 1, 10, "'quality' must hold keys and values, but is a number");
        check_refused("- 5", 1, 1, "the configuration must hold keys and values, but is a list");
        check_refused("text", 1, 1, "the configuration must hold keys and values, but is a string");
        check_refused("strip_model_prefix: mlx-community/", 1, 21,
                      "'strip_model_prefix' must be a list of strings, but is a string");
        check_refused("strip_model_prefix: [a/, 5]", 1, 26, "'strip_model_prefix' must be a string, but is a number");
        check_refused("strip_model_prefix: ['']", 1, 22, "'strip_model_prefix' must not be empty");
        check_refused("strip_model_prefix: [\"a\\0b\"]", 1, 22, "'strip_model_prefix' must not hold a NUL character");
        check_refused("events: {event: a}", 1, 9, "'events' must be a list of rules");
        check_refused("events: [a]", 1, 10, "'events' must hold keys and values, but is a string");
        check_refused("events:\n- {event: a, match: 1}", 2, 21, "'match' must be a string, but is a number");
    }
END_TEST

START_TEST(refuses_numbers_out_of_range)
    {
        check_refused("compare: {alpha: 0}", 1, 18, "'alpha' must be a number above 0 and below 1, but is 0");
        check_refused("compare: {alpha: 1}", 1, 18, "'alpha' must be a number above 0 and below 1, but is 1");
        check_refused("compare: {effect: 5}", 1, 19, "'effect' must be a number from 0 to 1, but is 5");
        check_refused("compare: {min_pairs: 1}", 1, 22, "'min_pairs' must be a whole number of at least 2, but is 1");
        check_refused("compare: {min_pairs: 2.5}", 1, 22,
                      "'min_pairs' must be a whole number of at least 2, but is 2.5");
        check_refused("compare: {min_pairs: 1e999}", 1, 22,
                      "'min_pairs' must be a whole number of at least 2, but is 1e999");
        check_refused("quality: {ram_free_min_gb: -1}", 1, 28,
                      "'ram_free_min_gb' must be a number of at least 0, but is -1");
        check_refused("sizes: {medium: 0}", 1, 17, "'medium' must be a number above 0, but is 0");
        check_refused("gpu_high: 101", 1, 11, "'gpu_high' must be a number from 0 to 100, but is 101");
        check_refused("ram_bands: {green: 50}", 1, 20, "'green' must be a number from 0 to 1, but is 50");
    }
END_TEST

START_TEST(refuses_numbers_in_the_wrong_order)
    {
        check_refused("ram_bands:\n  orange: 0.6\n", 2, 11, "'green' (0.5) must be larger than 'orange' (0.6)");
        check_refused("ram_bands:\n  orange: 0.25\n  green: 0.25", 3, 10,
                      "'green' (0.25) must be larger than 'orange' (0.25)");
        check_refused("sizes: {large: 5}", 1, 16, "'large' (5) must be larger than 'medium' (10)");
    }
END_TEST

START_TEST(refuses_rules_that_cannot_work)
    {
        check_refused("events:\n- {match: a}", 2, 3, "the rule has no 'event', the name of what it makes");
        check_refused("events:\n- {event: a}", 2, 3,
                      "the rule has neither 'match' nor 'member', so every line would fit");
        check_refused("events:\n- {event: a, match: b, equals: c}", 2, 32,
                      "'equals' needs 'member', whose value it is");
        check_refused("events:\n- event: a\n  match: 'b(c'\n", 3, 10,
                      "'match': not a regular expression: missing closing parenthesis at its character 4");
        check_refused(
            "events:\n- {event: a, match: '\xc3\xa4**'}", 2, 21,
            "'match': not a regular expression: quantifier does not follow a repeatable item at its character 3");
        check_refused("events:\n- {event: a, match: '(b)', model: \\2}", 2, 35, "'model': 'match' has no group 2");
        check_refused("events:\n- {event: a, member: b, label: \\1}", 2, 32, "'label': 'match' has no group 1");
        check_refused("events:\n- {event: a, match: '(b)', model: x\\1}", 2, 35,
                      "'model': a group is \\1 to \\9, alone");
        check_refused("events:\n- {event: a, match: '(b)', model: \\0}", 2, 35,
                      "'model': a group is \\1 to \\9, alone");
        check_refused("events:\n- {event: a, match: '(b)', model: '@'}", 2, 35,
                      "'model': '@' must be followed by the name of a member");
        check_refused("events:\n- {event: '', match: b}", 2, 11, "'event' must not be empty");
    }
END_TEST

UNIT_MAIN("config", has_presets_without_a_file, has_presets_for_what_a_file_leaves_out,
          takes_the_file_of_the_environment, sets_every_number, sets_prefixes_in_place_of_the_preset,
          puts_its_rules_before_the_built_in_ones, reads_json_too, refuses_unknown_keys_and_names_the_nearest,
          refuses_wrong_types, refuses_numbers_out_of_range, refuses_numbers_in_the_wrong_order,
          refuses_rules_that_cannot_work)
