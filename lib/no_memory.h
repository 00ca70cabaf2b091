/* SPDX-License-Identifier: Apache-2.0
 * What is said where memory lacks, the same everywhere; not installed. */
#ifndef JSONL_NO_MEMORY_H
#define JSONL_NO_MEMORY_H

#include "jsonl.h"

#define NO_MEMORY "out of memory"

/* Sets the error.  NULL, for those who return a pointer, and so false for those who return a bool. */
static inline void *error_no_memory(struct jsonl_error *err)
{
    jsonl_error_set(err, NO_MEMORY);
    return NULL;
}

#endif
