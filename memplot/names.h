/* SPDX-License-Identifier: Apache-2.0
 * Texts, each kept once: a text becomes an index, counted from 0 in the order of first coming. */
#ifndef MEMPLOT_NAMES_H
#define MEMPLOT_NAMES_H

#include "jsonl.h"

/* One of zeros is empty, and ready. */
struct names {
    struct jsonl_intern texts; /* the text of index i has number i + 1 */
};

enum { NAME_NONE = -1 };

/* Index of the text, added if it is new; NAME_NONE for an absent text.  -2: out of memory. */
int32_t names_add(struct names *names, struct jsonl_text text);

size_t names_len(const struct names *names);

/* The text of an index, with a NUL behind it; absent for NAME_NONE. */
struct jsonl_text names_text(const struct names *names, int32_t index);

void names_free(struct names *names);

#endif
