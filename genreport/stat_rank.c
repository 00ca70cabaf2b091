/* SPDX-License-Identifier: Apache-2.0
 * U counts the pairs, one value from each side, in which the new one is greater.  Over strata such counts add up, and
 * so do their null distributions, by convolution; and since "the new values less d" changes U exactly where d passes a
 * difference of a pair, the interval of the shift lies between two of the sorted differences. */
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BISECTIONS = 200 };

/* P(sum = 0 … len - 1). */
struct distribution {
    double *p;
    size_t len;
};

/* Twice the midranks of both sides together: whole numbers.  Returns the new side's sum; *ties is the sum of t^3 - t
 * over groups of t equal values. */
static size_t midranks(const struct stat_stratum *s, size_t *ranks, double *ties)
{
    size_t i = 0, j = 0, done = 0, sum = 0;

    while (i < s->old_len || j < s->new_len) {
        double value = i < s->old_len && (j == s->new_len || s->old[i] <= s->new_[j]) ? s->old[i] : s->new_[j];
        size_t o = 0, n = 0;

        while (i < s->old_len && s->old[i] <= value)
            i++, o++;
        while (j < s->new_len && s->new_[j] <= value)
            j++, n++;
        size_t twice = 2 * done + o + n + 1;
        for (size_t k = 0; ranks && k < o + n; k++)
            ranks[done + k] = twice;
        done += o + n;
        sum += n * twice;
        double t = (double)(o + n);
        *ties += t * t * t - t;
    }
    return sum;
}

/* The distribution of the sum of `take` of n ranks, each choice being as probable as any other; ranks that are all even
 * are taken by halves. */
static bool choose(const size_t *ranks, size_t n, size_t take, struct distribution *d)
{
    size_t sums = 1, so_far = 0, odd = 0;
    double all = 0;

    for (size_t i = 0; i < n; i++) {
        sums += ranks[i];
        odd |= ranks[i] % 2;
    }
    size_t unit = odd ? 1 : 2;
    sums = (sums - 1) / unit + 1;
    double *ways = calloc((take + 1) * sums, sizeof *ways); /* [how many][their sum] */
    d->len = (sums - 1) * unit + 1;
    d->p = calloc(d->len, sizeof *d->p);
    if (!ways || !d->p) {
        free(ways);
        return false;
    }
    ways[0] = 1;
    for (size_t i = 0; i < n; i++) {
        size_t rank = ranks[i] / unit;

        so_far += rank;
        for (size_t k = i < take ? i + 1 : take; k > 0; k--)
            for (size_t s = rank; s <= so_far; s++)
                ways[k * sums + s] += ways[(k - 1) * sums + s - rank];
    }
    for (size_t s = 0; s < sums; s++)
        all += ways[take * sums + s];
    for (size_t s = 0; s < sums; s++)
        d->p[s * unit] = ways[take * sums + s] / all;
    free(ways);
    return true;
}

/* Adds a sum that does not depend on the others; frees `more`. */
static bool convolve(struct distribution *d, struct distribution *more)
{
    size_t len = d->len + more->len - 1;
    double *p = calloc(len, sizeof *p);

    for (size_t i = 0; p && i < d->len; i++)
        for (size_t j = 0; d->p[i] > 0 && j < more->len; j++)
            p[i + j] += d->p[i] * more->p[j];
    free(d->p);
    free(more->p);
    *d = (struct distribution){p, len};
    *more = (struct distribution){0};
    return p != NULL;
}

/* Of the sum over strata of twice the new side's ranks; without `ties` as if no two values were equal. */
static bool rank_distribution(const struct stat_stratum *strata, size_t n, bool ties, struct distribution *d)
{
    size_t ranks[STAT_RANK_EXACT];
    double ignored = 0;

    *d = (struct distribution){calloc(1, sizeof *d->p), 1};
    if (!d->p)
        return false;
    d->p[0] = 1;
    for (size_t i = 0; i < n; i++) {
        const struct stat_stratum *s = &strata[i];
        struct distribution one = {0};
        size_t len = s->old_len + s->new_len;

        midranks(s, ranks, &ignored);
        for (size_t k = 0; !ties && k < len; k++)
            ranks[k] = 2 * (k + 1);
        if (!choose(ranks, len, s->new_len, &one) || !convolve(d, &one)) {
            free(one.p);
            return false;
        }
    }
    return true;
}

bool stat_rank_distribution(size_t n, size_t m, double *p)
{
    size_t ranks[STAT_RANK_EXACT], lowest = n * (n + 1) / 2;
    struct distribution d = {0};

    for (size_t k = 0; k < n + m; k++)
        ranks[k] = k + 1;
    if (!choose(ranks, n + m, n, &d)) {
        free(d.p);
        return false;
    }
    memcpy(p, d.p + lowest, (n * m + 1) * sizeof *p);
    free(d.p);
    return true;
}

/* What both ways of judging need. */
struct rank {
    const struct stat_stratum *strata;
    size_t n;
    size_t sum;                    /* twice the new side's ranks */
    size_t lowest;                 /* what that can be at least */
    size_t values;                 /* in all */
    double pairs;                  /* differences */
    double mean, variance, untied; /* of the sum of ranks (not doubled); without ties */
};

static void rank_measure(struct rank *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct stat_stratum *s = &r->strata[i];
        double o = (double)s->old_len, n = (double)s->new_len, ties = 0;

        r->sum += midranks(s, NULL, &ties);
        r->lowest += s->new_len * (s->new_len + 1);
        r->values += s->old_len + s->new_len;
        r->pairs += o * n;
        r->mean += n * (o + n + 1) / 2;
        r->untied += o * n * (o + n + 1) / 12;
        r->variance += o * n * (o + n + 1 - ties / ((o + n) * (o + n - 1))) / 12;
    }
}

static double p_exact(const struct distribution *d, size_t sum)
{
    double below = 0, above = 0;

    for (size_t s = 0; s <= sum; s++)
        below += d->p[s];
    for (size_t s = sum; s < d->len; s++)
        above += d->p[s];
    return fmin(1, 2 * fmin(below, above));
}

static double p_normal(const struct rank *r)
{
    double distance = fabs((double)r->sum / 2 - r->mean) - 0.5;

    return r->variance > 0 && distance > 0 ? stat_normal_p(distance / sqrt(r->variance)) : 1;
}

/* How many differences to leave out at each end, so that 95 % are left at least; 0: even all are less. */
static double ends_exact(const struct distribution *d, size_t lowest)
{
    double below = 0, k = 0;

    for (size_t s = lowest; s < d->len; s += 2, k++) {
        below += d->p[s];
        if (below > 0.025)
            break;
    }
    return k;
}

static double ends_normal(const struct rank *r)
{
    return fmax(0, floor(r->pairs / 2 - STAT_NORMAL_BOUND * sqrt(r->untied)));
}

/* Differences that are not greater than d. */
static double differences_below(const struct rank *r, double d)
{
    double count = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct stat_stratum *s = &r->strata[i];
        size_t from = 0;

        for (size_t k = 0; k < s->new_len; k++) {
            while (from < s->old_len && s->new_[k] - s->old[from] > d)
                from++;
            count += (double)(s->old_len - from);
        }
    }
    return count;
}

/* The k-th smallest difference, k from 1, to the last bits: there may be too many to sort. */
static double difference_at(const struct rank *r, double k)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < r->n; i++) {
        const struct stat_stratum *s = &r->strata[i];

        low = fmin(low, s->new_[0] - s->old[s->old_len - 1]);
        high = fmax(high, s->new_[s->new_len - 1] - s->old[0]);
    }
    if (differences_below(r, low) >= k)
        return low;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = low + (high - low) / 2;

        if (middle <= low || middle >= high)
            break;
        if (differences_below(r, middle) >= k)
            high = middle;
        else
            low = middle;
    }
    return high;
}

bool stat_rank(const struct stat_stratum *strata, size_t n, struct stat_shift *result)
{
    struct rank r = {.strata = strata, .n = n};
    struct distribution tied = {0}, untied = {0};
    double ends;

    rank_measure(&r);
    if (r.values <= STAT_RANK_EXACT) {
        bool ties = r.variance < r.untied;
        bool ok = rank_distribution(strata, n, true, &tied) && (!ties || rank_distribution(strata, n, false, &untied));

        if (ok) {
            result->p = p_exact(&tied, r.sum);
            ends = ends_exact(ties ? &untied : &tied, r.lowest);
        }
        free(tied.p);
        free(untied.p);
        if (!ok)
            return false;
    } else {
        result->p = p_normal(&r);
        ends = ends_normal(&r);
    }
    double middle = difference_at(&r, floor((r.pairs + 1) / 2));
    result->shift = (middle + difference_at(&r, floor(r.pairs / 2) + 1)) / 2;
    result->low = ends > 0 ? difference_at(&r, ends) : -INFINITY;
    result->high = ends > 0 ? difference_at(&r, r.pairs - ends + 1) : INFINITY;
    return true;
}
