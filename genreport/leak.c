/* SPDX-License-Identifier: Apache-2.0
 *
 * RAM that is not given back.  Samples within tests say more of the tests than of the machine, and each is much like
 * the one before; so what is looked at is the highest free RAM of each break between tests, over time. */
#include "finish.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

static const double LEAK_ALPHA = 0.01;

/* The breaks' peaks in x (seconds) and y (GB).  A break begins when no test runs any more. */
static size_t breaks_collect(const struct finish *f, double *x, double *y)
{
    double ended = NAN;
    size_t n = 0;

    for (size_t i = 0; i < f->by_start_len; i++) {
        const struct run_test *t = f->by_start[i];

        if (t->start >= ended) {
            struct span span = windows_span(&f->windows, ended, t->start);
            double peak = windows_range(&f->windows, span, RUN_ram_free_gb).max;

            if (!isnan(peak)) {
                x[n] = (ended + t->start) / 2;
                y[n++] = peak;
            }
        }
        ended = number_max(ended, t->end);
    }
    return n;
}

bool finish_leak(struct finish *f)
{
    struct report_leak *leak = &f->report->leak;
    double *x = malloc((f->by_start_len + 1) * sizeof *x), *y = malloc((f->by_start_len + 1) * sizeof *y);
    struct stat_slope slope;
    bool ok = x && y;

    *leak = (struct report_leak){.gb_per_hour = NAN, .p = NAN, .lost_gb = NAN, .over_s = NAN};
    if (ok && !f->report->mixed)
        leak->breaks = breaks_collect(f, x, y);
    if (ok && leak->breaks >= LEAK_BREAKS_MIN) {
        size_t n = leak->breaks;

        leak->over_s = x[n - 1] - x[0];
        for (size_t i = n; i-- > 0;)
            x[i] -= x[0];
        ok = stat_slope(x, y, n, &slope);
        if (ok) {
            leak->gb_per_hour = slope.slope * 3600;
            leak->p = slope.p;
            leak->lost_gb = -slope.slope * leak->over_s;
            leak->found = slope.p < LEAK_ALPHA && leak->lost_gb > LEAK_GB_MIN;
        }
    }
    free(x);
    free(y);
    return ok;
}
