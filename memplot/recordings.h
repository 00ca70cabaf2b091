/* SPDX-License-Identifier: Apache-2.0
 * Which samples are one recording.
 *
 * It shows in their clocks, wherever their lines stand: ts - elapsed_s is when their recording began, the same for all
 * of its samples but for a trifle.  Sessions at their very beginnings tell apart what began almost at once.  Where the
 * machine's clock was set, elapsed_s goes on. */
#ifndef MEMPLOT_RECORDINGS_H
#define MEMPLOT_RECORDINGS_H

#include "timeline.h"

/* Adds a sample, and the runs of a part. */
bool recordings_add(struct timeline *t, const struct sample_clock *clock);
bool recordings_join(struct timeline *t, const struct timeline *part);

/* When all are there and the gap is known: makes recordings of the runs, in order of time, finds the breaks between
 * them, and counts those that overlap.  O(n log n) of the runs, of which lines in order have one a recording. */
bool recordings_finish(struct timeline *t);

/* All: false if out of memory. */

#endif
