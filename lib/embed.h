/* SPDX-License-Identifier: Apache-2.0
 * Files that lib/embed.sh has put into the program. */
#ifndef JSONL_EMBED_H
#define JSONL_EMBED_H

#include <stddef.h>

struct embedded {
    const char *name; /* string, last component; NULL ends the table */
    const char *data; /* with a NUL behind it */
    size_t len;       /* bytes, without that NUL */
};

extern const struct embedded schemas_builtin[]; /* linked into validate */
extern const struct embedded metas_builtin[];   /* linked into validate */
extern const struct embedded page_files[];      /* linked into memplot */

#endif
