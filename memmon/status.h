/* SPDX-License-Identifier: Apache-2.0
 * What a person sees on stderr: a line about a sample, and a few about the whole recording. */
#ifndef MEMMON_STATUS_H
#define MEMMON_STATUS_H

#include "jsonl.h"
#include "summary.h"

/* One line without its end: time, RAM, pressure, CPU, GPU and the command's processes, as far as known. */
void status_sample(const struct jsonl_sample *sample, struct jsonl_writer *w);

/* Lines "memmon: …" about the recording. */
void status_summary(const struct summary *s, const struct summary_end *end, struct jsonl_writer *w);

/* What the live line shows. */
struct live_view {
    const struct jsonl_sample *sample; /* the latest */
    double elapsed_s;
    const char *event;                 /* string: the last one, as it came; or "" */
    const struct jsonl_config *config; /* ram_bands, by which the RAM has its colour */
    bool colour;
};

/* The live line, of so many columns: what matters most comes first, and what does not fit is left out. */
void status_live(const struct live_view *view, unsigned columns, struct jsonl_writer *w);

#endif
