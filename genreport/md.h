/* SPDX-License-Identifier: Apache-2.0
 * Markdown (GitHub's) in small pieces: text made harmless, numbers with units, and what stands for "not
 * known": an en dash, never a zero. */
#ifndef GENREPORT_MD_H
#define GENREPORT_MD_H

#include "jsonl.h"
#include "number.h"
#include "report.h"

/* Text from data, in a table cell or a line of prose; cut after 200 characters. */
void md_text(struct jsonl_writer *w, struct jsonl_text text);

/* The same as code, for names of files; not in tables. */
void md_code(struct jsonl_writer *w, struct jsonl_text text);

/* A modality with a capital: "Vision"; `plain`: for a fenced block, where nothing can be escaped. */
void md_mode(struct jsonl_writer *w, struct jsonl_text mode, bool plain);

/* "0.72 s", "13.9 s": two decimals below ten seconds; "<0.01 s" for what they would show as nothing. */
void md_seconds(struct jsonl_writer *w, double seconds);

/* "66.9 ms", "134 ms", "2.35 s". */
void md_latency(struct jsonl_writer *w, double seconds);

/* "12.3 s", "1m 23s", "2h 05m", "3d 04h". */
void md_duration(struct jsonl_writer *w, double seconds);

/* "211.1 s (3m 31s)"; the second only from a minute on. */
void md_total(struct jsonl_writer *w, double seconds);

/* A number with its unit (a string, "" for none); an infinite one counts as not known. */
void md_number(struct jsonl_writer *w, double number, int decimals, const char *unit);

/* "13.2 GB"; two decimals below 0.1. */
void md_size(struct jsonl_writer *w, double gb);

/* "18.8-19.1", or one number if both ends look the same. */
void md_range(struct jsonl_writer *w, struct number_range range, int decimals);

/* Per cent, for one decimal: 100 only if it is all of them, 0 only if none. */
double md_percent(uint64_t part, uint64_t all);

/* "1 test", "2 tests". */
void md_count(struct jsonl_writer *w, size_t n, const char *what);

/* A day or a moment of UTC: "2026-11-23", "2026-11-23T01:52:38 UTC". */
void md_day(struct jsonl_writer *w, double ts);
void md_moment(struct jsonl_writer *w, double ts);

/* A rule and a heading of the second level. */
void md_section(struct jsonl_writer *w, const char *title);

/* "*… and 3 more tests*" if more than `shown` of n. */
void md_rest(struct jsonl_writer *w, size_t n, size_t shown, const char *what);

/* The end of a line that another line of the same paragraph follows. */
#define MD_BREAK "  \n"

/* Sections, in the order of the report. */
void md_title(struct jsonl_writer *w, const struct report *r);
void md_inputs(struct jsonl_writer *w, const struct report *r);
void md_summary(struct jsonl_writer *w, const struct report *r);
void md_outcomes(struct jsonl_writer *w, const struct report *r);
void md_machines(struct jsonl_writer *w, const struct report *r); /* within the Test Summary */
void md_health(struct jsonl_writer *w, const struct report *r);
void md_pressure(struct jsonl_writer *w, const struct report_pressure *p); /* lines within that */
void md_pressed(struct jsonl_writer *w, const struct report_pressure *p);  /* a table within that */
void md_models(struct jsonl_writer *w, const struct report *r);
void md_tests(struct jsonl_writer *w, const struct report *r);
void md_gpu(struct jsonl_writer *w, const struct report *r);
void md_performance(struct jsonl_writer *w, const struct report *r);
void md_memory(struct jsonl_writer *w, const struct report *r);
void md_anomalies(struct jsonl_writer *w, const struct report *r);
void md_pressure_anomaly(struct jsonl_writer *w, const struct report *r); /* within that */
void md_schedule(struct jsonl_writer *w, const struct report *r);
void md_files(struct jsonl_writer *w, const struct report *r);

#endif
