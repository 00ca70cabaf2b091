/* SPDX-License-Identifier: Apache-2.0
 * The page: head, a view for readers without script, the script, the data.  What the script gets is one
 * JSON block, `meta`, before it, and one text block a column (see pack.h), which it reads as they come. */
#include "colour.h"
#include "devices.h"
#include "embed.h"
#include "format.h"
#include "html_columns.h"
#include "svg.h"
#include "title.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATIC_TESTS_MAX = 250 }; /* rows of the table for readers without script */

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

/* The picture is what is seen first, and printed; the script hides it once it has drawn. */
static bool static_view(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    jsonl_puts(w, "<figure id=\"static\">\n");
    bool ok = svg_write(w, t, options, true);
    jsonl_puts(w, "</figure>\n");
    jsonl_puts(w, "<noscript>\n<p>Zooming, values and a list are the work of a script that is part of this page, and "
                  "scripts are switched off here.</p>\n");
    if (t->tests) {
        jsonl_puts(w, "<table>\n<thead><tr><th>Start (UTC)<th>Outcome<th>Seconds<th>Test<th>Model</thead>\n<tbody>\n");
        for (size_t i = 0; i < t->tests && i < STATIC_TESTS_MAX; i++)
            static_row(w, t, &t->test[i]);
        jsonl_puts(w, "</tbody></table>\n");
        if (t->tests > STATIC_TESTS_MAX)
            jsonl_printf(w, "<p>and %zu more.</p>\n", t->tests - STATIC_TESTS_MAX);
    }
    jsonl_puts(w, "</noscript>\n");
    return ok;
}

/* ---- Meta: all that is not a column */

static void meta_number(struct jsonl_writer *w, const char *key, double v, int decimals)
{
    jsonl_key(w, key);
    jsonl_real(w, v, decimals);
}

/* Does any of several GPUs say it? */
static bool device_has(const struct timeline *t, enum jsonl_metric metric)
{
    for (size_t d = 0; d < t->devices; d++)
        if (devices_has(t, d, metric))
            return true;
    return false;
}

/* A colour as it is told from light and from dark ground, then the same of the other palette. */
static void meta_colours(struct jsonl_writer *w, const char *key, const char *colour, const char *safe, double contrast)
{
    const char *const palettes[] = {colour, safe};
    char made[COLOUR_SIZE];
    jsonl_key(w, key);
    jsonl_begin_array(w);
    for (size_t i = 0; i < 2; i++)
        for (int ground = 0; ground < GROUNDS; ground++)
            jsonl_cstring(w, colour_readable(made, palettes[i], (enum colour_ground)ground, contrast));
    jsonl_end_array(w);
}

/* Likewise the shade of the k-th of n devices. */
static void meta_shades(struct jsonl_writer *w, const struct series *s, size_t k, size_t n)
{
    const char *const palettes[] = {s->colour, s->safe};
    char made[COLOUR_SIZE];
    jsonl_key(w, "shades");
    jsonl_begin_array(w);
    for (size_t i = 0; i < 2; i++)
        for (int ground = 0; ground < GROUNDS; ground++)
            jsonl_cstring(w, colour_shade(made, palettes[i], (enum colour_ground)ground, colour_shade_number(k, n)));
    jsonl_end_array(w);
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
            {"key", jsonl_metrics[s->metric].name},
            {"label", s->label},
            {"unit", s->unit},
            {"style", series_style_names[s->style]},
        };
        if (!t->column[i] && !device_has(t, s->metric))
            continue;
        jsonl_begin_object(w);
        for (size_t j = 0; j < sizeof texts / sizeof texts[0]; j++) {
            jsonl_key(w, texts[j].key);
            jsonl_cstring(w, texts[j].value);
        }
        meta_colours(w, "colours", s->colour, s->safe, COLOUR_LINE_CONTRAST);
        if (s->right)
            meta_colours(w, "text_colours", s->colour, s->safe, COLOUR_TEXT_CONTRAST);
        jsonl_key(w, "row");
        jsonl_int(w, s->row);
        jsonl_key(w, "right");
        jsonl_bool(w, s->right);
        jsonl_key(w, "drawn");
        jsonl_bool(w, t->column[i] && s->style != STYLE_VALUE && (t->drawn[i] || s->when == WHEN_ASKED));
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

/* And for a test: {"index of its id": index of its label}. */
static bool meta_test_labels(struct jsonl_writer *w, const struct timeline *t)
{
    int32_t *label = malloc((names_len(&t->names) + 1) * sizeof *label);
    if (!label)
        return false;
    for (size_t i = 0; i < names_len(&t->names); i++)
        label[i] = NAME_NONE;
    for (size_t i = 0; i < t->tests; i++)
        if (t->test[i].id != NAME_NONE)
            label[t->test[i].id] = t->test[i].label;
    jsonl_key(w, "test_labels");
    jsonl_begin_object(w);
    for (size_t i = 0; i < names_len(&t->names); i++) {
        char index[24];
        if (label[i] == NAME_NONE)
            continue;
        snprintf(index, sizeof index, "%zu", i);
        jsonl_key(w, index);
        jsonl_int(w, label[i]);
    }
    jsonl_end_object(w);
    free(label);
    return true;
}

/* Of one command its exit status, null if a signal ended it. */
static void meta_ends(struct jsonl_writer *w, const struct machine *m)
{
    int64_t failed = 0;
    for (size_t i = 0; i < m->ends; i++)
        failed += m->end[i].exit_code != 0;
    jsonl_key(w, "commands");
    jsonl_int(w, (int64_t)m->ends);
    jsonl_key(w, "commands_failed");
    jsonl_int(w, failed);
    meta_number(w, "exit_code", m->ends == 1 ? m->end[0].exit_code : (double)NAN, JSONL_SHORTEST);
}

static void meta_machine(struct jsonl_writer *w, const struct timeline *t)
{
    static const char *const keys[MACHINE_FACTS] = {
        [MACHINE_HOSTNAME] = "hostname", [MACHINE_MODEL] = "hw_model",    [MACHINE_CHIP] = "chip",
        [MACHINE_GPU] = "gpu",           [MACHINE_PLATFORM] = "platform", [MACHINE_COMMAND] = "command",
    };
    for (size_t i = 0; i < MACHINE_FACTS; i++) {
        jsonl_key(w, keys[i]);
        jsonl_string(w, t->machine.fact[i]);
    }
    jsonl_key(w, "others");
    jsonl_begin_array(w);
    for (size_t i = 0; i < MACHINE_FACTS; i++)
        if (t->machine.others[i])
            jsonl_cstring(w, keys[i]);
    if (t->machine.ram_others)
        jsonl_cstring(w, "ram_total_gb");
    jsonl_end_array(w);
    meta_ends(w, &t->machine);
    meta_number(w, "ram_total_gb", t->machine.ram_total_gb, JSONL_SHORTEST);
}

/* Several GPUs: [{"name": …, "shades": […], "columns": {"gpu_device_util": "gpu.0.gpu_device_util", …}}]; else []. */
static bool meta_gpus(struct jsonl_writer *w, const struct timeline *t)
{
    double *v = t->devices ? malloc((t->samples + 1) * sizeof *v) : NULL;
    if (t->devices && !v)
        return false;
    const struct series *load = series_table;
    while (load->metric != JSONL_METRIC_gpu_device_util)
        load++;
    jsonl_key(w, "gpus");
    jsonl_begin_array(w);
    for (size_t d = 0; d < t->devices; d++) {
        jsonl_begin_object(w);
        jsonl_key(w, "name");
        jsonl_string(w, t->device[d].name);
        meta_shades(w, load, d, t->devices);
        jsonl_key(w, "columns");
        jsonl_begin_object(w);
        for (size_t m = 0; m < DEVICE_METRICS; m++) {
            char id[HTML_DEVICE_ID];
            if (!devices_column(t, d, device_metrics[m], v))
                continue;
            jsonl_key(w, jsonl_metrics[device_metrics[m]].name);
            jsonl_cstring(w, html_device_id(id, d, device_metrics[m]));
        }
        jsonl_end_object(w);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
    free(v);
    return true;
}

static void meta_bands(struct jsonl_writer *w, const struct jsonl_config *config)
{
    jsonl_key(w, "bands");
    jsonl_begin_object(w);
    meta_number(w, "green", config->ram_green, JSONL_SHORTEST);
    meta_number(w, "orange", config->ram_orange, JSONL_SHORTEST);
    meta_number(w, "green_gb", JSONL_RAM_GREEN_GB, JSONL_SHORTEST);
    meta_number(w, "orange_gb", JSONL_RAM_ORANGE_GB, JSONL_SHORTEST);
    jsonl_key(w, "colours");
    jsonl_begin_object(w);
    for (size_t i = 0; i < BANDS; i++)
        meta_colours(w, band_table[i].name, band_table[i].colour, band_table[i].safe, COLOUR_LINE_CONTRAST);
    jsonl_end_object(w);
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
    bool ok = meta_gpus(w, t) && meta_model_labels(w, t, options->config) && meta_test_labels(w, t);
    jsonl_end_object(w);
    jsonl_puts(w, "</script>\n");
    return ok;
}

bool html_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    struct jsonl_writer *made = jsonl_writer_new(-1);
    if (!made)
        return false;
    title_write(made, t, options);
    struct jsonl_text title = jsonl_writer_text(made);
    write_file(w, "head.html");
    write_html(w, title);
    write_file(w, "body.html");
    bool ok = static_view(w, t, options) && meta_write(w, t, options, title) && !jsonl_writer_error(made);
    write_file(w, "script.html");
    ok = ok && html_columns(w, t);
    write_file(w, "tail.html");
    jsonl_writer_free(made);
    return ok;
}
