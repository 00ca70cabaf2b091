/* SPDX-License-Identifier: Apache-2.0
 * Puts a timeline in order of time.  Records of equal time keep the order in which they came.  O(n log n);
 * what is in order already costs O(n).  All: false if out of memory. */
#ifndef MEMPLOT_ORDER_H
#define MEMPLOT_ORDER_H

#include "timeline.h"

/* Also drops samples that are there twice, equal in time and in all values. */
bool order_samples(struct timeline *t);

/* Likewise tests, equal in all that is known of them: one of the same time that ended otherwise is another. */
bool order_tests(struct timeline *t);
bool order_events(struct timeline *t);

/* The median step and the gap that follows from it. */
bool order_step(struct timeline *t);

#endif
