/* SPDX-License-Identifier: Apache-2.0
 * How much of a text fits into a message; not installed. */
#ifndef JSONL_CLIP_H
#define JSONL_CLIP_H

#include "jsonl.h"
#include "utf8.h"

/* At most `max` bytes of t, no character cut in two; an int, for printf's "%.*s". */
static inline int clip(struct jsonl_text t, int max)
{
    return t.n > (size_t)max ? (int)utf8_whole(t.s, (size_t)max) : (int)t.n;
}

#endif
