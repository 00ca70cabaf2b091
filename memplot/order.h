/* SPDX-License-Identifier: Apache-2.0
 * Puts a timeline in order: of time, and what is of one time by what it says, so that it does not matter where a line
 * stood.  O(n log n); what is in order already costs O(n), and hardly any memory.  All: false if out of memory. */
#ifndef MEMPLOT_ORDER_H
#define MEMPLOT_ORDER_H

#include "timeline.h"

/* Also drops samples that are there twice, equal in time and in all values. */
bool order_samples(struct timeline *t);

/* Likewise tests, equal in all that is known of them: one of the same time that ended otherwise is another. */
bool order_tests(struct timeline *t);

/* Events of one time count in the order of their kinds, but a model that is there goes before it comes. */
bool order_events(struct timeline *t);

/* Numbers the names anew, in the order in which tests and then events name them: both are in order. */
bool order_names(struct timeline *t);

/* The median step and the gap that follows from it. */
bool order_step(struct timeline *t);

/* Numbers from the least to the greatest, NAN before all. */
static inline int order_numbers(double a, double b)
{
    bool none_a = a != a, none_b = b != b;
    return none_a || none_b ? none_b - none_a : (a > b) - (a < b);
}

#endif
