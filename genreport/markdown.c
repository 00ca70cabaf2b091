/* SPDX-License-Identifier: Apache-2.0
 * The report as Markdown, Template v1.2: headings, tables and columns of v1.1 in its order. */
#include "format.h"
#include "md.h"
#include "md_compare.h"
#include "md_limit.h"

#include <math.h>

static void md_texts(struct jsonl_writer *w, struct report_texts texts, const char *between, size_t most)
{
    for (size_t i = 0; i < texts.len && i < most; i++) {
        if (i > 0)
            jsonl_puts(w, between);
        md_text(w, texts.list[i]);
    }
    if (texts.len > most)
        jsonl_printf(w, "%s… (%zu in all)", between, texts.len);
}

/* One version, or the first and the last. */
static void title_version(struct jsonl_writer *w, struct report_texts versions)
{
    if (versions.len == 0) {
        jsonl_puts(w, "unknown version");
        return;
    }
    md_text(w, versions.list[0]);
    if (versions.len > 1) {
        jsonl_puts(w, " – ");
        md_text(w, versions.list[versions.len - 1]);
    }
}

/* Of several machines the figures are the largest, and no machine's own. */
static void title_hardware(struct jsonl_writer *w, const struct report *r)
{
    bool said = r->hardware.len > 0;
    const char *between = r->hardware.len > 1 ? "; up to " : ", ";

    md_texts(w, r->hardware, "; ", 3);
    if (!isnan(r->ram_total_gb)) {
        jsonl_puts(w, said ? between : "");
        md_number(w, r->ram_total_gb, 1, "GB RAM");
        said = true;
    }
    if (!isnan(r->gpu_memory_gb)) {
        jsonl_puts(w, said ? between : "");
        md_number(w, r->gpu_memory_gb, 1, "GB GPU memory");
        said = true;
    }
    jsonl_puts(w, said ? "\n" : "unknown\n");
}

void md_title(struct jsonl_writer *w, const struct report *r)
{
    jsonl_puts(w, "# Benchmark Report v" REPORT_TEMPLATE ": ");
    title_version(w, r->versions);
    jsonl_puts(w, "\n\n**Date:** ");
    md_day(w, r->first_s);
    if (!isnan(r->first_s) && run_time_us(r->first_s) / 86400000000 != run_time_us(r->last_s) / 86400000000) {
        jsonl_puts(w, " – ");
        md_day(w, r->last_s);
    }
    jsonl_puts(w, MD_BREAK "**Generated:** ");
    md_moment(w, r->generated_s);
    jsonl_puts(w, MD_BREAK "**Generator:** genreport " JSONL_VERSION MD_BREAK "**Hardware:** ");
    title_hardware(w, r);
}

/* What a file mostly is: the first of these that it holds any of. */
static const struct {
    enum jsonl_kind kind;
    const char *label;
} input_labels[] = {
    {JSONL_KIND_TEST, "Primary"},   {JSONL_KIND_SAMPLE, "Memory"}, {JSONL_KIND_EVENT, "Events"},
    {JSONL_KIND_SUMMARY, "Memory"}, {JSONL_KIND_LOG, "Log"},       {JSONL_KIND_OTHER, "Other"},
};

static void input_line(struct jsonl_writer *w, const struct report_source *s)
{
    static const char *const names[JSONL_KINDS] = {
        [JSONL_KIND_SUMMARY] = "summary record", [JSONL_KIND_TEST] = "test",
        [JSONL_KIND_SAMPLE] = "sample",          [JSONL_KIND_EVENT] = "event",
        [JSONL_KIND_LOG] = "log line",           [JSONL_KIND_OTHER] = "other record",
    };
    const size_t n = sizeof input_labels / sizeof *input_labels;
    size_t first = 0, said = 0;

    while (first < n && s->kinds[input_labels[first].kind] == 0)
        first++;
    jsonl_printf(w, "- **%s:** ", first < n ? input_labels[first].label : "Empty");
    md_code(w, s->name);
    jsonl_puts(w, " (");
    for (size_t i = 0; i < n; i++) {
        enum jsonl_kind kind = input_labels[i].kind;

        if (s->kinds[kind] == 0)
            continue;
        jsonl_puts(w, said++ > 0 ? ", " : "");
        md_count(w, s->kinds[kind], names[kind]);
    }
    jsonl_puts(w, said > 0 ? ")\n" : "no records)\n");
}

void md_inputs(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Input Files");
    for (size_t i = 0; i < r->sources_len; i++)
        input_line(w, &r->sources[i]);
    jsonl_puts(w, "- **Schema:** ");
    for (size_t i = 0; i < r->schemas.len && i < 8; i++) {
        jsonl_puts(w, i > 0 ? ", v" : "v");
        md_text(w, r->schemas.list[i]);
    }
    jsonl_puts(w, r->schemas.len > 0 ? "\n" : "unknown\n");
    if (r->versions.len > 1) {
        jsonl_puts(w, "- **Versions:** ");
        md_texts(w, r->versions, ", ", 16);
        jsonl_puts(w, " (tests of more than one version are mixed in this report)\n");
    }
}

void md_files(struct jsonl_writer *w, const struct report *r)
{
    const struct report_samples *s = &r->samples;

    md_section(w, "Files");
    for (size_t i = 0; i < r->sources_len; i++) {
        if (r->sources[i].kinds[JSONL_KIND_TEST] == 0)
            continue;
        jsonl_puts(w, "- **Benchmark report:** ");
        md_code(w, r->sources[i].name);
        jsonl_puts(w, "\n");
    }
    for (size_t i = 0; i < r->schemas.len && i < 8; i++) {
        jsonl_puts(w, "- **Schema:** report v");
        md_text(w, r->schemas.list[i]);
        jsonl_puts(w, "\n");
    }
    jsonl_puts(w, "- **Memory data:** ");
    if (s->len == 0)
        jsonl_puts(w, "none\n");
    else if (s->tests == 0)
        jsonl_puts(w, "not correlated: no test has samples\n");
    else
        jsonl_printf(w, "correlated (%zu of %zu tests have samples)\n", s->tests, r->totals.tests);
}

/* Left out by rank if --max-bytes asks for it: first what is known from elsewhere or of use to few. */
static const struct md_section sections[] = {
    {NULL, md_title, 0},
    {"Input Files", md_inputs, 8},
    {"Executive Summary", md_summary, 1},
    {"Comparison", md_comparison, 2},
    {"what the comparison does not show changed", md_comparison_fold, 15},
    {"Test Summary", md_outcomes, 3},
    {"System Health", md_health, 7},
    {"Per-Model Statistics", md_models, 6},
    {"Per-Test Statistics", md_tests, 10},
    {"GPU Analysis", md_gpu, 14},
    {"Performance", md_performance, 11},
    {"Memory per Model", md_memory, 13},
    {"Anomalies", md_anomalies, 4},
    {"Scheduling", md_schedule, 12},
    {"Trend", md_trend, 5},
    {"Files", md_files, 9},
};

bool markdown_render(struct jsonl_writer *w, const struct report *report)
{
    return md_limit(w, report, sections, sizeof sections / sizeof *sections, report->max_bytes);
}
