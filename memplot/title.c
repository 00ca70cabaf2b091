/* SPDX-License-Identifier: Apache-2.0 */
#include "title.h"

#include "axis.h"

#include <string.h>

enum { VERSIONS_SHOWN = 3 };

static void name_write(struct jsonl_writer *w, const struct timeline *t, int32_t name)
{
    struct jsonl_text text = names_text(&t->names, name);
    jsonl_write(w, text.s, text.n);
}

/* "2.0.4", "2.0.4 and 2.0.5", "1, 2, 3 and others" */
static void versions_write(struct jsonl_writer *title, const struct timeline *t)
{
    int32_t shown[VERSIONS_SHOWN];
    size_t n = 0;
    bool more = false;
    for (size_t i = 0; i < t->tests && !more; i++) {
        int32_t version = t->test[i].version;
        bool known = version == NAME_NONE;
        for (size_t k = 0; k < n && !known; k++)
            known = shown[k] == version;
        more = !known && n == VERSIONS_SHOWN;
        if (!known && !more)
            shown[n++] = version;
    }
    for (size_t k = 0; k < n; k++) {
        jsonl_puts(title, k == 0 ? "" : k + 1 == n && !more ? " and " : ", ");
        name_write(title, t, shown[k]);
    }
    jsonl_puts(title, more ? " and others, " : n ? ", " : "");
}

void title_write(struct jsonl_writer *title, const struct timeline *t, const struct format_options *options)
{
    char from[AXIS_LABEL_SIZE], to[AXIS_LABEL_SIZE];
    if (options->title) {
        jsonl_puts(title, options->title);
        return;
    }
    jsonl_puts(title, "Timeline of ");
    versions_write(title, t);
    jsonl_printf(title, "%.10s", axis_time_full(from, t->start));
    if (strncmp(from, axis_time_full(to, t->end), 10) != 0)
        jsonl_printf(title, " to %.10s", to);
}

void title_facts(struct jsonl_writer *facts, const struct timeline *t, const char *dot)
{
    char buf[AXIS_LABEL_SIZE];
    static const enum machine_fact shown[] = {MACHINE_HOSTNAME, MACHINE_MODEL, MACHINE_CHIP, MACHINE_GPU};
    const char *between = "";
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct jsonl_text text = t->machine.fact[shown[i]];
        if (!text.n || jsonl_text_is(text, "unknown"))
            continue;
        jsonl_puts(facts, between);
        jsonl_write(facts, text.s, text.n);
        if (t->machine.others[shown[i]])
            jsonl_puts(facts, " and others");
        between = dot;
    }
    if (t->end > t->start) {
        jsonl_printf(facts, "%s%s", between, axis_span(buf, t->end - t->start));
        between = dot;
    }
    if (t->samples) {
        jsonl_printf(facts, "%s%zu sample%s", between, t->samples, t->samples == 1 ? "" : "s");
        between = dot;
    }
    size_t count[JSONL_OUTCOMES] = {0};
    for (size_t i = 0; i < t->tests; i++)
        count[t->test[i].outcome]++;
    for (size_t i = 0; i < JSONL_OUTCOMES; i++) {
        if (!count[i])
            continue;
        jsonl_printf(facts, "%s%zu %s", between, count[i], jsonl_outcome_names[i]);
        between = dot;
    }
}
