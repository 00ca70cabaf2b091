/* SPDX-License-Identifier: Apache-2.0
 * The comparison as Markdown. */
#ifndef GENREPORT_MD_COMPARE_H
#define GENREPORT_MD_COMPARE_H

#include "md.h"

/* The part of the Executive Summary; nothing without baselines. */
void md_comparison(struct jsonl_writer *w, const struct report *r);

/* What is folded into it: rows of which nothing is to be said.  md_compare_fold.c */
void md_comparison_fold(struct jsonl_writer *w, const struct report *r);

/* The baselines: in a few lines, which were compared with and which were not; and in a table.  md_baselines.c */
void md_baselines(struct jsonl_writer *w, const struct comparison *c);
void md_baselines_table(struct jsonl_writer *w, const struct comparison *c);

/* A section of its own, with two baselines or more.  md_trend.c */
void md_trend(struct jsonl_writer *w, const struct report *r);

/* What follows is of md_compare_row.c: figures, names for people ("cold start", "no change shown"), and a row with its
 * verdict under its head. */

/* "+12.3%", "-4.0%"; an en dash for what is not known. */
void md_effect(struct jsonl_writer *w, double fraction);

/* "+1.23 s", "-0.04 s" */
void md_more_seconds(struct jsonl_writer *w, double seconds);

/* "0.0004", "0.83", "<0.0001" */
void md_chance(struct jsonl_writer *w, double q);

/* A value in its metric's unit, as suits that and the other one that it stands beside: "1.23 s", "81.0 ms",
 * "41.2 tokens/s". */
void md_metric(struct jsonl_writer *w, enum compare_metric metric, double value, double other);

/* In bold if it is more than nothing. */
void md_verdict(struct jsonl_writer *w, enum compare_verdict verdict);

extern const char *const md_metric_names[COMPARE_METRICS];
extern const char *const md_verdict_names[COMPARE_VERDICTS];

enum { MD_RUNS_MAX = 99 }; /* more runs than these are told as more */

void md_compare_head(struct jsonl_writer *w, const struct comparison *c, const char *what);
void md_compare_row(struct jsonl_writer *w, const struct compare_row *row);

#endif
