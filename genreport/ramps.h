/* SPDX-License-Identifier: Apache-2.0
 * Ramps: stretches of the recording in which the memory in use climbs, or falls, without a rest. */
#ifndef GENREPORT_RAMPS_H
#define GENREPORT_RAMPS_H

#include "windows.h"

struct ramp {
    double from, to;      /* epoch seconds */
    double gb;            /* + memory was taken, - it was given back */
    double before, after; /* in use, GB above the lowest of the recording */
};

/* A way of going through them. */
struct ramps {
    const struct windows *windows;
    enum run_metric metric; /* memory in use, or free */
    double base;            /* lowest in use, GB */
    size_t at;              /* the next sample to look at */
};

/* Looks at GPU memory if any sample tells it (*gpu), else at free RAM. */
void ramps_init(struct ramps *r, const struct windows *w, bool *gpu);

/* The next ramp of at least RAMP_GB_MIN that took no longer than RAMP_S_MAX; false: no more. */
bool ramps_next(struct ramps *r, struct ramp *ramp);

#define RAMP_GB_MIN 0.3
enum { RAMP_S_MAX = 120 };

#endif
