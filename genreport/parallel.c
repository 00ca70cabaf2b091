/* SPDX-License-Identifier: Apache-2.0 */
#include "parallel.h"

#include <math.h>
#include <stdlib.h>

struct stretch {
    double start, end, slack; /* seconds; slack: what two of them may share by rounding */
    size_t test;
};

static int stretch_compare(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

double parallel_slack(double end)
{
    return end == floor(end) ? 1 : 0.05;
}

static size_t stretches_collect(const struct run_test *tests, size_t n, struct stretch *list)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = &tests[i];

        if (t->outcome != JSONL_SKIPPED && t->end > t->start)
            list[len++] = (struct stretch){t->start, t->end, parallel_slack(t->end), i};
    }
    return len;
}

/* In the order of their starts a stretch meets an earlier one if it meets the one that ends last, and a later one if it
 * meets the next of some length. */
bool parallel_mark(const struct run_test *tests, size_t n, bool *parallel)
{
    struct stretch *list = malloc((n + 1) * sizeof *list);
    double latest = -INFINITY, next = INFINITY;

    if (!list)
        return false;
    size_t len = stretches_collect(tests, n, list);
    if (len > 1)
        qsort(list, len, sizeof *list, stretch_compare);
    for (size_t i = 0; i < len; i++) {
        const struct stretch *s = &list[i];

        if (fmin(latest, s->end) - s->start > s->slack)
            parallel[s->test] = true;
        latest = fmax(latest, s->end);
    }
    for (size_t i = len; i-- > 0;) {
        const struct stretch *s = &list[i];

        if (s->end - next > s->slack)
            parallel[s->test] = true;
        if (s->end - s->start > s->slack)
            next = s->start;
    }
    free(list);
    return true;
}
