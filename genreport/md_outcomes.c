/* SPDX-License-Identifier: Apache-2.0
 * The Test Summary: outcomes, the tests that failed, and why tests were skipped. */
#include "md.h"

#include <math.h>

enum { REASONS_MAX = 25, FAILED_MAX = 500 };

static void outcomes_block(struct jsonl_writer *w, const struct report *r)
{
    const struct report_totals *t = &r->totals;
    size_t passed = t->outcomes[JSONL_PASSED];

    jsonl_puts(w, "```\n");
    jsonl_printf(w, "Total tests:       %zu\n", t->tests);
    jsonl_printf(w, "Passed:            %zu\n", passed);
    jsonl_printf(w, "  With model:      %zu\n", t->with_model);
    jsonl_printf(w, "  Inference:       %zu (with model, at least ", t->inference);
    md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s)\n");
    jsonl_printf(w, "  Infrastructure:  %zu\n", passed - t->with_model);
    jsonl_printf(w, "Failed:            %zu\n", t->outcomes[JSONL_FAILED]);
    jsonl_printf(w, "Skipped:           %zu\n", t->outcomes[JSONL_SKIPPED]);
    jsonl_puts(w, "Duration:          ");
    md_total(w, t->duration_s);
    if (!isnan(t->wall_s)) {
        jsonl_puts(w, "\nFirst to last:     ");
        md_total(w, t->wall_s);
    }
    jsonl_puts(w, "\n```\n");
}

static void outcomes_failed(struct jsonl_writer *w, const struct report *r)
{
    if (r->failures_len == 0)
        return;
    jsonl_puts(w, "\n### Failed Tests\n\n"
                  "| Test | Model | Failed | Runs | Time |\n"
                  "|------|-------|-------:|-----:|-----:|\n");
    for (size_t i = 0; i < r->failures_len && i < FAILED_MAX; i++) {
        const struct report_failure *f = &r->failures[i];

        jsonl_puts(w, "| ");
        md_text(w, f->id);
        jsonl_puts(w, " | ");
        md_text(w, f->model);
        jsonl_printf(w, " | %zu | %zu | ", f->failed, f->runs);
        md_seconds(w, f->longest_s);
        jsonl_puts(w, " |\n");
    }
    md_rest(w, r->failures_len, FAILED_MAX, "failed test");
}

static void outcomes_skipped(struct jsonl_writer *w, const struct report *r)
{
    if (r->skips_len == 0)
        return;
    jsonl_puts(w, "\n### Skipped Tests\n\n"
                  "| Reason | Tests |\n"
                  "|--------|------:|\n");
    for (size_t i = 0; i < r->skips_len && i < REASONS_MAX; i++) {
        jsonl_puts(w, "| ");
        if (r->skips[i].reason.s)
            md_text(w, r->skips[i].reason);
        else
            jsonl_puts(w, "*none given*");
        jsonl_printf(w, " | %zu |\n", r->skips[i].tests);
    }
    md_rest(w, r->skips_len, REASONS_MAX, "reason");
}

void md_outcomes(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Test Summary");
    outcomes_block(w, r);
    outcomes_failed(w, r);
    outcomes_skipped(w, r);
    md_machines(w, r);
}
