/* SPDX-License-Identifier: Apache-2.0
 * How far two names are apart, for "did you mean …?". */
#ifndef JSONL_EDITS_H
#define JSONL_EDITS_H

#include "ascii.h"
#include "jsonl.h"

enum { EDITS_NAME_MAX = 64 }; /* bytes: what is longer is no slip of the pen */

static inline char edits_fold(char c)
{
    return (char)(c == '-' ? '_' : lower_case(c));
}

/* Edits that make b of a, each of at most EDITS_NAME_MAX bytes: a byte inserted, left out, changed, or swapped with its
 * neighbour (optimal string alignment).  Case and the difference of - and _ do not count. */
static inline unsigned edits_between(struct jsonl_text a, struct jsonl_text b)
{
    unsigned rows[3][EDITS_NAME_MAX + 1] = {{0}}, *before = rows[0], *above = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            char c = edits_fold(a.s[i - 1]), d = edits_fold(b.s[j - 1]);
            unsigned least = above[j - 1] + (c != d);
            least = above[j] + 1 < least ? above[j] + 1 : least;
            least = row[j - 1] + 1 < least ? row[j - 1] + 1 : least;
            if (i > 1 && j > 1 && c == edits_fold(b.s[j - 2]) && edits_fold(a.s[i - 2]) == d &&
                before[j - 2] + 1 < least)
                least = before[j - 2] + 1;
            row[j] = least;
        }
    }
    return row[b.n];
}

/* The same if one may be a slip of the pen for the other: one edit, or two if either is longer than five bytes; else
 * -1. A single character is no name. */
static inline int edits_slip(struct jsonl_text a, struct jsonl_text b)
{
    size_t allowed = a.n > 5 || b.n > 5 ? 2 : 1, longer = a.n > b.n ? a.n : b.n, shorter = a.n > b.n ? b.n : a.n;
    if (longer > EDITS_NAME_MAX || longer - shorter > allowed || a.n < 2)
        return -1;
    unsigned distance = edits_between(a, b);
    return distance <= allowed ? (int)distance : -1;
}

#endif
