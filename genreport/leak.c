/* SPDX-License-Identifier: Apache-2.0
 * RAM that is not given back.  Samples within tests say more of the tests than of the machine, and each is much like
 * the one before; so what is looked at is the highest free RAM of each break between tests, over time.
 *
 * A model may stay loaded in the breaks.  Then the level goes by the model, and falls where larger ones come later:
 * that is no leak.  It shows where breaks after tests of the same model do not fall as all of them do, and where the
 * models' sizes make up for most of the differences: what each model leaves behind for good does not go by its size. */
#include "finish.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

static const double LEAK_ALPHA = 0.01;

struct gap {
    double x, y;    /* seconds; GB */
    uint32_t model; /* of the test before it */
};

/* The breaks with their peaks.  A break begins when no test runs any more. */
static size_t breaks_collect(const struct finish *f, struct gap *gaps)
{
    double ended = NAN;
    uint32_t model = 0;
    size_t n = 0;

    for (size_t i = 0; i < f->by_start_len; i++) {
        const struct run_test *t = f->by_start[i];

        if (t->start >= ended) {
            struct span span = windows_span(&f->windows, ended, t->start);
            double peak = windows_range(&f->windows, span, RUN_ram_free_gb).max;

            if (!isnan(peak))
                gaps[n++] = (struct gap){(ended + t->start) / 2, peak, model};
        }
        if (!(t->end < ended))
            model = t->model;
        ended = number_max(ended, t->end);
    }
    return n;
}

static int gap_compare(const void *a, const void *b)
{
    const struct gap *x = a, *y = b;

    if (x->model != y->model)
        return x->model < y->model ? -1 : 1;
    return number_order(x->x, y->x);
}

/* Kendall's S, within models, of what is left when half of the slope is taken away: far above 0 if the fall is that
 * between models.  Of long stretches so many gaps at even distances are enough.  Sorts. */
static bool gaps_fall_between_models(struct gap *gaps, size_t n, double slope)
{
    enum { ENOUGH = 200 };
    double s = 0, variance = 0;

    qsort(gaps, n, sizeof *gaps, gap_compare);
    for (size_t from = 0, next; from < n; from = next) {
        for (next = from + 1; next < n && gaps[next].model == gaps[from].model; next++)
            ;
        size_t all = next - from, some = all < ENOUGH ? all : ENOUGH;
        double size = (double)some;

        for (size_t i = 0; i < some; i++) {
            for (size_t k = i + 1; k < some; k++) {
                const struct gap *a = &gaps[from + i * all / some], *b = &gaps[from + k * all / some];

                s += number_order(b->y - a->y, slope / 2 * (b->x - a->x));
            }
        }
        variance += size * (size - 1) * (2 * size + 5) / 18;
    }
    return s > 1 && stat_normal_p((s - 1) / sqrt(variance)) < LEAK_ALPHA;
}

/* The sum of distances from the median; writes over the values. */
static double spread_of(double *values, size_t n)
{
    double median = number_median(values, number_sort(values, n));

    for (size_t i = 0; i < n; i++)
        values[i] = fabs(values[i] - median);
    return number_sum(values, n);
}

/* Whether the level varies much less with the sizes added; `with` and `without` have place for n. */
static bool sizes_explain(const struct finish *f, const struct gap *gaps, size_t n, double *with, double *without)
{
    for (size_t i = 0; i < n; i++) {
        double size = f->sizes[gaps[i].model];

        without[i] = gaps[i].y;
        with[i] = gaps[i].y + (isnan(size) ? 0 : size);
    }
    return spread_of(with, n) < spread_of(without, n) / 2;
}

static bool leak_judge(const struct finish *f, struct gap *gaps, double *x, double *y)
{
    struct report_leak *leak = &f->report->leak;
    size_t n = leak->breaks;
    struct stat_slope slope;

    for (size_t i = 0; i < n; i++) {
        x[i] = gaps[i].x - gaps[0].x;
        y[i] = gaps[i].y;
    }
    if (!stat_slope(x, y, n, &slope))
        return false;
    leak->over_s = x[n - 1];
    leak->gb_per_hour = slope.slope * 3600;
    leak->p = slope.p;
    leak->lost_gb = -slope.slope * leak->over_s;
    leak->found = slope.p < LEAK_ALPHA && leak->lost_gb > LEAK_GB_MIN;
    leak->by_model = leak->found && gaps_fall_between_models(gaps, n, slope.slope) && sizes_explain(f, gaps, n, x, y);
    leak->found &= !leak->by_model;
    return true;
}

bool finish_leak(struct finish *f)
{
    struct report_leak *leak = &f->report->leak;
    size_t room = f->by_start_len + 1;
    struct gap *gaps = malloc(room * sizeof *gaps);
    double *x = malloc(room * sizeof *x), *y = malloc(room * sizeof *y);
    bool ok = gaps && x && y;

    *leak = (struct report_leak){.gb_per_hour = NAN, .p = NAN, .lost_gb = NAN, .over_s = NAN};
    if (ok && !f->report->mixed)
        leak->breaks = breaks_collect(f, gaps);
    if (ok && leak->breaks >= LEAK_BREAKS_MIN)
        ok = leak_judge(f, gaps, x, y);
    free(gaps);
    free(x);
    free(y);
    return ok;
}
