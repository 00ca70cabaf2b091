/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

static int pointer_compare(const void *a, const void *b)
{
    double x = **(double *const *)a, y = **(double *const *)b;

    return (x > y) - (x < y);
}

bool stat_adjust(const double *p, double *q, size_t n)
{
    double **order = malloc((n + 1) * sizeof *order);
    size_t len = 0;
    double least = 1;

    if (!order)
        return false;
    for (size_t i = 0; i < n; i++) {
        q[i] = p[i];
        if (!isnan(p[i]))
            order[len++] = &q[i];
    }
    if (len > 1)
        qsort(order, len, sizeof *order, pointer_compare);
    for (size_t i = len; i-- > 0;) {
        least = fmin(least, *order[i] * (double)len / (double)(i + 1));
        *order[i] = least;
    }
    free(order);
    return true;
}
