/* SPDX-License-Identifier: Apache-2.0
 * Compares a run with its baselines: makes report.comparison (see comparison.h) and the old columns of report.models
 * and report.tests.
 *
 *     runs -- trials.h: all tests -- panel.h: pairs -- family.h: rows, judged -- comparison.h */
#ifndef GENREPORT_COMPARE_H
#define GENREPORT_COMPARE_H

#include "baseline.h"
#include "report.h"

/* After report_make; n > 0 baselines, oldest first, which must outlive the report, as must the run.  false: out of
 * memory. */
bool report_compare(struct report *report, struct run *run, const struct baseline *baselines, size_t n);

#endif
