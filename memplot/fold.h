/* SPDX-License-Identifier: Apache-2.0
 * From records to the timeline: the one place of memplot that sees JSON. */
#ifndef MEMPLOT_FOLD_H
#define MEMPLOT_FOLD_H

#include "timeline.h"

struct fold {
    struct timeline *timeline;
    struct jsonl_rules *rules; /* owned by the caller */
    const char *file;          /* of the last sample */
    struct jsonl_error reason; /* why the last record was refused */
};

/* false with f->reason set: the record cannot be used.  Records of no interest are passed over. */
bool fold_record(struct fold *f, const struct jsonl_record *record);

#endif
