/* SPDX-License-Identifier: Apache-2.0
 * Texts, each kept once: a text becomes an index, counted from 0 in the order of first coming. */
#ifndef MEMPLOT_NAMES_H
#define MEMPLOT_NAMES_H

#include "jsonl.h"

struct names {
    struct jsonl_text *text; /* owned; each with a NUL behind it */
    size_t len, size;
    uint32_t *slot; /* hash table: index + 1, 0 free */
    size_t slots;   /* a power of two, at least twice len */
};

enum { NAME_NONE = -1 };

/* Index of the text, added if it is new; NAME_NONE for an absent text.  -2: out of memory. */
int32_t names_add(struct names *names, struct jsonl_text text);
void names_free(struct names *names);

#endif
