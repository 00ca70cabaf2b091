/* SPDX-License-Identifier: Apache-2.0
 * Optimal string alignment distance, by rows. */
#include "nearest.h"

#include <string.h>

enum { NAME_MAX_LEN = 48 }; /* longer ones are no slip of the pen */

static char folded(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c == '-' ? '_' : c);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Edits that make `b` of `a`; both at most NAME_MAX_LEN long. */
static unsigned edits(struct jsonl_text a, struct jsonl_text b)
{
    unsigned rows[3][NAME_MAX_LEN + 1] = {{0}}, *before = rows[0], *above = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            char c = folded(a.s[i - 1]), d = folded(b.s[j - 1]);
            row[j] = least(above[j - 1] + (c != d), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && c == folded(b.s[j - 2]) && folded(a.s[i - 2]) == d)
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[b.n];
}

const char *nearest_name(struct jsonl_text text, const char *const *names, size_t n)
{
    const char *nearest = NULL;
    unsigned best = 0;
    if (text.n > NAME_MAX_LEN)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        struct jsonl_text name = {names[i], strlen(names[i])};
        if (name.n > NAME_MAX_LEN)
            continue;
        unsigned distance = edits(text, name);
        if (3 * distance <= name.n && (!nearest || distance < best)) {
            nearest = names[i];
            best = distance;
        }
    }
    return nearest;
}
