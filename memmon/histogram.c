/* SPDX-License-Identifier: Apache-2.0 */
#include "histogram.h"

#include <math.h>
#include <stddef.h>

enum { BITS = 5 }; /* 2^BITS = HISTOGRAM_STEPS */

/* Numbers below 32 have a slot each; from there on the five bits below the highest choose it. */
static size_t histogram_slot(uint64_t ns)
{
    unsigned shift = 0;
    while (ns >> shift >= 2 * HISTOGRAM_STEPS)
        shift++;
    return (size_t)shift * HISTOGRAM_STEPS + (size_t)(ns >> shift);
}

/* The middle of what falls into a slot. */
static double histogram_middle(size_t slot)
{
    if (slot < 2 * HISTOGRAM_STEPS)
        return (double)slot;
    unsigned shift = (unsigned)(slot >> BITS) - 1;
    double low = ldexp((double)(slot - (size_t)shift * HISTOGRAM_STEPS), (int)shift);
    return low + (ldexp(1, (int)shift) - 1) / 2;
}

void histogram_add(struct histogram *h, int64_t ns)
{
    h->slot[histogram_slot(ns < 0 ? 0 : (uint64_t)ns)]++;
    h->count++;
}

double histogram_quantile(const struct histogram *h, double q)
{
    if (!h->count)
        return NAN;
    double rank = ceil(q * (double)h->count);
    uint64_t seen = 0;
    for (size_t i = 0; i < HISTOGRAM_SLOTS; i++) {
        seen += h->slot[i];
        if (seen && (double)seen >= rank)
            return histogram_middle(i);
    }
    return NAN;
}
