/* SPDX-License-Identifier: Apache-2.0
 * A number is compared by its double, the one nearest to its text.  Of two numbers the greater never has the lesser
 * double, so unequal doubles decide; equal ones only between whole numbers below 2^53, which their doubles are. */
#include "glance.h"

#include <math.h>

static const struct range all = {-INFINITY, INFINITY}, none = {INFINITY, -INFINITY};

void glance_init(struct glance *g)
{
    *g = (struct glance){.number = {all, all}};
}

void glance_no_fractions(struct glance *g)
{
    g->number[0] = none;
}

void glance_no_numbers(struct glance *g)
{
    g->number[0] = g->number[1] = none;
}

/* Whether a whole number with the limit's double is the limit. */
static bool is_exact(const struct jsonl_value *limit)
{
    return limit->flags & JSONL_INTEGER && fabs(limit->u.num) < 9007199254740992.0;
}

void glance_least(struct glance *g, const struct jsonl_value *limit, bool beyond)
{
    double x = limit->u.num, above = nextafter(x, INFINITY);
    if (isinf(x) && x > 0) { /* beyond all doubles, and so is what has the same */
        glance_no_numbers(g);
        return;
    }
    g->number[0].low = fmax(g->number[0].low, above);
    g->number[1].low = fmax(g->number[1].low, is_exact(limit) && !beyond ? x : above);
}

void glance_most(struct glance *g, const struct jsonl_value *limit, bool beyond)
{
    double x = limit->u.num, below = nextafter(x, -INFINITY);
    if (isinf(x) && x < 0) {
        glance_no_numbers(g);
        return;
    }
    g->number[0].high = fmin(g->number[0].high, below);
    g->number[1].high = fmin(g->number[1].high, is_exact(limit) && !beyond ? x : below);
}
