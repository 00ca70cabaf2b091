/* SPDX-License-Identifier: Apache-2.0
 * What lasts: memory pressure, and the models of the tests.  Made of a finished timeline. */
#ifndef MEMPLOT_SPANS_H
#define MEMPLOT_SPANS_H

#include "timeline.h"

struct span {
    double start, end; /* epoch seconds */
    int32_t what;      /* pressure: 2 warn, 4 critical; models: index into names */
};

struct spans {
    struct span *span; /* by start */
    size_t len, size;
};

/* Runs of samples under pressure; each sample's lasts to the next one, if there is no gap between. */
bool spans_pressure(struct spans *s, const struct timeline *t);

/* Neighbouring tests of one model.  Skipped ones do not part them; a test without a model does.  Where no test has a
 * model it is the models' time in RAM. */
bool spans_models(struct spans *s, const struct timeline *t);

/* Both: false if out of memory; the caller frees. */
void spans_free(struct spans *s);

/* Gives each test its lane: the lowest in which no other runs at that time.  Neighbours that overlap by a rounding
 * of their clocks share one.  Sets timeline.lanes.  Needs tests in order; false: out of memory.  O(n log n). */
bool lanes_assign(struct timeline *t);

#endif
