/* SPDX-License-Identifier: Apache-2.0
 * How each run stands in each row of a family: the mean over the row's tests of how much longer (ln) each took than the
 * mean of the baselines did.  A test that a run lacks is left out of that run's mean, so that runs of slightly
 * different tests can be compared. */
#ifndef GENREPORT_LEVELS_H
#define GENREPORT_LEVELS_H

#include "family.h"

struct levels {
    size_t runs, rows;
    double *level;   /* level[row * runs + run]; NAN: the run lacks more than half of the row's tests */
    double *typical; /* by row: the mean of ln over its tests, in the baselines; NAN: no tests */
    size_t *pairs;   /* by row: tests times the baselines that have them */
    size_t *tests;   /* by row: that make the last run's level */
    double *squares; /* by row: of these tests about that level */
    double *common;  /* by run: the median over all tests of all rows; NAN: there are none */
};

/* Tests that fewer than `least` baselines have are left out.  false: out of memory; levels_free is due in both cases.
 */
bool levels_make(struct levels *levels, const struct family *family, size_t least);
void levels_free(struct levels *levels);

/* Rows that have tests. */
size_t levels_rows(const struct levels *levels);

/* What is to be taken from each row, by run: what the models of a metric have in common, from its tests, too; without
 * FAMILY_CENTRE models what the tests have; and zeros without so many tests.  To be called for the models of a metric,
 * then for its tests; *by_models is what the second has to know of the first. */
void levels_centre(const struct levels *levels, bool tests, double *common, bool *by_models);

#endif
