/* SPDX-License-Identifier: Apache-2.0
 * What a person sees on stderr: a line about a sample, and a few about the whole recording. */
#ifndef MEMMON_STATUS_H
#define MEMMON_STATUS_H

#include "summary.h"

#include <jsonl.h>

/* One line without its end: time, RAM, pressure, CPU, GPU and the command's processes, as far as known. */
void status_sample(const struct jsonl_sample *sample, struct jsonl_writer *w);

/* Lines "memmon: …" about the recording. */
void status_summary(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w);

/* The live line on a terminal: `columns` of a sample's line, in place of the one before. */
void status_live(const struct jsonl_sample *sample, unsigned columns, struct jsonl_writer *w);

/* Takes the live line away. */
void status_erase(struct jsonl_writer *w);

#endif
