/* SPDX-License-Identifier: Apache-2.0
 * Which alternative of an anyOf or oneOf was probably meant, so that its faults are the ones to read. */
#ifndef VALIDATE_CLOSEST_H
#define VALIDATE_CLOSEST_H

#include "fault.h"

enum { CLOSEST_MAX = 3 };

/* Alternatives that come equally close, by their numbers, from 1; n == 0: there is none. */
struct closest {
    size_t at[CLOSEST_MAX], n;
};

/* Of the alternatives of the fault at `parent`.  More than one is named only if each has a single fault: then none
 * explains more than the others. */
struct closest closest_find(const struct faults *f, size_t parent);

/* What the alternative is called: by its title, or the last word of its $ref; s == NULL: it has no name. */
struct jsonl_text closest_name(const struct fault *parent, size_t branch);

#endif
