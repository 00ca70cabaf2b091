/* SPDX-License-Identifier: Apache-2.0
 * Which samples are one recording. */
#ifndef MEMPLOT_RECORDINGS_H
#define MEMPLOT_RECORDINGS_H

#include "timeline.h"

/* Adds a sample, in the order of its line, to the recording of the one before, or to a new one. */
bool recordings_add(struct timeline *t, const struct sample_clock *clock);

/* Adds those of a part whose samples follow. */
bool recordings_join(struct timeline *t, const struct timeline *part);

/* When all are there: puts them in order of time, finds the breaks between them, and counts those that overlap. */
bool recordings_finish(struct timeline *t);

/* All: false if out of memory. */

#endif
