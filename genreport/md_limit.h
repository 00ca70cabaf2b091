/* SPDX-License-Identifier: Apache-2.0
 * A report that must not be longer than so many bytes: whole sections are left out, in a stated order, and a note says
 * which. */
#ifndef GENREPORT_MD_LIMIT_H
#define GENREPORT_MD_LIMIT_H

#include "report.h"

struct md_section {
    const char *title; /* NULL: what the report begins with; it is never left out */
    void (*write)(struct jsonl_writer *w, const struct report *report);
    unsigned rank; /* the higher, the sooner it is left out; different for each */
};

/* In MD_LIMIT_MIN bytes what the report begins with and the note have always place. */
enum { MD_LIMIT_MIN = 8192, MD_SECTIONS_MAX = 32 };

/* Writes n sections in their order, in at most `limit` >= MD_LIMIT_MIN bytes; limit 0: all of them.  false: out of
 * memory, and nothing is written. */
bool md_limit(struct jsonl_writer *w, const struct report *report, const struct md_section *sections, size_t n,
              size_t limit);

#endif
