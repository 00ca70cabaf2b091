/* SPDX-License-Identifier: Apache-2.0
 * The table of keywords: in which drafts each means something, where schemas stand in its value, who compiles it. */
#ifndef VALIDATE_KEYWORDS_H
#define VALIDATE_KEYWORDS_H

#include "draft.h"

struct compiler;
struct schema;

/* Where in its value a keyword holds schemas. */
enum keyword_shape {
    SHAPE_NONE,
    SHAPE_SCHEMA,
    SHAPE_LIST,           /* array of schemas */
    SHAPE_SCHEMA_OR_LIST, /* `items` */
    SHAPE_MAP,            /* object of schemas */
    SHAPE_MAP_OR_NAMES,   /* `dependencies`: members may be arrays of names instead */
};

/* Sets of drafts. */
enum {
    SINCE_4 = (1 << DRAFTS) - (1 << DRAFT_4),
    SINCE_6 = (1 << DRAFTS) - (1 << DRAFT_6),
    SINCE_7 = (1 << DRAFTS) - (1 << DRAFT_7),
    SINCE_2019 = (1 << DRAFTS) - (1 << DRAFT_2019_09),
    SINCE_2020 = (1 << DRAFTS) - (1 << DRAFT_2020_12),
    UNTIL_2019 = (1 << DRAFT_2020_12) - 1,
    ONLY_2019 = 1 << DRAFT_2019_09,
};

struct keyword {
    const char *name;         /* string */
    unsigned drafts;          /* bit per enum draft */
    unsigned vocabulary;      /* it belongs to: bit of enum vocabulary */
    enum keyword_shape shape; /* for finding what is in it */
    /* Emits instructions for the keyword at `key`; false with a complaint. */
    bool (*compile)(struct compiler *c, struct schema *s, const struct jsonl_value *key);
};

/* In the order of execution: cheap ones first, unevaluated* last.  The last has name NULL. */
extern const struct keyword keywords[];

/* Whether it means something in a dialect. */
bool keyword_counts(const struct keyword *k, const struct dialect *dialect);

/* The keyword of that name in a dialect, NULL if it is none. */
const struct keyword *keyword_find(const struct dialect *dialect, const struct jsonl_value *key);

/* The value of the keyword of that name (string) in a schema; NULL: it is not there, or none in its dialect. */
const struct jsonl_value *keyword_sibling(const struct schema *s, const char *name);

#endif
