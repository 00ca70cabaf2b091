/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_MAX = 50 };

struct point {
    double x, y;
};

static int point_compare(const void *a, const void *b)
{
    const struct point *p = a, *q = b;

    return (p->x > q->x) - (p->x < q->x);
}

static int y_compare(const void *a, const void *b)
{
    const struct point *p = a, *q = b;

    return (p->y > q->y) - (p->y < q->y);
}

/* P(|S| >= s) for n values in an order by chance: the number of pairs that fall in a random order of k values is that
 * of k - 1 values and 0 … k - 1 more. */
static double p_exact(size_t n, double s)
{
    double p[EXACT_MAX * (EXACT_MAX - 1) / 2 + 1] = {1}, before[sizeof p / sizeof *p], sum = 0;
    size_t pairs = 0;

    for (size_t k = 2; k <= n; k++) {
        memcpy(before, p, sizeof p);
        for (size_t falls = 0; falls <= pairs + k - 1; falls++) {
            p[falls] = 0;
            for (size_t more = 0; more < k && more <= falls; more++)
                p[falls] += before[falls - more] / (double)k;
        }
        pairs += k - 1;
    }
    for (size_t falls = 0; falls <= pairs; falls++)
        if (fabs((double)pairs - 2 * (double)falls) >= fabs(s))
            sum += p[falls];
    return fmin(1, sum);
}

/* Sum of t (t - 1) (2 t + 5) over groups of t equal values of what `compare` sorts by; sorts. */
static double ties_of(struct point *points, size_t n, int (*compare)(const void *, const void *))
{
    double sum = 0;

    qsort(points, n, sizeof *points, compare);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && compare(&points[i], &points[next]) == 0; next++)
            ;
        double t = (double)(next - i);
        sum += t * (t - 1) * (2 * t + 5);
    }
    return sum;
}

/* The variance of S corrected for ties in y alone: x is time, where ties are rare and the S of such pairs is 0. */
static double p_of(struct point *points, size_t n, double s)
{
    double size = (double)n, all = size * (size - 1) * (2 * size + 5);
    double ties = ties_of(points, n, y_compare) + ties_of(points, n, point_compare);

    if (ties == 0 && n <= EXACT_MAX)
        return p_exact(n, s);
    double variance = (all - ties) / 18;
    return variance > 0 && fabs(s) > 1 ? stat_normal_p((fabs(s) - 1) / sqrt(variance)) : 1;
}

/* Even stretches of a long series, each at the medians of its x and y. */
static size_t thin(struct point *points, size_t n, double *scratch)
{
    if (n <= STAT_SLOPE_MAX)
        return n;
    for (size_t k = 0; k < STAT_SLOPE_MAX; k++) {
        size_t from = k * n / STAT_SLOPE_MAX, to = (k + 1) * n / STAT_SLOPE_MAX;
        struct point p;

        for (size_t i = from; i < to; i++)
            scratch[i - from] = points[i].x;
        p.x = number_median(scratch, number_sort(scratch, to - from));
        for (size_t i = from; i < to; i++)
            scratch[i - from] = points[i].y;
        p.y = number_median(scratch, number_sort(scratch, to - from));
        points[k] = p;
    }
    return STAT_SLOPE_MAX;
}

static bool slope_measure(struct point *points, size_t n, struct stat_slope *result)
{
    size_t len = 0;
    double *slopes = malloc((n * (n - 1) / 2 + 1) * sizeof *slopes);

    if (!slopes)
        return false;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            double dx = points[j].x - points[i].x, dy = points[j].y - points[i].y;

            if (dx > 0) {
                slopes[len++] = dy / dx;
                result->s += (dy > 0) - (dy < 0);
            }
        }
    }
    result->slope = number_median(slopes, number_sort(slopes, len));
    free(slopes);
    result->p = p_of(points, n, result->s);
    return true;
}

bool stat_slope(const double *x, const double *y, size_t n, struct stat_slope *result)
{
    struct point *points = malloc((n + 1) * sizeof *points);
    double *scratch = malloc((n / STAT_SLOPE_MAX + 2) * sizeof *scratch);
    bool ok = points && scratch;

    *result = (struct stat_slope){0, 1, NAN};
    if (ok && n > 1) {
        for (size_t i = 0; i < n; i++)
            points[i] = (struct point){x[i], y[i]};
        qsort(points, n, sizeof *points, point_compare);
        ok = slope_measure(points, thin(points, n, scratch), result);
    }
    free(points);
    free(scratch);
    return ok;
}
