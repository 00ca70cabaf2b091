/* SPDX-License-Identifier: Apache-2.0
 * The drafts of JSON Schema, and since 2019-09 the vocabularies that make one up (core, 8.1.2). */
#ifndef VALIDATE_DRAFT_H
#define VALIDATE_DRAFT_H

#include "jsonl.h"

enum draft { DRAFT_4, DRAFT_6, DRAFT_7, DRAFT_2019_09, DRAFT_2020_12, DRAFTS };

/* From `-d`: 4, 6, 7, 2019-09, 2020-12.  false: none of them. */
bool draft_by_name(const char *name, enum draft *draft);

/* From `$schema`. */
bool draft_by_uri(struct jsonl_text uri, enum draft *draft);

/* The URI of its meta-schema, less an empty fragment; a string. */
const char *draft_uri(enum draft draft);

/* The $id of a schema, if it has one that counts: up to draft 7 everything beside a $ref is ignored.  NULL: it has
 * none.
 */
const struct jsonl_value *draft_id(enum draft draft, const struct jsonl_value *schema);

/* Bits.  Keywords of a vocabulary that a schema's meta-schema leaves out mean nothing in it. */
enum vocabulary {
    VOCABULARY_CORE = 1,
    VOCABULARY_APPLICATOR = 2,
    VOCABULARY_UNEVALUATED = 4, /* part of applicator in 2019-09 */
    VOCABULARY_VALIDATION = 8,
    VOCABULARY_NOTES = 16,     /* meta-data and content: annotations only */
    VOCABULARY_FORMAT = 32,    /* format as an annotation */
    VOCABULARY_ASSERTION = 64, /* format as an assertion */
};

/* What the keywords of a schema mean. */
struct dialect {
    enum draft draft;
    unsigned vocabularies;       /* bits; those of VOCABULARY_CORE always count */
    const struct resource *meta; /* the meta-schema that says so; NULL: the draft's own */
};

/* The draft as its own meta-schema has it. */
struct dialect dialect_standard(enum draft draft);

/* The bits of a vocabulary's URI in a draft; `required`: as $vocabulary has it.  0: not known here. */
unsigned vocabulary_find(enum draft draft, struct jsonl_text uri, bool required);

#endif
