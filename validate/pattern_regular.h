/* SPDX-License-Identifier: Apache-2.0
 * Simple regular expressions as sets of positions, by the construction of Glushkov: each character of the expression
 * that a text can match is a position, and all that counts is which may follow which.
 *
 * Simple are: ASCII characters, classes of them, \d and \w; groups, alternatives, all quantifiers; ^ at the very start,
 * $ at the very end.  What else there is (. \s \b, classes of what is not in them, look-around, references) and what is
 * too large is left to PCRE2. */
#ifndef VALIDATE_PATTERN_REGULAR_H
#define VALIDATE_PATTERN_REGULAR_H

#include "jsonl.h"

enum { POSITIONS_MAX = 256, POSITION_WORDS = POSITIONS_MAX / 64 };

struct positions {
    uint64_t bits[POSITION_WORDS];
};

/* Position 0 stands for the beginning of the text, and matches nothing. */
struct regular {
    size_t n;                               /* positions */
    uint64_t matches[POSITIONS_MAX][4];     /* bytes that a position matches: bits */
    struct positions follow[POSITIONS_MAX]; /* that may come next */
    struct positions last;                  /* with which the expression may end */
    bool to_the_end;                        /* the text has to end there, too */
};

/* false: it is not simple.  The expression is one that has been found to be well made. */
bool regular_parse(struct regular *r, struct jsonl_text regex);

static inline void positions_add(struct positions *p, size_t i)
{
    p->bits[i / 64] |= UINT64_C(1) << i % 64;
}
static inline bool positions_have(const struct positions *p, size_t i)
{
    return p->bits[i / 64] >> i % 64 & 1;
}
static inline void positions_join(struct positions *p, const struct positions *other)
{
    for (int i = 0; i < POSITION_WORDS; i++)
        p->bits[i] |= other->bits[i];
}
static inline bool positions_equal(const struct positions *p, const struct positions *other)
{
    uint64_t differ = 0;
    for (int i = 0; i < POSITION_WORDS; i++)
        differ |= p->bits[i] ^ other->bits[i];
    return differ == 0;
}

#endif
