/* SPDX-License-Identifier: Apache-2.0
 * Axes with round numbers, and the words at their ticks.  Static pictures show times in UTC: they have no reader
 * whose zone they could ask for, and the same input gives the same bytes. */
#ifndef MEMPLOT_AXIS_H
#define MEMPLOT_AXIS_H

#include "jsonl.h"

/* The least round step (1, 2 or 5 times a power of ten) of which at most `steps` cover `span` > 0. */
double axis_step(double span, double steps);

/* The same for seconds: 1, 2, 5, 10, 15, 20, 30 of s, min; 1, 2, 3, 6, 12 h; then days as above.  No less than a
 * microsecond, which is as far as words go. */
double axis_time_step(double span, double steps);

/* The first multiple of step that is >= from. */
double axis_first(double from, double step);

enum { AXIS_LABEL_SIZE = JSONL_TIME_SIZE };

/* What stands at a tick: "01:49", "01:49:22", "11-23" at midnight and for steps of days.  Returns buf, a string. */
const char *axis_time_label(char buf[AXIS_LABEL_SIZE], double ts, double step);

/* "2026-11-23 01:49:22" */
const char *axis_time_full(char buf[AXIS_LABEL_SIZE], double ts);

/* A span for people: "8.2 ms", "0.25 s", "12.5 s", "3 min 40 s", "2 h 5 min", "3 d 4 h".  Returns buf, a string. */
const char *axis_span(char buf[AXIS_LABEL_SIZE], double seconds);

#endif
