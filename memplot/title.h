/* SPDX-License-Identifier: Apache-2.0
 * The words above a picture. */
#ifndef MEMPLOT_TITLE_H
#define MEMPLOT_TITLE_H

#include "format.h"

/* What -t says, else "Timeline of 2.0.4 and 2.0.5, 2026-11-23": the versions that tests say, in the order of their
 * first tests, and the day, or the first and the last, in UTC. */
void title_write(struct jsonl_writer *title, const struct timeline *t, const struct format_options *options);

/* "h200-a · 16 cores · NVIDIA H200 · 3 min 40 s · 1096 samples · 50 passed, 2 failed, 4 skipped"; `dot` parts them. */
void title_facts(struct jsonl_writer *facts, const struct timeline *t, const char *dot);

#endif
