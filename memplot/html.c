/* SPDX-License-Identifier: Apache-2.0
 * The page: head, a view for readers without script, the data, the script.  What the script gets is one
 * JSON block, `meta`, and one text block a column (see pack.h). */
#include "embed.h"
#include "format.h"
#include "html_columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATIC_TESTS_MAX = 1000 }; /* rows of the table for readers without script */

static void write_file(struct jsonl_writer *w, const char *name)
{
    for (const struct embedded *f = page_files; f->name; f++)
        if (!strcmp(f->name, name))
            jsonl_write(w, f->data, f->len);
}

static void write_html(struct jsonl_writer *w, struct jsonl_text text)
{
    jsonl_write_escaped(w, JSONL_TO_HTML, text);
}

static const char *time_text(char buf[JSONL_TIME_SIZE], double ts)
{
    return jsonl_time_format(buf, jsonl_time_us(ts), 0);
}

/* "Timeline of 2.0.4, 2026-11-23": the suite's version, if tests say one, and the day in UTC. */
static void title_make(struct jsonl_writer *title, const struct timeline *t, const struct format_options *options)
{
    char buf[JSONL_TIME_SIZE];
    if (options->title) {
        jsonl_puts(title, options->title);
        return;
    }
    jsonl_puts(title, "Timeline of ");
    if (t->suite_version != NAME_NONE) {
        struct jsonl_text version = names_text(&t->names, t->suite_version);
        jsonl_write(title, version.s, version.n);
        jsonl_puts(title, ", ");
    }
    jsonl_printf(title, "%.10s", time_text(buf, t->start));
}

/* ---- Without script */

static void static_row(struct jsonl_writer *w, const struct timeline *t, const struct timeline_test *test)
{
    char buf[JSONL_TIME_SIZE];
    const char *outcome = jsonl_outcome_names[test->outcome];
    jsonl_printf(w, "<tr class=%s><td>%s<td>%s<td class=n>", outcome, time_text(buf, test->start), outcome);
    jsonl_write_number(w, test->end - test->start, 3);
    jsonl_puts(w, "<td>");
    write_html(w, names_text(&t->names, test->id));
    jsonl_puts(w, "<td>");
    if (test->model != NAME_NONE)
        write_html(w, names_text(&t->names, test->model));
    jsonl_puts(w, "\n");
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void static_view(struct jsonl_writer *w, const struct timeline *t, struct jsonl_text title)
{
    char from[JSONL_TIME_SIZE], to[JSONL_TIME_SIZE];
    jsonl_puts(w, "<noscript>\n<h1>");
    write_html(w, title);
    jsonl_puts(w, "</h1>\n<p>The timeline is drawn by a script that is part of this page, and scripts are switched off "
                  "here. ");
    jsonl_printf(w, "It shows %zu sample%s and %zu test%s from %s to %s.</p>\n", t->samples, plural(t->samples),
                 t->tests, plural(t->tests), time_text(from, t->start), time_text(to, t->end));
    if (t->tests) {
        jsonl_puts(w, "<table>\n<thead><tr><th>Start (UTC)<th>Outcome<th>Seconds<th>Test<th>Model</thead>\n<tbody>\n");
        for (size_t i = 0; i < t->tests && i < STATIC_TESTS_MAX; i++)
            static_row(w, t, &t->test[i]);
        jsonl_puts(w, "</tbody></table>\n");
        if (t->tests > STATIC_TESTS_MAX)
            jsonl_printf(w, "<p>and %zu more.</p>\n", t->tests - STATIC_TESTS_MAX);
    }
    jsonl_puts(w, "</noscript>\n");
}

/* ---- Meta: all that is not a column */

static void meta_number(struct jsonl_writer *w, const char *key, double v, int decimals)
{
    jsonl_key(w, key);
    jsonl_real(w, v, decimals);
}

static void meta_series(struct jsonl_writer *w, const struct timeline *t)
{
    jsonl_key(w, "rows");
    jsonl_begin_array(w);
    for (size_t i = 0; i < ROWS; i++)
        jsonl_cstring(w, series_row_names[i]);
    jsonl_end_array(w);
    jsonl_key(w, "series");
    jsonl_begin_array(w);
    for (size_t i = 0; i < series_len; i++) {
        const struct series *s = &series_table[i];
        const struct {
            const char *key, *value;
        } texts[] = {
            {"key", jsonl_metrics[s->metric].name},  {"label", s->label},   {"unit", s->unit},
            {"style", series_style_names[s->style]}, {"colour", s->colour}, {"safe", s->safe},
        };
        if (!t->column[i])
            continue;
        jsonl_begin_object(w);
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++) {
            jsonl_key(w, texts[j].key);
            jsonl_cstring(w, texts[j].value);
        }
        jsonl_key(w, "row");
        jsonl_int(w, s->row);
        jsonl_key(w, "right");
        jsonl_bool(w, s->right);
        jsonl_key(w, "drawn");
        jsonl_bool(w, s->style != STYLE_VALUE && (t->drawn[i] || s->when == WHEN_ASKED));
        jsonl_key(w, "on");
        jsonl_bool(w, s->when != WHEN_ASKED);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void meta_names(struct jsonl_writer *w, const struct timeline *t)
{
    jsonl_key(w, "names");
    jsonl_begin_array(w);
    for (size_t i = 0; i < names_len(&t->names); i++)
        jsonl_string(w, names_text(&t->names, (int32_t)i));
    jsonl_end_array(w);
    jsonl_key(w, "outcomes");
    jsonl_begin_array(w);
    for (size_t i = 0; i < JSONL_OUTCOMES; i++)
        jsonl_cstring(w, jsonl_outcome_names[i]);
    jsonl_end_array(w);
}

/* What people read for a model: {"index into names": "label"}, for the models only. */
static bool meta_model_labels(struct jsonl_writer *w, const struct timeline *t, const struct jsonl_config *config)
{
    bool *is_model = calloc(names_len(&t->names) + 1, sizeof *is_model);
    if (!is_model)
        return false;
    for (size_t i = 0; i < t->tests; i++)
        if (t->test[i].model != NAME_NONE)
            is_model[t->test[i].model] = true;
    for (size_t i = 0; i < t->regions; i++)
        if (t->region[i].model != NAME_NONE)
            is_model[t->region[i].model] = true;
    jsonl_key(w, "model_labels");
    jsonl_begin_object(w);
    for (size_t i = 0; i < names_len(&t->names); i++) {
        char index[24];
        if (!is_model[i])
            continue;
        snprintf(index, sizeof index, "%zu", i);
        jsonl_key(w, index);
        jsonl_string(w, jsonl_model_name(config, names_text(&t->names, (int32_t)i)));
    }
    jsonl_end_object(w);
    free(is_model);
    return true;
}

static void meta_machine(struct jsonl_writer *w, const struct timeline *t)
{
    const struct {
        const char *key;
        int32_t name;
    } texts[] = {
        {"hostname", t->hostname}, {"hw_model", t->hw_model}, {"chip", t->chip},
        {"gpu", t->gpu},           {"platform", t->platform}, {"command", t->command},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        jsonl_key(w, texts[i].key);
        jsonl_string(w, names_text(&t->names, texts[i].name));
    }
    meta_number(w, "exit_code", t->exit_code, JSONL_SHORTEST);
    meta_number(w, "ram_total_gb", t->ram_total_gb, JSONL_SHORTEST);
}

static void meta_bands(struct jsonl_writer *w, const struct jsonl_config *config)
{
    jsonl_key(w, "bands");
    jsonl_begin_object(w);
    meta_number(w, "green", config->ram_green, JSONL_SHORTEST);
    meta_number(w, "orange", config->ram_orange, JSONL_SHORTEST);
    meta_number(w, "green_gb", JSONL_RAM_GREEN_GB, JSONL_SHORTEST);
    meta_number(w, "orange_gb", JSONL_RAM_ORANGE_GB, JSONL_SHORTEST);
    jsonl_end_object(w);
}

static bool meta_write(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options,
                       struct jsonl_text title)
{
    jsonl_puts(w, "<script type=\"application/json\" id=\"meta\">");
    jsonl_begin_object(w);
    jsonl_key(w, "generator");
    jsonl_cstring(w, "memplot " JSONL_VERSION);
    jsonl_key(w, "title");
    jsonl_string(w, title);
    jsonl_key(w, "utc");
    jsonl_bool(w, options->utc);
    jsonl_key(w, "samples");
    jsonl_int(w, (int64_t)t->samples);
    jsonl_key(w, "tests");
    jsonl_int(w, (int64_t)t->tests);
    meta_number(w, "start", t->start, JSONL_SHORTEST);
    meta_number(w, "end", t->end, JSONL_SHORTEST);
    meta_number(w, "step", t->step, 6);
    meta_number(w, "gap", t->gap, 6);
    meta_bands(w, options->config);
    meta_machine(w, t);
    meta_series(w, t);
    meta_names(w, t);
    bool ok = meta_model_labels(w, t, options->config);
    jsonl_end_object(w);
    jsonl_puts(w, "</script>\n");
    return ok;
}

bool html_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    struct jsonl_writer *made = jsonl_writer_new(-1);
    if (!made)
        return false;
    title_make(made, t, options);
    struct jsonl_text title = jsonl_writer_text(made);
    write_file(w, "head.html");
    write_html(w, title);
    write_file(w, "body.html");
    static_view(w, t, title);
    bool ok = meta_write(w, t, options, title) && html_columns(w, t) && !jsonl_writer_error(made);
    write_file(w, "tail.html");
    jsonl_writer_free(made);
    return ok;
}
