/* SPDX-License-Identifier: Apache-2.0
 * Old reports as reports of the current version, by a few edits of their text: what is not touched keeps its bytes.
 *
 * Filled in is only what the record says already, in other words (schemas/MIGRATIONS.md has the reasons):
 *
 *     schema_version    the current one
 *     test_end_ts       timestamp, which is the end of the test, as epoch seconds
 *     test_start_ts     test_end_ts - duration, to the microsecond
 *     peak_ram_gb       performance.ram_peak_mb / 1000, exactly, where there is no peak_ram_gb
 *
 * Nothing is taken away, so an upgrade loses nothing; what it could not fill in is in the notes. */
#ifndef VALIDATE_UPGRADE_H
#define VALIDATE_UPGRADE_H

#include "jsonl.h"

enum { UPGRADE_NOTES = 4 };

/* What could not be filled in, or only by an assumption. */
struct upgrade_note {
    const struct jsonl_value *v; /* that it is about */
    const char *text;            /* string, a clause whose subject is the value */
};

struct upgrade_notes {
    struct upgrade_note at[UPGRADE_NOTES];
    size_t n;
};

/* Writes the record as one of `version` (string).  `root` is an object that was parsed from `text`; what it is held to
 * is the caller's business, before and after: members of a wrong type are left as they are. */
void upgrade_write(struct jsonl_writer *w, struct jsonl_text text, const struct jsonl_value *root, const char *version,
                   struct upgrade_notes *notes);

#endif
