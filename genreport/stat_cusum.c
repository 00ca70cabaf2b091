/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

/* Permutations: many where a series is short, at least PERMUTATIONS_MIN.  Once ENOUGH of them are as large as what was
 * seen, p is known well enough (Besag and Clifford 1991). */
enum { PERMUTATIONS_MAX = 99999, PERMUTATIONS_MIN = 9999, STEPS = 4000000, ENOUGH = 50 };

struct ranked {
    double value;
    size_t place;
};

static int ranked_compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    return (x->value > y->value) - (x->value < y->value);
}

static void ranks_of(const double *values, size_t n, struct ranked *sorted, double *ranks)
{
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct ranked){values[i], i};
    qsort(sorted, n, sizeof *sorted, ranked_compare);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && ranked_compare(&sorted[i], &sorted[next]) == 0; next++)
            ;
        for (size_t k = i; k < next; k++)
            ranks[sorted[k].place] = (double)(i + next + 1) / 2;
    }
}

/* scale[t]: 1 / the standard deviation of the sum of the first t ranks. */
static double largest_split(const double *ranks, size_t n, size_t after, const double *scale, size_t *at)
{
    double sum = 0, best = -1, mean = (double)(n + 1) / 2;

    for (size_t t = 1; t + after <= n; t++) {
        sum += ranks[t - 1];
        double size = fabs(sum - (double)t * mean) * scale[t];

        if (t >= STAT_CUSUM_SIDE && size > best) {
            best = size;
            *at = t;
        }
    }
    return best;
}

/* Steele, Lea and Flood's splitmix64. */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void shuffle(double *values, size_t n, uint64_t *state)
{
    for (size_t i = n - 1; i > 0; i--) {
        size_t k = (size_t)(((random_next(state) >> 32) * (uint64_t)(i + 1)) >> 32);
        double value = values[i];

        values[i] = values[k];
        values[k] = value;
    }
}

/* The share of permutations whose largest split is no smaller than `size`. */
static double p_permuted(double *ranks, size_t n, size_t after, const double *scale, double size)
{
    size_t most = STEPS / n, larger = 0, ignored;
    uint64_t state = n;

    most = most > PERMUTATIONS_MAX ? PERMUTATIONS_MAX : most;
    most = most < PERMUTATIONS_MIN ? PERMUTATIONS_MIN : most;
    for (size_t i = 1; i <= most; i++) {
        shuffle(ranks, n, &state);
        larger += largest_split(ranks, n, after, scale, &ignored) >= size * (1 - 1e-12);
        if (larger == ENOUGH)
            return (double)larger / (double)i;
    }
    return (double)(larger + 1) / (double)(most + 1);
}

bool stat_cusum(const double *values, size_t n, size_t after, struct stat_split *split)
{
    struct ranked *sorted = malloc((n + 1) * sizeof *sorted);
    double *ranks = calloc(n + 1, sizeof *ranks), *scale = calloc(n + 1, sizeof *scale);
    bool ok = sorted && ranks && scale;

    *split = (struct stat_split){0, 0, 1};
    if (ok && n >= STAT_CUSUM_SIDE + after) {
        double size = (double)n;

        for (size_t t = 1; t < n; t++)
            scale[t] = 1 / sqrt((double)t * (size - (double)t) * (size + 1) / 12);
        ranks_of(values, n, sorted, ranks);
        split->size = largest_split(ranks, n, after, scale, &split->at);
        if (split->size > 0)
            split->p = p_permuted(ranks, n, after, scale, split->size);
    }
    free(sorted);
    free(ranks);
    free(scale);
    return ok;
}
