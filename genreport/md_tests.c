/* SPDX-License-Identifier: Apache-2.0
 *
 * Per-Test Statistics. */
#include "md.h"

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
    jsonl_puts(w, "The range across models for each test, of the same tests as above.\n\n"
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
        jsonl_puts(w, " |\n");
    }
}
