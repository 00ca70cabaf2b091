/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEXT_HASH_H
#define TEXT_HASH_H

#include "jsonl.h"

/* FNV-1a (Fowler, Noll, Vo), with its bits mixed once more so that the low ones can choose the slot. */
static inline uint64_t text_hash(struct jsonl_text t)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < t.n; i++)
        h = (h ^ (unsigned char)t.s[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

#endif
