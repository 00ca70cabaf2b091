/* SPDX-License-Identifier: Apache-2.0
 * The names of members that schemas ask for, numbered from 1, each once: so that a member of a line is told by its
 * number, which the parser gives it, and not by its text.
 *
 * One of zeros is empty, and ready.  Names are added while schemas are compiled; once lines are read nothing changes
 * any more, and threads share it. */
#ifndef VALIDATE_LEXICON_H
#define VALIDATE_LEXICON_H

#include "table.h"

enum { LEXICON_NONE = 0 }; /* the number of no name */

struct lexicon {
    struct table numbers; /* by name */
    struct jsonl_text *names;
    size_t n, room;
    struct jsonl_names *table; /* for parsers: of the first `table_n` names, with the same numbers; may be NULL */
    size_t table_n;
};

/* The number of a name, which is added if it is new, and must live on.  LEXICON_NONE: out of memory. */
uint32_t lexicon_add(struct lexicon *v, struct jsonl_text name);

/* The number of a name, by its text; LEXICON_NONE: nobody asks for it. */
uint32_t lexicon_find(const struct lexicon *v, struct jsonl_text name);

/* No more names will come: makes the table for parsers.  Without it (too many names, or no memory) all goes by text. */
void lexicon_close(struct lexicon *v);

/* Has the parser number the keys of lines. */
void lexicon_teach(const struct lexicon *v, struct jsonl_parser *parser);

/* Whether `name` of the keys under this root is their number here, JSONL_NAME_OTHER being none. */
static inline bool lexicon_taught(const struct lexicon *v, const struct jsonl_value *root)
{
    return v->table && v->table_n == v->n && jsonl_names_known(v->table, root);
}

void lexicon_free(struct lexicon *v);

#endif
