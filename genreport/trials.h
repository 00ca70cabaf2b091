/* SPDX-License-Identifier: Apache-2.0
 * Tests as the comparison sees them: those of all runs in one list, in an order that does not depend on how they came.
 *
 * Names are numbers again, but of a list that is sorted, so that comparing numbers compares names. */
#ifndef GENREPORT_TRIALS_H
#define GENREPORT_TRIALS_H

#include "comparison.h"
#include "run.h"

struct trial {
    uint32_t id, model, mode; /* in trials.names; trials.absent if it has none */
    uint32_t run;             /* baselines from 0, oldest first; then the run itself */
    uint8_t outcome;          /* enum jsonl_outcome */
    bool cold;                /* a model's first test in its run, whatever came of it */
    double end, start, duration;
    double ln[COMPARE_METRICS]; /* natural logarithm, of tokens/s its negative; NAN: not known, 0, or not passed */
};

struct trials {
    struct trial *list; /* by id, model, mode, run, time */
    size_t len;
    struct jsonl_text *names; /* sorted as text_order has it, so the absent one is the last */
    uint32_t absent;
    uint32_t runs;
    size_t distinct; /* tests of the last run */
};

/* The tests of n runs; a record that is there twice counts once.  Interns their names in names_of->names, in which the
 * texts live on.  false: out of memory; trials_free is due in both cases. */
bool trials_collect(struct trials *trials, const struct run *const *runs, size_t n, struct run *names_of);
void trials_free(struct trials *trials);

/* True if both are the same test of the same model. */
static inline bool trials_same(const struct trial *a, const struct trial *b)
{
    return a->id == b->id && a->model == b->model && a->mode == b->mode;
}

#endif
