/* SPDX-License-Identifier: Apache-2.0
 * From records to the timeline: the one place of memplot that sees JSON. */
#ifndef MEMPLOT_FOLD_H
#define MEMPLOT_FOLD_H

#include "timeline.h"

/* Adds all records of the files, as for jsonl_input_fold, to the timeline; log lines by the rules of the configuration.
 * false: out of memory. */
bool fold_files(struct timeline *t, const struct jsonl_config *config, const char *const *files, size_t n,
                size_t threads, struct jsonl_input_stats *stats);

#endif
