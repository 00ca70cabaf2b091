/* SPDX-License-Identifier: Apache-2.0
 *
 * How each run stands in each row of a family: the mean over the row's tests of how much longer (ln) each took than the
 * mean of the baselines did.  A test that a run lacks is left out of that run's mean, so that runs of slightly
 * different tests can be compared. */
#ifndef LEVELS_H
#define LEVELS_H

#include "family.h"

struct levels {
    size_t runs, rows;
    double *level;   /* level[row * runs + run]; NAN: the run lacks more than half of the row's tests */
    double *typical; /* by row: the mean of ln over its tests, in the baselines; NAN: no tests */
    size_t *pairs;   /* by row: tests times the baselines that have them */
    double *error;   /* by row: how sure the last run's level is by how far its tests are apart, a standard error */
    size_t *apart;   /* by row: how many tests that is; with fewer than two there is no error */
};

/* Tests that fewer than `least` baselines have are left out.  false: out of memory; levels_free is due in both cases.
 */
bool levels_make(struct levels *levels, const struct family *family, size_t least);
void levels_free(struct levels *levels);

/* common[run]: the median over rows.  Returns the least number of rows that any run's comes of; with 0 it is NAN. */
size_t levels_common(const struct levels *levels, double *common, double *scratch);

#endif
