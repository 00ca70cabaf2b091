/* SPDX-License-Identifier: Apache-2.0
 * What github-action-benchmark reads: [{"name", "unit", "value", "range", "extra"}, …].  It takes all values of a file
 * to be better in one direction, so there are two formats: seconds (customSmallerIsBetter), and tokens per second
 * (customBiggerIsBetter). */
#include "fields.h"
#include "format.h"

#include <math.h>

struct gab {
    struct jsonl_writer *w;
    const struct report *report;
};

/* Between the quotes of a string that is put together. */
static void part(struct jsonl_writer *w, struct jsonl_text text)
{
    jsonl_write_escaped(w, JSONL_TO_JSON, text);
}

static void quote(struct jsonl_writer *w, const char *name)
{
    jsonl_key(w, name);
    jsonl_raw(w, (struct jsonl_text){"\"", 1});
}

static void gab_name(struct jsonl_writer *w, struct jsonl_text of, struct jsonl_text mode, const char *what)
{
    quote(w, "name");
    part(w, of);
    if (mode.s) {
        jsonl_puts(w, " (");
        part(w, mode);
        jsonl_puts(w, ")");
    }
    jsonl_printf(w, ": %s\"", what);
}

static void gab_value(struct gab *g, struct jsonl_text of, struct jsonl_text mode, const char *what, const char *unit,
                      double value, double low, double high, size_t tests)
{
    struct jsonl_writer *w = g->w;

    if (!isfinite(value))
        return;
    jsonl_begin_object(w);
    gab_name(w, of, mode, what);
    jsonl_key(w, "unit");
    jsonl_cstring(w, unit);
    fields_real(w, "value", value);
    if (high > low) {
        quote(w, "range");
        jsonl_write_number(w, low, 2);
        jsonl_puts(w, " to ");
        jsonl_write_number(w, high, 2);
        jsonl_puts(w, "\"");
    }
    quote(w, "extra");
    jsonl_printf(w, "%zu test%s", tests, tests == 1 ? "" : "s");
    if (g->report->versions.len > 0) {
        jsonl_puts(w, ", version ");
        part(w, g->report->versions.list[g->report->versions.len - 1]);
    }
    jsonl_puts(w, "\"");
    jsonl_end_object(w);
}

static void gab_spread(struct gab *g, const struct report_model *m, const char *what, const char *unit,
                       struct number_spread s)
{
    gab_value(g, m->label, m->mode, what, unit, s.median, s.min, s.max, s.n);
}

static void gab_smaller(struct gab *g)
{
    const struct report *r = g->report;

    for (size_t i = 0; i < r->models_len; i++) {
        const struct report_model *m = &r->models[i];

        gab_value(g, m->label, m->mode, "mean test", "s", m->time_s / (double)m->tests, NAN, NAN, m->tests);
        gab_spread(g, m, "time to first token", "s", r->performance[i].ttft_s);
        gab_spread(g, m, "model load", "s", r->performance[i].load_s);
    }
    for (size_t i = 0; i < r->tests_len; i++)
        gab_value(g, r->tests[i].name, r->tests[i].mode, "median", "s", r->tests[i].median_s, r->tests[i].fastest_s,
                  r->tests[i].slowest_s, r->tests[i].tests);
}

static void gab_bigger(struct gab *g)
{
    const struct report *r = g->report;

    for (size_t i = 0; i < r->models_len; i++)
        gab_spread(g, &r->models[i], "generation", "tokens/s", r->performance[i].tokens_per_s);
}

static void gab_write(struct jsonl_writer *w, const struct report *r, void (*values)(struct gab *))
{
    struct gab g = {w, r};

    jsonl_begin_array(w);
    values(&g);
    jsonl_end_array(w);
    jsonl_end_line(w);
}

bool gab_render(struct jsonl_writer *w, const struct report *r)
{
    gab_write(w, r, gab_smaller);
    return true;
}

bool gab_bigger_render(struct jsonl_writer *w, const struct report *r)
{
    gab_write(w, r, gab_bigger);
    return true;
}
