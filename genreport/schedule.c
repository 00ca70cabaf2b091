/* SPDX-License-Identifier: Apache-2.0
 * Scheduling: how often the suite went from one model to another, and what an order by model would save.
 *
 * In that order each model is loaded once.  Each later return to it costs its usual load time: the median of what its
 * tests tell, or else of the loads that the memory shows. */
#include "finish.h"
#include "parallel.h"

#include <math.h>
#include <stdlib.h>

/* Each model's usual load time, by number. */
static double *load_times(struct finish *f)
{
    double *times = malloc(f->run->names.len * sizeof *times);
    double *values = malloc((f->run->tests_len + 1) * sizeof *values);
    size_t *ends = calloc(f->run->names.len + 1, sizeof *ends);

    for (size_t i = 0; times && i < f->run->names.len; i++)
        times[i] = NAN;
    if (times && values && ends) {
        /* Put each model's values together, by counting. */
        for (size_t i = 0; i < f->by_start_len; i++)
            ends[f->by_start[i]->model + 1]++;
        for (size_t i = 0; i < f->run->names.len; i++)
            ends[i + 1] += ends[i];
        for (size_t i = 0; i < f->by_start_len; i++)
            values[ends[f->by_start[i]->model]++] = f->by_start[i]->load_s;
        for (size_t i = 1; i < f->run->names.len; i++)
            times[i] = number_spread_of(values + ends[i - 1], ends[i] - ends[i - 1]).median;
    }
    free(values);
    bool ok = times && ends;
    free(ends);
    if (!ok) {
        free(times);
        return NULL;
    }
    for (uint32_t i = 1; i < f->run->names.len; i++)
        if (isnan(times[i]))
            times[i] = f->loads_s[i];
    return times;
}

/* When the test that ends last was over, and the one that did so of the other models. */
struct latest {
    double end, other_end;
    uint32_t model;
};

/* Whether a test of another model still ran when this one began; takes note of its end. */
static bool latest_overlaps(struct latest *l, const struct run_test *t)
{
    double other = t->model == l->model ? l->other_end : l->end;
    bool overlaps = fmin(other, t->end) - t->start > parallel_slack(t->end);

    if (t->model == l->model) {
        l->end = fmax(l->end, t->end);
    } else if (t->end > l->end) {
        *l = (struct latest){t->end, l->end, t->model};
    } else {
        l->other_end = fmax(l->other_end, t->end);
    }
    return overlaps;
}

bool finish_schedule(struct finish *f)
{
    struct report_schedule *s = &f->report->schedule;
    bool *seen = calloc(f->run->names.len, sizeof *seen);
    double *times = load_times(f), *saved = malloc((f->by_start_len + 1) * sizeof *saved);
    struct latest latest = {-INFINITY, -INFINITY, 0};
    uint32_t last = 0;
    bool ok = seen && times && saved;

    for (size_t i = 0; ok && !f->report->mixed && i < f->by_start_len; i++) {
        uint32_t model = f->by_start[i]->model;

        if (!model)
            continue;
        if (latest_overlaps(&latest, f->by_start[i])) {
            s->overlapping++;
            continue;
        }
        s->tests++;
        if (model == last)
            continue;
        s->switches += last != 0;
        if (seen[model]) {
            if (!isnan(times[model]))
                saved[s->priced++] = times[model];
            else
                s->unpriced++;
        } else {
            seen[model] = true;
            s->fewest += last != 0;
        }
        last = model;
    }
    if (ok)
        s->saved_s = s->priced ? number_sum(saved, number_sort(saved, s->priced)) : NAN;
    free(seen);
    free(times);
    free(saved);
    return ok;
}
