/* SPDX-License-Identifier: Apache-2.0
 *
 * The comparison as Markdown. */
#ifndef MD_COMPARE_H
#define MD_COMPARE_H

#include "md.h"

/* The part of the Executive Summary; nothing without baselines. */
void md_comparison(struct jsonl_writer *w, const struct report *r);

/* What is folded into it: rows of which nothing is to be said, and the baselines.  md_compare_fold.c */
void md_comparison_fold(struct jsonl_writer *w, const struct report *r);

/* A section of its own, with two baselines or more.  md_trend.c */
void md_trend(struct jsonl_writer *w, const struct report *r);

/* "+12.3%", "-4.0%"; an en dash for what is not known. */
void md_effect(struct jsonl_writer *w, double fraction);

/* "+1.23 s", "-0.04 s" */
void md_more_seconds(struct jsonl_writer *w, double seconds);

/* "0.0004", "0.83", "<0.0001" */
void md_chance(struct jsonl_writer *w, double q);

/* A value in its metric's unit: "1.23 s", "41.2 tokens/s". */
void md_metric(struct jsonl_writer *w, enum compare_metric metric, double value);

/* For people: "cold start". */
extern const char *const md_metric_names[COMPARE_METRICS];

/* Of the table of rows: the heads, and a row with its verdict. */
void md_compare_head(struct jsonl_writer *w, const char *what);
void md_compare_row(struct jsonl_writer *w, const struct compare_row *row);

#endif
