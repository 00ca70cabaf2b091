/* SPDX-License-Identifier: Apache-2.0
 * System health: how the machine was during the run, and which tests that makes doubtful. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

static bool test_low_ram(const struct finish *f, const struct run_test *t)
{
    if (isnan(t->ram_free_gb))
        return t->quality & JSONL_DEGRADED_MEMORY;
    return t->ram_free_gb < f->config->quality_ram_free_min_gb;
}

static bool test_zombies(const struct finish *f, const struct run_test *t)
{
    if (isnan(t->zombies))
        return t->quality & JSONL_DEGRADED_ZOMBIES;
    return t->zombies > f->config->quality_zombies_max;
}

static void health_quality(struct finish *f, struct report_health *h)
{
    for (size_t i = 0; i < f->run->tests_len; i++) {
        const struct run_test *t = f->tests[i];

        if (!t->has_health)
            continue;
        h->tests++;
        h->flagged_swap += (t->quality & JSONL_DEGRADED_SWAP) != 0;
        if (isnan(t->ram_free_gb) && isnan(t->zombies) && t->quality == 0)
            continue;
        bool ram = test_low_ram(f, t), zombies = test_zombies(f, t);
        h->judged++;
        h->clean += !ram && !zombies;
        h->degraded_ram += ram;
        h->degraded_zombies += zombies;
    }
}

struct moment {
    double ts, swap_mb;
};

static int moment_compare(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    int order = number_order(x->ts, y->ts);

    return order ? order : number_order(x->swap_mb, y->swap_mb);
}

/* Swap as the tests saw it, in the order of time; `values` has place for all of them. */
static bool health_climb(struct finish *f, struct report_health *h, double *values)
{
    size_t n = f->run->tests_len;
    struct moment *moments = malloc((n + 1) * sizeof *moments);

    if (!moments)
        return false;
    for (size_t i = 0; i < n; i++)
        moments[i] = (struct moment){f->tests[i]->end, f->tests[i]->swap_mb};
    if (n > 1)
        qsort(moments, n, sizeof *moments, moment_compare);
    for (size_t i = 0; i < n; i++)
        values[i] = isnan(moments[i].ts) ? NAN : moments[i].swap_mb;
    free(moments);
    h->swap_climb_mb = number_climb(values, n, &h->swap_from_mb, &h->swap_to_mb);
    return true;
}

bool finish_health(struct finish *f)
{
    struct report_health *h = &f->report->health;
    struct span all = {0, f->windows.len};
    size_t n = f->run->tests_len;
    double *values = malloc((n + 1) * sizeof *values);

    if (!values)
        return false;
    health_quality(f, h);
    for (size_t i = 0; i < n; i++)
        values[i] = f->tests[i]->swap_mb;
    h->swap_mb = number_range_of(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = f->tests[i]->ram_free_gb;
    h->ram_free_gb = number_range_of(values, n);
    for (size_t i = 0; i < n; i++)
        values[i] = f->tests[i]->zombies;
    h->zombies = number_range_of(values, n);

    h->sample_swap_mb = windows_range(&f->windows, all, RUN_swap_used_mb);
    h->sample_ram_free_gb = windows_range(&f->windows, all, RUN_ram_free_gb);
    h->sample_zombies = windows_range(&f->windows, all, RUN_zombies);

    /* Samples see more than the tests' ends do. */
    bool ok = true;
    h->swap_climb_mb = h->swap_from_mb = h->swap_to_mb = NAN;
    if (!f->report->mixed)
        h->swap_climb_mb = windows_climb(&f->windows, RUN_swap_used_mb, &h->swap_from_mb, &h->swap_to_mb);
    if (!f->report->mixed && isnan(h->swap_climb_mb))
        ok = health_climb(f, h, values);
    h->swap_grew = h->swap_climb_mb > f->config->quality_swap_growth_mb;
    free(values);
    return ok;
}
