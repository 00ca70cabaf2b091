/* SPDX-License-Identifier: Apache-2.0
 * Quantiles of durations in a fixed space: counts by size, in steps of 1/32 of it, so that a quantile is
 * true to 1.6 % (below 32 ns: exact). */
#ifndef MEMMON_HISTOGRAM_H
#define MEMMON_HISTOGRAM_H

#include <stdint.h>

enum {
    HISTOGRAM_STEPS = 32, /* of each power of two */
    HISTOGRAM_SLOTS = HISTOGRAM_STEPS * 60,
};

struct histogram {
    uint64_t count;
    uint64_t slot[HISTOGRAM_SLOTS];
};

void histogram_add(struct histogram *h, int64_t ns); /* less than 0 counts as 0 */

/* The smallest duration that a part q (0 to 1) of all do not exceed, in ns; NAN if there are none. */
double histogram_quantile(const struct histogram *h, double q);

#endif
