/* SPDX-License-Identifier: Apache-2.0
 * One line judged: line -> value -> schema -> valid, or what is wrong with it -> (with -u) the record as one of the
 * current version. */
#ifndef VALIDATE_VERDICT_H
#define VALIDATE_VERDICT_H

#include "choose.h"
#include "fault.h"
#include "upgrade.h"

/* Why a line is invalid, if no schema says so: it is not JSON, or there is no schema for it. */
struct reason {
    const char *text;            /* string; NULL: the faults say it */
    size_t column;               /* in characters, from 1; 0: that of `v` */
    const struct jsonl_value *v; /* that it is about; NULL: the line */
};

struct verdict {
    bool valid;
    bool undecided; /* for want of memory, so it does not count as valid */
    struct reason reason;
    const struct faults *faults;
    struct jsonl_writer *scratch;   /* empty; to be left so */
    const struct jsonl_value *root; /* NULL: not JSON */
    bool held;                      /* what it is invalid as is the current version, not its own */
    struct jsonl_text upgraded;     /* what is to be written in place of the raw line; s == NULL: that itself */
    struct upgrade_notes notes;     /* on that */
};

/* Each thread has its own; they share the chooser. */
struct judge {
    const struct chooser *chooser;
    struct pattern_room *room;
    struct jsonl_parser *parser;
    struct jsonl_writer *reason;
    struct faults faults;
    struct jsonl_writer *scratch;         /* for those who write the verdict */
    bool upgrades;                        /* old reports */
    struct jsonl_parser *upgraded_parser; /* proves them */
    struct jsonl_writer *upgraded;
};

/* The chooser is open already, and lives on.  false: out of memory; free it all the same. */
bool judge_init(struct judge *j, const struct chooser *chooser, bool upgrades);
void judge_free(struct judge *j);

/* Judges a line that is not blank.  The verdict points into the judge and the line, until the next call. */
void judge_line(struct judge *j, const struct jsonl_line *line, struct verdict *verdict);

#endif
