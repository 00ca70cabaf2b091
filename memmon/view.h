/* SPDX-License-Identifier: Apache-2.0
 * What a person at the terminal sees while memmon runs: the latest sample, four times a second. */
#ifndef MEMMON_VIEW_H
#define MEMMON_VIEW_H

#include "jsonl.h"
#include "live.h"
#include "sampler.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-filled, it shows nothing. */
struct view {
    struct live live;
    const struct jsonl_config *config;
    bool colour;
    int64_t start_ns; /* monotonic: when it was opened */
    int64_t drawn_ns; /* likewise: the last time */
};

/* To stderr, by this writer, if that is a terminal that can show it. */
void view_open(struct view *v, struct jsonl_writer *screen, const struct jsonl_config *config);
bool view_is_open(const struct view *v);

/* Milliseconds until it is to be drawn again; -1: never. */
int view_patience_ms(const struct view *v);

/* Draws, if it is time to.  event: string, the last one or "". */
void view_draw(struct view *v, struct sampler *sampler, const char *event);

/* Gives the terminal back: until it is drawn again, for ever. */
void view_leave(struct view *v);
void view_close(struct view *v);

#endif
