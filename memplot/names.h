/* SPDX-License-Identifier: Apache-2.0
 * Texts, each kept once: a text becomes an index, counted from 0 in the order of first coming, until they are numbered
 * anew. */
#ifndef MEMPLOT_NAMES_H
#define MEMPLOT_NAMES_H

#include "jsonl.h"

/* One of zeros is empty, and ready. */
struct names {
    struct jsonl_intern texts; /* the text of index i has number i + 1 */
    int32_t *first;            /* once numbered anew: the index that it had at first; else NULL */
    size_t len;                /* likewise: how many there are */
};

enum { NAME_NONE = -1 };

/* Index of the text, added if it is new; NAME_NONE for an absent text.  -2: out of memory. */
int32_t names_add(struct names *names, struct jsonl_text text);

size_t names_len(const struct names *names);

/* The text of an index, with a NUL behind it; absent for NAME_NONE. */
struct jsonl_text names_text(const struct names *names, int32_t index);

/* Gives index i the number number[i]: `len` numbers from 0 on, none twice; names with NAME_NONE are no more.  Nothing
 * can be added any more.  false: out of memory. */
bool names_renumber(struct names *names, const int32_t *number, size_t len);

void names_free(struct names *names);

#endif
