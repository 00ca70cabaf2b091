/* SPDX-License-Identifier: Apache-2.0
 * A compiled schema: what the keywords of a schema object become.
 *
 *     schema document --compile--> struct schema --run--> valid, or faults
 *
 * Each keyword is one entry in `keywords` (keywords.h) and has a compile function, which emits instructions.  An
 * instruction knows how to check a value, and how to tell what was wrong with it. */
#ifndef VALIDATE_SCHEMA_H
#define VALIDATE_SCHEMA_H

#include "glance.h"
#include "pattern.h"
#include "store.h"

struct run;
struct schema;
struct instruction;

enum {
    SCHEMA_BIT_INTEGER = 1 << 7, /* beside a bit per enum jsonl_type: whole numbers */
    SCHEMA_ANY = (1 << 7) - 1,   /* every type */
};

/* A kind of instruction. */
struct operation {
    /* true: fine.  A value that is not is reported with run_fail, whose result is returned. */
    bool (*check)(struct run *run, const struct instruction *in, const struct jsonl_value *v);
    /* Writes what was expected and what was found, as a clause whose subject is the value, which was parsed from
     * `text`. */
    void (*tell)(struct jsonl_writer *w, const char *text, const struct instruction *in, const struct jsonl_value *v,
                 size_t detail);
    bool kind;    /* it is about what kind of value this is: an alternative that fails here was hardly meant */
    bool after;   /* only meaningful once everything else has passed */
    bool glanced; /* numbers that the schema's glance lets through pass */
};

struct schema_list {
    struct schema **at;
    size_t n;
};

struct instruction {
    const struct operation *op;
    const struct schema *owner;
    const struct jsonl_value *key; /* of the keyword, in the document; its value follows.  The schema `false`: itself */
    union {
        uint64_t count;
        const struct schema *schema;
        struct schema_list schemas;
        struct pattern *pattern;
        const void *data;
    } u;
};

/* One schema object, or true, or false. */
struct schema {
    struct glance glance;
    const struct resource *resource;
    const struct jsonl_value *value; /* in the document */
    unsigned types;                  /* that may pass: bits by enum jsonl_type, and SCHEMA_BIT_INTEGER */
    const struct instruction *type;  /* that says so; NULL: nothing does, all may */
    struct schema *older;            /* that was found before it */
    struct loop_edge *edges;         /* schemas that it applies to the same value, whatever that is; see loop.c */
    unsigned char visit;             /* loop.c's */
    bool collects;                   /* has unevaluatedItems or unevaluatedProperties */
    struct {
        const struct instruction **at;
        size_t n;
    } by_type[JSONL_OBJECT + 1]; /* what looks at a value of that type, in the order of execution */
};

/* A pattern of a program, which frees it. */
struct owned_pattern {
    struct owned_pattern *next;
    struct pattern *pattern;
};

/* A schema with everything that it refers to. */
struct program {
    struct jsonl_arena arena;
    struct schema *root;
    const struct lexicon *lexicon;  /* the store's */
    bool dynamic;                   /* some reference depends on how it was reached */
    struct table dynamics;          /* what such references lead to, by resource and anchor; see keyword_reference.c */
    struct owned_pattern *patterns; /* to be freed with it */
};

void program_free(struct program *p);

/* The pointer of an instruction in its document, for messages: FILE#/pointer. */
void instruction_locate(struct jsonl_writer *w, const struct instruction *in);

#endif
