/* SPDX-License-Identifier: Apache-2.0
 * Threads that share the work: each takes a delivery, judges it, and hands it in.  Whoever hands in the one whose turn
 * it is writes it, and those behind it that are ready, so the output is the same for any number of threads. */
#ifndef VALIDATE_CREW_H
#define VALIDATE_CREW_H

#include "filter.h"

/* Filters the files with at most so many threads, the calling one included; more than that one are started only once
 * there is enough input.  What came of it is noted in the filter.  false: out of memory, before anything was read. */
bool crew_run(struct filter *f, const struct chooser *chooser, char **files, size_t n, size_t threads);

#endif
