/* SPDX-License-Identifier: Apache-2.0
 * The samples of a timeline: times, and a column for each series that any of them has. */
#ifndef MEMPLOT_SAMPLES_H
#define MEMPLOT_SAMPLES_H

#include "timeline.h"

/* Adds a sample, and those of a part whose samples follow.  Both: false if out of memory. */
bool samples_add(struct timeline *t, const struct jsonl_sample *s);
bool samples_join(struct timeline *t, const struct timeline *part);

#endif
