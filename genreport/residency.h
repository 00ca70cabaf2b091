/* SPDX-License-Identifier: Apache-2.0
 *
 * Which model a server had in RAM, and when.
 *
 * From load and unload events.  A load ends the stay of the model before it, for most logs tell of loads
 * alone; so stays never overlap.  The last one lasts until `end`. */
#ifndef RESIDENCY_H
#define RESIDENCY_H

#include "run.h"

struct stay {
    double from, to; /* epoch seconds */
    uint32_t model;
};

/* Sorts the events and writes the stays, in the order of time, to `stays`, which has place for as many as
 * there are events; *len: how many.  `names` are the run's texts, by number.  false: out of memory. */
bool residency_stays(struct run_event *events, size_t n, const struct jsonl_text *names, double end, struct stay *stays,
                     size_t *len);

/* The model that the log, sorted, named last between start and end, but for its unload; 0: none.  `named` has
 * n + 1 places, filled by residency_names: how far the last event lies that names one, before each. */
uint32_t residency_named(const struct run_event *events, size_t n, const size_t *named, double start, double end);
void residency_names(const struct run_event *events, size_t n, size_t *named);

enum { RESIDENCY_SHARES = 8 };

struct share {
    uint32_t model;
    double seconds;
};

/* The models in RAM between start and end for at least a twentieth of that time, the longest first: a
 * model that is on its way out when a test starts is not the test's.  Writes up to RESIDENCY_SHARES, and
 * looks at no more than a hundred stays, so that a test as long as the run costs no more than others;
 * *more is set if that left some out. */
size_t residency_shares(const struct stay *stays, size_t n, double start, double end,
                        struct share shares[RESIDENCY_SHARES], bool *more);

#endif
