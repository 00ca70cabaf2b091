/* SPDX-License-Identifier: Apache-2.0
 * Per-Test Statistics. */
#include "md_compare.h"

static void tests_end(struct jsonl_writer *w, struct jsonl_text model, double seconds)
{
    jsonl_puts(w, " | ");
    md_text(w, model);
    jsonl_puts(w, " (");
    md_seconds(w, seconds);
    jsonl_puts(w, ")");
}

void md_tests(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Per-Test Statistics");
    if (r->tests_len == 0) {
        jsonl_puts(w, "No passed test names a model and took ");
        md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s or more.\n");
        return;
    }
    bool old = r->comparison.made;
    jsonl_puts(w, "The range across models for each test, of the same tests as above.");
    if (old)
        jsonl_puts(w, " Old, Δ Med: of those that the baselines have too.\n\n"
                      "| Test Name | Mode | Models | Fastest | Slowest | Med | Old | Δ Med |\n"
                      "|-----------|:----:|-------:|---------|---------|----:|----:|------:|\n");
    else
        jsonl_puts(w, "\n\n"
                      "| Test Name | Mode | Models | Fastest | Slowest | Med Time |\n"
                      "|-----------|:----:|-------:|---------|---------|---------:|\n");
    for (size_t i = 0; i < r->tests_len; i++) {
        const struct report_test *t = &r->tests[i];

        jsonl_puts(w, "| ");
        md_text(w, t->name);
        jsonl_puts(w, " | ");
        md_mode(w, t->mode, false);
        jsonl_printf(w, " | %zu", t->models);
        tests_end(w, t->fastest, t->fastest_s);
        tests_end(w, t->slowest, t->slowest_s);
        jsonl_puts(w, " | ");
        md_seconds(w, t->median_s);
        if (old) {
            jsonl_puts(w, " | ");
            md_seconds(w, t->old_s);
            jsonl_puts(w, " | ");
            md_more_seconds(w, t->pairs_s - t->old_s);
        }
        jsonl_puts(w, " |\n");
    }
}
