/* SPDX-License-Identifier: Apache-2.0
 * What the comparison keeps folded: the rows that are not flagged, and the table of baselines. */
#include "md_compare.h"

enum { FOLDED_MAX = 200 };

/* "Models: 3 no change shown, 7 undecided" */
static size_t fold_begin(struct jsonl_writer *w, const struct compare_row *rows, size_t n, const char *what)
{
    static const enum compare_verdict order[] = {COMPARE_NO_CHANGE, COMPARE_UNDECIDED, COMPARE_NOT_JUDGED};
    size_t counts[COMPARE_VERDICTS] = {0}, folded = 0;

    for (size_t i = 0; i < n; i++) {
        counts[rows[i].verdict]++;
        folded += rows[i].verdict < COMPARE_IMPROVED;
    }
    if (folded == 0)
        return 0;
    jsonl_printf(w, "\n<details><summary>%ss", what);
    for (size_t k = 0, said = 0; k < sizeof order / sizeof *order; k++)
        if (counts[order[k]] > 0)
            jsonl_printf(w, "%s %zu %s", said++ > 0 ? "," : ":", counts[order[k]], md_verdict_names[order[k]]);
    jsonl_puts(w, "</summary>\n\n");
    return folded;
}

static void fold_rows(struct jsonl_writer *w, const struct comparison *c, const struct compare_row *rows, size_t n,
                      const char *what)
{
    size_t folded = fold_begin(w, rows, n, what), said = 0;

    if (folded == 0)
        return;
    md_compare_head(w, c, what);
    for (enum compare_metric m = 0; m < COMPARE_METRICS; m++) {
        for (size_t i = 0; i < n && said < FOLDED_MAX; i++) {
            if (rows[i].metric != m || rows[i].verdict >= COMPARE_IMPROVED)
                continue;
            md_compare_row(w, &rows[i]);
            said++;
        }
    }
    md_rest(w, folded, said, "row");
    jsonl_puts(w, "\n</details>\n");
}

void md_comparison_fold(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;

    if (!c->made || c->pairs == 0)
        return;
    fold_rows(w, c, c->models, c->models_len, "Model");
    fold_rows(w, c, c->tests, c->tests_len, "Test");
    md_baselines_table(w, c);
}
