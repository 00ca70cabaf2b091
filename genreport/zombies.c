/* SPDX-License-Identifier: Apache-2.0
 * Zombie processes: how many, and in which test their number first rose. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

struct count {
    double ts, zombies;
    const struct run_test *test; /* that tells it; NULL: a sample */
};

static int count_compare(const void *a, const void *b)
{
    const struct count *x = a, *y = b;
    int order = number_order(x->ts, y->ts);

    return order ? order : number_order(x->zombies, y->zombies);
}

static void zombies_take(struct finish *f, const struct count *before, const struct count *c)
{
    struct report_zombies *z = &f->report->zombies;
    const struct run_test *test = c->test ? c->test : finish_test_at(f, c->ts);

    if (f->report->mixed || !isnan(z->at_s) || !(c->zombies > (before ? before->zombies : 0)))
        return;
    z->at_s = c->ts;
    z->from = before ? before->zombies : 0;
    z->to = c->zombies;
    if (test)
        z->id = finish_name(f, test->id);
}

/* Samples see them all the time; where there are none, tests tell at their end. */
bool finish_zombies(struct finish *f)
{
    struct report_zombies *z = &f->report->zombies;
    const struct windows *w = &f->windows;
    struct count before = {0}, *list;
    bool any = false;
    size_t n = 0;

    *z = (struct report_zombies){.max = NAN, .at_s = NAN, .from = NAN, .to = NAN};
    for (size_t i = 0; i < w->len; i++) {
        int32_t zombies = w->samples[i].metric[RUN_zombies];
        struct count c = {.ts = w->samples[i].ts, .zombies = zombies};

        if (zombies == RUN_ABSENT)
            continue;
        /* Those that were there when the recording began are no test's. */
        if (any)
            zombies_take(f, &before, &c);
        z->max = number_max(z->max, zombies);
        before = c;
        any = true;
    }
    if (any)
        return true;
    list = malloc((f->run->tests_len + 1) * sizeof *list);
    if (!list)
        return false;
    for (size_t i = 0; i < f->run->tests_len; i++)
        if (!isnan(f->tests[i]->zombies))
            list[n++] = (struct count){f->tests[i]->end, f->tests[i]->zombies, f->tests[i]};
    if (n > 1)
        qsort(list, n, sizeof *list, count_compare);
    for (size_t i = 0; i < n; i++) {
        zombies_take(f, i > 0 ? &list[i - 1] : NULL, &list[i]);
        z->max = number_max(z->max, list[i].zombies);
    }
    free(list);
    return true;
}
