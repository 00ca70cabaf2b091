/* SPDX-License-Identifier: Apache-2.0
 * Parts of the JSON report, each a member or several of its object. */
#ifndef GENREPORT_JSON_H
#define GENREPORT_JSON_H

#include "report.h"

void json_models(struct jsonl_writer *w,
                 const struct report *r); /* json_analysis.c: models, with performance, memory */
void json_anomalies(struct jsonl_writer *w, const struct report *r);  /* anomalies */
void json_schedule(struct jsonl_writer *w, const struct report *r);   /* loads, scheduling, machines */
void json_comparison(struct jsonl_writer *w, const struct report *r); /* json_comparison.c: comparison, trend */

#endif
