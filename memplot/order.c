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

/* ---- Tests and events */

/* Puts *array, of n elements whose places are p, in their order, in memory of n elements.  Frees p, which may be NULL.
 */
static bool elements_sort(void **array, size_t n, size_t *size, size_t element, struct place *p)
{
    size_t sorted = 1;
    while (p && sorted < n && place_compare(&p[sorted - 1], &p[sorted]) <= 0)
        sorted++;
    if (p && sorted >= n) {
        free(p);
        return true;
    }
    char *out = p ? malloc(n * element) : NULL;
    if (out) {
        qsort(p, n, sizeof *p, place_compare);
        for (size_t i = 0; i < n; i++)
            memcpy(out + i * element, (char *)*array + p[i].i * element, element);
        free(*array);
        *array = out;
        *size = n;
    }
    free(p);
    return out != NULL;
}

static int number_compare(double a, double b)
{
    if (isnan(a) || isnan(b))
        return !isnan(a) - !isnan(b);
    return (a > b) - (a < b);
}

/* By all that is known of them; start and end are equal. */
static int test_compare(const struct timeline_test *a, const struct timeline_test *b)
{
    const int32_t said_a[] = {a->id, a->model, a->modality, a->skip_reason, a->version, (int32_t)a->outcome};
    const int32_t said_b[] = {b->id, b->model, b->modality, b->skip_reason, b->version, (int32_t)b->outcome};
    for (size_t i = 0; i < sizeof said_a / sizeof said_a[0]; i++)
        if (said_a[i] != said_b[i])
            return said_a[i] < said_b[i] ? -1 : 1;
    int order = number_compare(a->tokens_per_sec, b->tokens_per_sec);
    return order ? order : number_compare(a->ttft_s, b->ttft_s);
}

struct twin {
    const struct timeline_test *test;
    bool again; /* one before it says the same */
};

/* Of equal ones the first to come is the first. */
static int twin_compare(const void *va, const void *vb)
{
    const struct twin *a = va, *b = vb;
    int order = test_compare(a->test, b->test);
    return order ? order : (a->test > b->test) - (a->test < b->test);
}

static int twin_compare_place(const void *va, const void *vb)
{
    const struct twin *a = va, *b = vb;
    return (a->test > b->test) - (a->test < b->test);
}

/* Of n tests of one time finds those that came before. */
static void twins_find(struct twin *twin, const struct timeline_test *test, size_t n)
{
    for (size_t i = 0; i < n; i++)
        twin[i] = (struct twin){&test[i], false};
    if (n < 2)
        return;
    qsort(twin, n, sizeof *twin, twin_compare);
    for (size_t i = 1; i < n; i++)
        twin[i].again = test_compare(twin[i - 1].test, twin[i].test) == 0;
    qsort(twin, n, sizeof *twin, twin_compare_place);
}

/* Drops tests that are there twice, of tests in order. */
static bool tests_unite(struct timeline *t)
{
    struct twin *twin = malloc((t->tests + 1) * sizeof *twin);
    if (!twin)
        return false;
    for (size_t a = 0, b; a < t->tests; a = b) {
        for (b = a + 1; b < t->tests && t->test[b].start == t->test[a].start && t->test[b].end == t->test[a].end;)
            b++;
        twins_find(&twin[a], &t->test[a], b - a);
    }
    size_t kept = 0;
    for (size_t i = 0; i < t->tests; i++)
        if (!twin[i].again)
            t->test[kept++] = t->test[i];
    free(twin);
    t->duplicate_tests = t->tests - kept;
    t->tests = kept;
    return true;
}

bool order_tests(struct timeline *t)
{
    struct place *p = malloc((t->tests + 1) * sizeof *p);
    for (size_t i = 0; p && i < t->tests; i++)
        p[i] = (struct place){t->test[i].start, t->test[i].end, i};
    return elements_sort((void **)&t->test, t->tests, &t->tests_size, sizeof *t->test, p) && tests_unite(t);
}

bool order_events(struct timeline *t)
{
    struct place *p = malloc((t->events + 1) * sizeof *p);
    for (size_t i = 0; p && i < t->events; i++)
        p[i] = (struct place){t->event[i].ts, 0, i};
    return elements_sort((void **)&t->event, t->events, &t->events_size, sizeof *t->event, p);
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
