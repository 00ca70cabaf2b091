/* SPDX-License-Identifier: Apache-2.0
 * What a schema lets through at a glance: values that pass by their type alone, and numbers within bounds.  Most values
 * of most lines are such.  All others have to be looked at; a glance never refuses. */
#ifndef VALIDATE_GLANCE_H
#define VALIDATE_GLANCE_H

#include "jsonl.h"

/* Numbers by their doubles, both ends included; low > high: none. */
struct range {
    double low, high;
};

struct glance {
    unsigned types;         /* of which every value passes: bits by enum jsonl_type */
    struct range number[2]; /* [1]: of those with JSONL_INTEGER */
};

static inline bool glance_passes(const struct glance *g, const struct jsonl_value *v)
{
    if (g->types >> v->type & 1)
        return true;
    const struct range *r = &g->number[(v->flags & JSONL_INTEGER) != 0];
    return v->type == JSONL_NUMBER && v->u.num >= r->low && v->u.num <= r->high;
}

/* Lets all numbers through, which the following narrow. */
void glance_init(struct glance *g);

/* Numbers have to be at least, or at most, that value of a schema; or beyond it. */
void glance_least(struct glance *g, const struct jsonl_value *limit, bool beyond);
void glance_most(struct glance *g, const struct jsonl_value *limit, bool beyond);

/* Numbers with a fraction or an exponent, or all of them, have to be looked at. */
void glance_no_fractions(struct glance *g);
void glance_no_numbers(struct glance *g);

#endif
