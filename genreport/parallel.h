/* SPDX-License-Identifier: Apache-2.0
 *
 * Which tests ran while another did. */
#ifndef PARALLEL_H
#define PARALLEL_H

#include "run.h"

/* Sets parallel[i] for those of n tests that share more than a twentieth of a second with another one that was not
 * skipped; or more than a second, if a test's end is a whole second, for then its times may be rounded.  false: out of
 * memory. */
bool parallel_mark(const struct run_test *tests, size_t n, bool *parallel);

#endif
