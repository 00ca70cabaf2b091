/* SPDX-License-Identifier: Apache-2.0
 * Which tests ran while another did. */
#ifndef GENREPORT_PARALLEL_H
#define GENREPORT_PARALLEL_H

#include "run.h"

/* Sets parallel[i] for those of n tests that share more than their slack with another one that was not skipped.  false:
 * out of memory. */
bool parallel_mark(const struct run_test *tests, size_t n, bool *parallel);

/* How much a test that ends then may share with another one by rounding alone, in seconds. */
double parallel_slack(double end);

#endif
