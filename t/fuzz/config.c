/* SPDX-License-Identifier: Apache-2.0
 * jsonl_config_load and jsonl_rules_new: any bytes as a configuration file.
 *
 * The first byte of the input is left alone (see seeds), up to a line "---" comes the file, after it log lines.
 * - A file is refused with a sentence and a place in it, or every number of the configuration is in its range: as
 *   genreport(1) has them, green above orange and large above medium; rules have an event; prefixes are not empty.
 * - Rules compile, or are refused with a sentence.  What they make of a log line has the time of the line, a name
 *   from the rules, and texts that lie in the line, its values or the rules; the same twice. */
#include "support/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_string(const char *s, const char *what)
{
    MUST(s && strlen(s) > 0, "%s is empty", what);
}

static void check_config(const struct jsonl_config *c)
{
    MUST(c->ram_orange >= 0 && c->ram_orange < c->ram_green && c->ram_green <= 1, "bands %g, %g", c->ram_green,
         c->ram_orange);
    MUST(c->size_medium > 0 && c->size_medium < c->size_large && isfinite(c->size_large), "sizes %g, %g",
         c->size_medium, c->size_large);
    MUST(c->quality_ram_free_min_gb >= 0 && isfinite(c->quality_ram_free_min_gb), "%g", c->quality_ram_free_min_gb);
    MUST(c->quality_zombies_max >= 0 && rint(c->quality_zombies_max) == c->quality_zombies_max &&
             isfinite(c->quality_zombies_max),
         "%g", c->quality_zombies_max);
    MUST(c->quality_swap_growth_mb >= 0 && isfinite(c->quality_swap_growth_mb), "%g", c->quality_swap_growth_mb);
    MUST(c->compare_alpha > 0 && c->compare_alpha < 1, "%g", c->compare_alpha);
    MUST(c->compare_effect >= 0 && c->compare_effect <= 1, "%g", c->compare_effect);
    MUST(c->compare_min_pairs >= 2 && isfinite(c->compare_min_pairs), "%g", c->compare_min_pairs);
    MUST(c->pressure_warn_some >= 0 && c->pressure_warn_some <= 100, "%g", c->pressure_warn_some);
    MUST(c->pressure_critical_full >= 0 && c->pressure_critical_full <= 100, "%g", c->pressure_critical_full);
    MUST(c->inference_min_s >= 0 && isfinite(c->inference_min_s), "%g", c->inference_min_s);
    MUST(c->gpu_high >= 0 && c->gpu_high <= 100, "%g", c->gpu_high);
    for (size_t i = 0; i < c->events_len; i++)
        check_string(c->events[i].event, "the name of an event");
    for (size_t i = 0; i < c->strip_model_prefix_len; i++)
        check_string(c->strip_model_prefix[i], "a prefix");
}

/* Reads each byte, so that a text that has gone is seen. */
static unsigned sum(struct jsonl_text t)
{
    unsigned s = 0;
    for (size_t i = 0; i < t.n; i++)
        s = s * 31 + (unsigned char)t.s[i];
    return s;
}

static bool text_equal(struct jsonl_text a, struct jsonl_text b)
{
    return !a.s == !b.s && jsonl_text_compare(a, b) == 0;
}

static void check_log(struct jsonl_rules *rules, const struct jsonl_config *c, const char *line, size_t n)
{
    static struct jsonl_parser *p;
    p = p ? p : fuzz_need(jsonl_parser_new());
    char *text = fuzz_copy(line, n);
    const struct jsonl_value *v = jsonl_parse(p, text, n, NULL);
    struct jsonl_event event, again;
    if (v && v->type == JSONL_OBJECT && jsonl_rules_apply(rules, v, &event)) {
        bool known = false;
        for (size_t i = 0; i < c->events_len; i++)
            known |= jsonl_text_is(event.name, c->events[i].event);
        MUST(known, "an event %.*s", (int)event.name.n, event.name.s);
        MUST(event.ts == jsonl_time(jsonl_get(v, "ts")), "it is at %f", event.ts);
        struct jsonl_text name = jsonl_model_name(c, event.model);
        MUST(!name.s || (name.s >= event.model.s && name.s + name.n <= event.model.s + event.model.n),
             "the name is no part of %.*s", (int)event.model.n, event.model.s);
        MUST(jsonl_rules_apply(rules, v, &again), "a second time it fits no rule");
        MUST(text_equal(event.name, again.name) && text_equal(event.model, again.model) &&
                 text_equal(event.label, again.label) &&
                 sum(event.model) + sum(event.label) == sum(again.model) + sum(again.label),
             "a second time it is another event");
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct jsonl_config config;
    struct jsonl_error err;
    const char *file;
    fuzz_take(&data, &size);
    const char *logs = size ? memmem(data, size, "\n---\n", 5) : NULL;
    size_t len = logs ? (size_t)(logs - (const char *)data) : size;
    int fd = fuzz_file(data, len);
    struct fuzz_path path = fuzz_path(fd);
    bool loaded = jsonl_config_load(&config, path.s, &file, &err);
    close(fd);
    MUST(strcmp(file, path.s) == 0, "the file is %s", file);
    if (!loaded) {
        size_t lines = 2;
        for (size_t i = 0; i < len; i++)
            lines += data[i] == '\n' || data[i] == '\r' || data[i] >= 0x80;
        MUST(*err.message && err.line >= 1 && err.line <= lines, "line %zu: %s", err.line, err.message);
        return 0;
    }
    check_config(&config);
    struct jsonl_rules *rules = jsonl_rules_new(&config, &err);
    MUST(rules || *err.message, "no rules, and no word why");
    const char *end = (const char *)data + size;
    for (const char *line = logs ? logs + 5 : end, *next; rules && line < end; line = next + 1) {
        next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next : end;
        check_log(rules, &config, line, (size_t)(next - line));
    }
    jsonl_rules_free(rules);
    jsonl_config_free(&config);
    return 0;
}
