/* SPDX-License-Identifier: Apache-2.0
 * How much of a text fits into a message; not installed. */
#ifndef CLIP_H
#define CLIP_H

#include "jsonl.h"

/* At most `max` bytes of t, no character cut in two; an int, for printf's "%.*s". */
static inline int clip(struct jsonl_text t, int max)
{
    int n = t.n > (size_t)max ? max : (int)t.n;
    if ((size_t)n < t.n)
        while (n > 0 && ((unsigned char)t.s[n] & 0xc0) == 0x80)
            n--;
    return n;
}

#endif
