/* SPDX-License-Identifier: Apache-2.0
 * When models were in RAM, from what the server said, and which model a server test used. */
#ifndef MEMPLOT_REGIONS_H
#define MEMPLOT_REGIONS_H

#include "timeline.h"

/* Needs events in order, and start and end.  A model that was loaded is in RAM
 * - from the start of its loading, where that was said, else from the load; from the timeline's start if the
 *   first word on it is its unload;
 * - until its unload, or, where the log has none, until the next load of any model ("Switched to" says that
 *   the one before went), or the end of the timeline.
 * A load start that no load follows is a region that never got ready: ready == end.  false: out of memory. */
bool regions_find(struct timeline *t);

/* Gives a test whose record has no model, but which was served by one, that model: the log names a model
 * while the test ran (the one named last; of a switch, the model switched to), or the test's id says
 * "server" and a model was in RAM in the middle of its time.  false: out of memory. */
bool regions_infer(struct timeline *t);

#endif
