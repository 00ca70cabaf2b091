/* SPDX-License-Identifier: Apache-2.0
 * JUnit's XML, as pytest writes it and CI systems read it: a suite for each file of tests, a case for each record; with
 * baselines one more suite, with a case for each thing that was judged.  It holds to the schema of Jenkins' xUnit
 * plugin (junit-10.xsd), which is the strictest reader: that knows no properties of a case, so figures are its output,
 * which CI systems show. */
#include "format.h"

#include <math.h>

static void attribute(struct jsonl_writer *w, const char *name, struct jsonl_text text)
{
    jsonl_printf(w, " %s=\"", name);
    jsonl_write_escaped(w, JSONL_TO_HTML, text);
    jsonl_puts(w, "\"");
}

static void attribute_seconds(struct jsonl_writer *w, double seconds)
{
    if (!isfinite(seconds))
        return;
    jsonl_puts(w, " time=\"");
    jsonl_write_number(w, seconds, 3);
    jsonl_puts(w, "\"");
}

static void figure_text(struct jsonl_writer *w, const char *name, struct jsonl_text text)
{
    if (!text.s)
        return;
    jsonl_printf(w, "%s: ", name);
    jsonl_write_escaped(w, JSONL_TO_HTML, text);
    jsonl_puts(w, "\n");
}

static void figure(struct jsonl_writer *w, const char *name, double number)
{
    if (!isfinite(number))
        return;
    jsonl_printf(w, "%s: ", name);
    jsonl_write_number(w, number_short(number), JSONL_SHORTEST);
    jsonl_puts(w, "\n");
}

/* The part of an id before its first "::"; the whole if there is none. */
static struct jsonl_text id_file(struct jsonl_text id)
{
    for (size_t i = 0; i + 1 < id.n; i++)
        if (id.s[i] == ':' && id.s[i + 1] == ':')
            return (struct jsonl_text){id.s, i};
    return id;
}

/* Where the test's own name begins: behind the last "::" that stands before any parameters. */
static size_t id_name_at(struct jsonl_text id)
{
    size_t at = 0;

    for (size_t i = 0; i + 1 < id.n && id.s[i] != '['; i++)
        if (id.s[i] == ':' && id.s[i + 1] == ':')
            at = i + 2;
    return at;
}

/* "tests/live/test_x.py::TestY::" as pytest has it: tests.live.test_x.TestY. */
static void classname(struct jsonl_writer *w, struct jsonl_text id, size_t n)
{
    struct jsonl_text file = id_file(id);

    jsonl_puts(w, " classname=\"");
    for (size_t i = 0, from = 0; n >= 2 && i <= n - 2; i++) {
        bool end = i == n - 2, py = i + 3 == file.n && file.s[i] == '.' && file.s[i + 1] == 'p' && file.s[i + 2] == 'y';

        if (!end && !py && id.s[i] != '/' && !(id.s[i] == ':' && id.s[i + 1] == ':'))
            continue;
        jsonl_write_escaped(w, JSONL_TO_HTML, (struct jsonl_text){id.s + from, i - from});
        if (end)
            break;
        i += py ? 2 : id.s[i] == ':';
        from = i + 1;
        if (!py)
            jsonl_puts(w, ".");
    }
    jsonl_puts(w, "\"");
}

static void case_output(struct jsonl_writer *w, const struct report_record *r)
{
    const struct run_test *t = r->test;

    jsonl_puts(w, "      <system-out>");
    figure_text(w, "model", r->model);
    figure_text(w, "mode", r->mode);
    figure_text(w, "version", r->version);
    figure(w, "tokens_per_sec", t->tokens_per_s);
    figure(w, "time_to_first_token_s", t->ttft_s);
    figure(w, "model_load_time_s", t->load_s);
    figure(w, "peak_ram_gb", t->peak_ram_gb);
    figure(w, "samples", (double)r->profile.samples);
    figure(w, "ram_free_min_gb", r->profile.ram_free_gb.min);
    figure(w, "gpu_mem_max_gb", r->profile.gpu_mem_gb.max);
    figure(w, "gpu_energy_j", r->profile.gpu_energy_j);
    jsonl_puts(w, "</system-out>\n");
}

static void case_write(struct jsonl_writer *w, const struct report_record *r)
{
    size_t at = id_name_at(r->id);

    jsonl_puts(w, "    <testcase");
    classname(w, r->id, at);
    attribute(w, "name", (struct jsonl_text){r->id.s + at, r->id.n - at});
    attribute_seconds(w, r->test->duration);
    jsonl_puts(w, ">\n");
    if (r->test->outcome == JSONL_FAILED) {
        jsonl_puts(w, "      <failure message=\"failed\"/>\n");
    } else if (r->test->outcome == JSONL_SKIPPED) {
        jsonl_puts(w, "      <skipped");
        attribute(w, "message", r->skip_reason);
        jsonl_puts(w, "/>\n");
    }
    case_output(w, r);
    jsonl_puts(w, "    </testcase>\n");
}

struct suite {
    size_t tests, failures, skipped;
    double first_s, time_s;
};

static void suite_count(struct suite *s, const struct run_test *t)
{
    s->tests++;
    s->failures += t->outcome == JSONL_FAILED;
    s->skipped += t->outcome == JSONL_SKIPPED;
    s->first_s = number_min(s->first_s, isnan(t->start) ? t->end : t->start);
    s->time_s += isnan(t->duration) ? 0 : t->duration; /* in sorted order: the same for the same records */
}

static void counts_write(struct jsonl_writer *w, const struct suite *s)
{
    jsonl_printf(w, " tests=\"%zu\" failures=\"%zu\" errors=\"0\"", s->tests, s->failures);
    attribute_seconds(w, s->time_s);
}

static void suite_attributes(struct jsonl_writer *w, const struct suite *s)
{
    char buf[JSONL_TIME_SIZE];

    counts_write(w, s);
    jsonl_printf(w, " skipped=\"%zu\"", s->skipped);
    if (!isnan(s->first_s))
        jsonl_printf(w, " timestamp=\"%.19s\"", jsonl_time_format(buf, run_time_us(s->first_s), 0));
}

/* The tests from `from` up to, not with, `to` are of one file. */
static void suite_write(struct jsonl_writer *w, const struct report *r, size_t from, size_t to)
{
    struct suite s = {.first_s = NAN};

    for (size_t i = from; i < to; i++)
        suite_count(&s, report_test_at(r, i));
    jsonl_puts(w, "  <testsuite");
    attribute(w, "name", id_file(report_id_at(r, from)));
    suite_attributes(w, &s);
    jsonl_puts(w, ">\n");
    for (size_t i = from; i < to; i++) {
        struct report_record record = report_record(r, i);

        case_write(w, &record);
    }
    jsonl_puts(w, "  </testsuite>\n");
}

static void judged_write(struct jsonl_writer *w, const struct compare_row *row, const char *of)
{
    jsonl_printf(w, "    <testcase classname=\"comparison.%s\" name=\"", of);
    jsonl_write_escaped(w, JSONL_TO_HTML, row->name);
    if (row->mode.s) {
        jsonl_puts(w, " (");
        jsonl_write_escaped(w, JSONL_TO_HTML, row->mode);
        jsonl_puts(w, ")");
    }
    jsonl_printf(w, "%s%s\"", row->name.s ? " " : "", compare_metric_names[row->metric]);
    if (row->verdict == COMPARE_NOT_JUDGED) {
        jsonl_printf(w, ">\n      <skipped message=\"not judged: %s\"/>\n    </testcase>\n",
                     compare_reason_texts[row->reason]);
    } else if (compare_slower(row->verdict)) {
        jsonl_printf(w, ">\n      <failure message=\"%s: ", compare_verdict_names[row->verdict]);
        jsonl_write_number(w, row->effect * 100, 1);
        jsonl_puts(w, " %, 95 % interval ");
        jsonl_write_number(w, row->low * 100, 1);
        jsonl_puts(w, " to ");
        jsonl_write_number(w, row->high * 100, 1);
        jsonl_printf(w, " %%, %zu pairs, q = ", row->pairs);
        jsonl_write_number(w, row->q, 4);
        jsonl_puts(w, "\"/>\n    </testcase>\n");
    } else {
        jsonl_puts(w, "/>\n");
    }
}

static void judged_count(struct suite *s, const struct compare_row *row)
{
    s->tests++;
    s->failures += compare_slower(row->verdict);
    s->skipped += row->verdict == COMPARE_NOT_JUDGED;
}

static struct suite comparison_count(const struct comparison *c)
{
    struct suite s = {.first_s = NAN, .time_s = NAN};

    if (!c->made)
        return s;
    judged_count(&s, &c->run_effect);
    for (size_t i = 0; i < c->models_len; i++)
        judged_count(&s, &c->models[i]);
    for (size_t i = 0; i < c->tests_len; i++)
        judged_count(&s, &c->tests[i]);
    return s;
}

static void comparison_write(struct jsonl_writer *w, const struct comparison *c)
{
    struct suite s = comparison_count(c);

    if (!c->made)
        return;
    jsonl_puts(w, "  <testsuite name=\"comparison\"");
    suite_attributes(w, &s);
    jsonl_puts(w, ">\n");
    judged_write(w, &c->run_effect, "run");
    for (size_t i = 0; i < c->models_len; i++)
        judged_write(w, &c->models[i], "models");
    for (size_t i = 0; i < c->tests_len; i++)
        judged_write(w, &c->tests[i], "tests");
    jsonl_puts(w, "  </testsuite>\n");
}

bool junit_render(struct jsonl_writer *w, const struct report *r)
{
    const struct suite judged = comparison_count(&r->comparison);
    const struct suite all = {
        .tests = r->totals.tests + judged.tests,
        .failures = r->totals.outcomes[JSONL_FAILED] + judged.failures,
        .time_s = r->totals.duration_s,
    };

    jsonl_puts(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"benchmark\"");
    counts_write(w, &all);
    jsonl_puts(w, ">\n");
    for (size_t i = 0, next; i < r->totals.tests; i = next) {
        struct jsonl_text file = id_file(report_id_at(r, i));

        for (next = i + 1; next < r->totals.tests && jsonl_text_compare(id_file(report_id_at(r, next)), file) == 0;
             next++)
            ;
        suite_write(w, r, i, next);
    }
    comparison_write(w, &r->comparison);
    jsonl_puts(w, "</testsuites>\n");
    return true;
}
