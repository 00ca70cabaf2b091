/* SPDX-License-Identifier: Apache-2.0
 * The runs that a comparison is with. */
#include "md_compare.h"

#include <math.h>

/* "`a.jsonl` (2.0.4, 2026-11-23)" */
static void baseline_name(struct jsonl_writer *w, const struct compare_baseline *b)
{
    md_code(w, b->name);
    jsonl_puts(w, " (");
    if (b->version.s)
        md_text(w, b->version);
    else
        jsonl_puts(w, "unknown version");
    jsonl_puts(w, ", ");
    md_day(w, b->first_s);
    jsonl_puts(w, ")");
}

static void baselines_against(struct jsonl_writer *w, const struct comparison *c)
{
    const struct compare_baseline *first = NULL, *last = NULL;

    for (size_t i = 0; i < c->baselines_len; i++) {
        const struct compare_baseline *b = &c->baselines[i];

        if (!b->used)
            continue;
        first = first ? first : b;
        last = b;
    }
    if (first) {
        jsonl_puts(w, "**Against:** ");
        if (c->used > 1)
            jsonl_printf(w, "%zu runs, ", c->used);
        baseline_name(w, first);
        if (last != first) {
            jsonl_puts(w, c->used > 2 ? " to " : " and ");
            baseline_name(w, last);
        }
        jsonl_printf(w, "; %zu of %zu tests pair" MD_BREAK, c->pairs, c->tests_all);
    }
}

/* Baselines that are not compared with, and why. */
static void baselines_left_out(struct jsonl_writer *w, const struct comparison *c)
{
    for (size_t i = 0; i < c->baselines_len; i++) {
        const struct compare_baseline *b = &c->baselines[i];

        if (b->used)
            continue;
        jsonl_puts(w, "**Not compared with:** ");
        if (b->tests == 0) {
            md_code(w, b->name);
            jsonl_printf(w, ", which %s" MD_BREAK, b->failed ? "could not be read" : "holds no tests");
            continue;
        }
        baseline_name(w, b);
        jsonl_puts(w, ", which ran on another machine: ");
        if (b->hardware.s)
            md_text(w, b->hardware);
        if (!isnan(b->ram_total_gb)) {
            jsonl_puts(w, b->hardware.s ? ", " : "");
            md_number(w, b->ram_total_gb, 1, "GB RAM");
        }
        jsonl_puts(w, MD_BREAK);
    }
}

/* A run that is its own baseline is a slip, and the same baseline twice makes runs look more alike than they are. */
static void baselines_same(struct jsonl_writer *w, const struct comparison *c)
{
    for (size_t i = 0; i < c->baselines_len; i++) {
        const struct compare_baseline *b = &c->baselines[i];

        if (!b->used || (!b->itself && !b->same.s))
            continue;
        jsonl_puts(w, "⚠️ **The same again:** ");
        md_code(w, b->name);
        jsonl_puts(w, " holds the very records of ");
        if (b->itself)
            jsonl_puts(w, "this run, which is compared with itself");
        else
            md_code(w, b->same);
        jsonl_puts(w, b->itself ? MD_BREAK : ", so runs look more alike than they are" MD_BREAK);
    }
}

void md_baselines(struct jsonl_writer *w, const struct comparison *c)
{
    baselines_against(w, c);
    baselines_left_out(w, c);
    baselines_same(w, c);
}

void md_baselines_table(struct jsonl_writer *w, const struct comparison *c)
{
    jsonl_puts(w, "\n<details><summary>Baselines</summary>\n\n"
                  "| File | Version | Date | Tests | Pairs | Lowest RAM free | Highest swap | Hardware |\n"
                  "|------|---------|------|------:|------:|----------------:|-------------:|----------|\n");
    for (size_t i = 0; i < c->baselines_len; i++) {
        const struct compare_baseline *b = &c->baselines[i];

        jsonl_puts(w, "| ");
        md_text(w, b->name);
        jsonl_puts(w, " | ");
        md_text(w, b->version);
        jsonl_puts(w, " | ");
        md_day(w, b->first_s);
        jsonl_printf(w, " | %zu | %zu | ", b->tests, b->pairs);
        md_number(w, b->ram_free_min_gb, 1, "GB");
        jsonl_puts(w, " | ");
        md_number(w, b->swap_max_mb, 0, "MB");
        jsonl_puts(w, " | ");
        md_text(w, b->hardware);
        jsonl_puts(w, " |\n");
    }
    jsonl_puts(w, "\n</details>\n");
}
