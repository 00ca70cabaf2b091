/* SPDX-License-Identifier: Apache-2.0
 * Which models a server had in RAM, and when.
 *
 * A stay begins with a load, or its start, and ends with the unload of that model, if the log tells one before it
 * tells of the model's next load: so stays of several models may overlap.  Many logs tell of loads alone; there the
 * next load of another model ends the stay, and at last `end`. */
#ifndef GENREPORT_RESIDENCY_H
#define GENREPORT_RESIDENCY_H

#include "run.h"

struct stay {
    double from, to; /* epoch seconds */
    double latest;   /* see residency_index */
    uint32_t model;
};

/* Sorts the events and writes the stays, sorted by `from` and indexed, to `stays`, which has place for as many as
 * there are events; *len: how many.  `names` are the run's texts, by number.  false: out of memory. */
bool residency_stays(struct run_event *events, size_t n, const struct jsonl_text *names, double end, struct stay *stays,
                     size_t *len);

/* Makes the sorted stays a tree: the middle of any part that halving reaches has in `latest` the last end in that part.
 */
void residency_index(struct stay *stays, size_t n);

/* The model that the log, sorted, named last between start and end, but for its unload; 0: none.  `named` has
 * n + 1 places, filled by residency_names: how far the last event lies that names one, before each. */
uint32_t residency_named(const struct run_event *events, size_t n, const size_t *named, double start, double end);
void residency_names(const struct run_event *events, size_t n, size_t *named);

enum { RESIDENCY_SHARES = 8 };

struct share {
    uint32_t model;
    double seconds;
};

/* The models in RAM between start and end for at least a twentieth of that time, the longest first, of equally long
 * ones the first loaded: a model that is on its way out when a test starts is not the test's.  Writes up to
 * RESIDENCY_SHARES, and looks at no more than a hundred stays, so that a test as long as the run costs no more than
 * others; *more is set if that left some out. */
size_t residency_shares(const struct stay *stays, size_t n, double start, double end,
                        struct share shares[RESIDENCY_SHARES], bool *more);

#endif
