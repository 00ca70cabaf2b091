/* SPDX-License-Identifier: Apache-2.0
 * "Did you mean …?"; not installed. */
#ifndef JSONL_NEAREST_H
#define JSONL_NEAREST_H

#include "jsonl.h"

/* The one of n names that `text` is most likely a slip of the pen for, or NULL if none is near: see edits_slip. */
const char *nearest_name(struct jsonl_text text, const char *const *names, size_t n);

#endif
