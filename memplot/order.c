/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct place {
    double ts, end;
    size_t i; /* where it was */
};

static int place_compare(const void *va, const void *vb)
{
    const struct place *a = va, *b = vb;
    if (a->ts != b->ts)
        return a->ts < b->ts ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->i < b->i ? -1 : a->i > b->i;
}

/* ---- Samples */

static void column_permute(double *column, const struct place *p, size_t n, double *scratch)
{
    for (size_t i = 0; i < n; i++)
        scratch[i] = column[p[i].i];
    memcpy(column, scratch, n * sizeof *column);
}

static bool samples_sort(struct timeline *t)
{
    struct place *p = malloc(t->samples * sizeof *p);
    double *scratch = malloc(t->samples * sizeof *scratch);
    bool ok = p && scratch;
    if (ok) {
        for (size_t i = 0; i < t->samples; i++)
            p[i] = (struct place){t->ts[i], 0, i};
        qsort(p, t->samples, sizeof *p, place_compare);
        column_permute(t->ts, p, t->samples, scratch);
        for (size_t s = 0; s < series_len; s++)
            if (t->column[s])
                column_permute(t->column[s], p, t->samples, scratch);
    }
    free(p);
    free(scratch);
    return ok;
}

static bool samples_equal(const struct timeline *t, size_t a, size_t b)
{
    if (t->ts[a] != t->ts[b])
        return false;
    for (size_t s = 0; s < series_len; s++) {
        const double *v = t->column[s];
        if (v && v[a] != v[b] && !(isnan(v[a]) && isnan(v[b])))
            return false;
    }
    return true;
}

bool order_samples(struct timeline *t)
{
    if (!t->sorted && !samples_sort(t))
        return false;
    t->sorted = true;
    size_t kept = 0;
    for (size_t i = 0; i < t->samples; i++) {
        if (kept && samples_equal(t, kept - 1, i))
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

/* ---- Tests and events: structs that start with their times */

static int test_compare(const struct timeline_test *a, const struct timeline_test *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

bool order_tests(struct timeline *t)
{
    size_t n = t->tests, sorted = 1;
    while (sorted < n && test_compare(&t->test[sorted - 1], &t->test[sorted]) <= 0)
        sorted++;
    if (sorted >= n)
        return true;
    struct place *p = malloc(n * sizeof *p);
    struct timeline_test *out = malloc(n * sizeof *out);
    if (!p || !out) {
        free(p);
        free(out);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        p[i] = (struct place){t->test[i].start, t->test[i].end, i};
    qsort(p, n, sizeof *p, place_compare);
    for (size_t i = 0; i < n; i++)
        out[i] = t->test[p[i].i];
    free(p);
    free(t->test);
    t->test = out;
    t->tests_size = n;
    return true;
}

bool order_events(struct timeline *t)
{
    size_t n = t->events, sorted = 1;
    while (sorted < n && t->event[sorted - 1].ts <= t->event[sorted].ts)
        sorted++;
    if (sorted >= n)
        return true;
    struct place *p = malloc(n * sizeof *p);
    struct timeline_event *out = malloc(n * sizeof *out);
    if (!p || !out) {
        free(p);
        free(out);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        p[i] = (struct place){t->event[i].ts, 0, i};
    qsort(p, n, sizeof *p, place_compare);
    for (size_t i = 0; i < n; i++)
        out[i] = t->event[p[i].i];
    free(p);
    free(t->event);
    t->event = out;
    t->events_size = n;
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
