/* SPDX-License-Identifier: Apache-2.0
 * Samples, and how far they lie apart. */
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Samples */

struct place {
    const struct timeline *t;
    size_t sample;
};

static int samples_compare(const struct timeline *t, size_t a, size_t b)
{
    int order = order_numbers(t->ts[a], t->ts[b]);
    for (size_t s = 0; s < series_len && !order; s++)
        if (t->column[s])
            order = order_numbers(t->column[s][a], t->column[s][b]);
    return order;
}

static int place_compare(const void *va, const void *vb)
{
    const struct place *a = va, *b = vb;
    return samples_compare(a->t, a->sample, b->sample);
}

static void column_permute(double *column, size_t from, const struct place *p, size_t n, double *scratch)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = column[p[i].sample];
    memcpy(column + from, scratch, n * sizeof *column);
}

/* Samples [from, to). */
static bool samples_sort(struct timeline *t, size_t from, size_t to)
{
    size_t n = to - from;
    struct place *p = malloc(n * sizeof *p);
    double *scratch = malloc(n * sizeof *scratch);
    bool ok = p && scratch;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            p[i] = (struct place){t, from + i};
        qsort(p, n, sizeof *p, place_compare);
        column_permute(t->ts, from, p, n, scratch);
        for (size_t s = 0; s < series_len; s++)
            if (t->column[s])
                column_permute(t->column[s], from, p, n, scratch);
    }
    free(p);
    free(scratch);
    return ok;
}

/* Those of one time, of samples in order of time. */
static bool ties_sort(struct timeline *t)
{
    bool ok = true;
    for (size_t a = 0, b; ok && a < t->samples; a = b) {
        bool sorted = true;
        for (b = a + 1; b < t->samples && t->ts[b] == t->ts[a]; b++)
            sorted = sorted && samples_compare(t, b - 1, b) <= 0;
        ok = sorted || samples_sort(t, a, b);
    }
    return ok;
}

bool order_samples(struct timeline *t)
{
    if (!(t->sorted ? ties_sort(t) : samples_sort(t, 0, t->samples)))
        return false;
    t->sorted = true;
    size_t kept = 0;
    for (size_t i = 0; i < t->samples; i++) {
        if (kept && samples_compare(t, kept - 1, i) == 0)
            continue;
        if (kept != i) {
            t->ts[kept] = t->ts[i];
            for (size_t s = 0; s < series_len; s++)
                if (t->column[s])
                    t->column[s][kept] = t->column[s][i];
        }
        kept++;
    }
    t->duplicates = t->samples - kept;
    t->samples = kept;
    return true;
}

/* ---- The step */

/* The k-th smallest of v[0..n-1], k from 0; reorders v.  Hoare's selection, pivot the median of three. */
static double select_kth(double *v, size_t n, size_t k)
{
    size_t lo = 0, hi = n - 1;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        double a = v[lo], b = v[mid], c = v[hi];
        double pivot = fmax(fmin(a, b), fmin(fmax(a, b), c));
        size_t i = lo, j = hi;
        for (;; i++, j--) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i >= j)
                break;
            double swap = v[i];
            v[i] = v[j];
            v[j] = swap;
            if (j == 0)
                break;
        }
        if (k <= j)
            hi = j;
        else
            lo = j + 1;
    }
    return v[k];
}

bool order_step(struct timeline *t)
{
    t->step = t->gap = NAN;
    if (t->samples < 2)
        return true;
    double *diff = malloc((t->samples - 1) * sizeof *diff);
    if (!diff)
        return false;
    size_t n = 0;
    for (size_t i = 1; i < t->samples; i++)
        if (t->ts[i] > t->ts[i - 1])
            diff[n++] = t->ts[i] - t->ts[i - 1];
    if (n) {
        t->step = select_kth(diff, n, (n - 1) / 2);
        t->gap = TIMELINE_GAP_STEPS * t->step;
    }
    free(diff);
    return true;
}
