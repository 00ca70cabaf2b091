/* SPDX-License-Identifier: Apache-2.0
 * The records of a recording as templates: what is kept, and what is made anew in each copy. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "decimal.h"
#include "jsonl.h"

enum piece_kind {
    PIECE_TEXT,     /* as it was */
    PIECE_LINE,     /* the line's end */
    PIECE_NUMBER,   /* a like one */
    PIECE_PERCENT,  /* a like one, at most 100 */
    PIECE_OPTIONAL, /* the next `skip` pieces, which are now and then left out */
    PIECE_CLOCK,    /* ts, epoch seconds */
    PIECE_ELAPSED,  /* seconds since the start */
    PIECE_STAMP,    /* when the test ended, RFC 3339 */
    PIECE_START,    /* when it started, epoch seconds */
    PIECE_END,      /* when it ended */
    PIECE_DURATION, /* the time between */
    PIECE_OUTCOME,  /* mostly the same */
    PIECE_TEST,     /* node id; a digit at its end is another */
    PIECE_MODEL,    /* id; of another organisation */
    PIECE_FLAG,     /* true or false */
    PIECE_LEVEL,    /* memory pressure */
    PIECE_NOTE,     /* one member more, now and then, of metadata */
    PIECE_MORE,     /* members more, now and then, of the record */
};

struct piece {
    enum piece_kind kind;
    struct jsonl_text text; /* PIECE_TEXT, PIECE_OUTCOME: JSON; PIECE_TEST, PIECE_MODEL: what the string says */
    struct decimal number;
    size_t skip;
};

/* All templates, one after the other; one of zeros is empty. */
struct pieces {
    struct piece *all;
    size_t n, room;
    struct jsonl_arena texts;
    struct piece nowhere; /* takes what came after memory was out */
    bool failed;
};

/* Makes a template of each record of that kind on standard input.  NULL: done, else what went wrong. */
const char *pieces_read(struct pieces *p, enum jsonl_kind kind);
void pieces_free(struct pieces *p);

#endif
