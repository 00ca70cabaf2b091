/* SPDX-License-Identifier: Apache-2.0
 * Reads all files into a run, and keeps count of what each of them held. */
#ifndef GENREPORT_INPUT_H
#define GENREPORT_INPUT_H

#include "report.h"
#include "run.h"

/* `files` as for jsonl_input_fold, with n > 0, and so is `threads`; sources[n] is filled, one a file, and their names
 * live as long as `files`.  config: for the log's rules, which must be good ones; NULL: the log gives no events.  What
 * is wrong with the input is said on stderr and counted in *stats.  false: out of memory. */
bool input_read(const char *const *files, size_t n, size_t threads, struct run *run, const struct jsonl_config *config,
                struct report_source *sources, struct jsonl_input_stats *stats);

#endif
