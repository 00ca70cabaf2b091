/* SPDX-License-Identifier: Apache-2.0
 * A compiled schema: what the keywords of a schema object become.
 *
 *     schema document --compile--> struct schema --run--> valid, or faults
 *
 * Each keyword is one entry in `keywords` (keywords.c) and has a compile function, which emits instructions.  An
 * instruction knows how to check a value, and how to tell what was wrong with it. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "glance.h"
#include "pattern.h"
#include "store.h"

struct run;
struct schema;
struct instruction;
struct compiler;

enum {
    SCHEMA_BIT_INTEGER = 1 << 7, /* beside a bit per enum jsonl_type: whole numbers */
    SCHEMA_ANY = (1 << 7) - 1,   /* every type */
};

/* A kind of instruction. */
struct operation {
    /* true: fine.  A value that is not is reported with run_fail, whose result is returned. */
    bool (*check)(struct run *run, const struct instruction *in, const struct jsonl_value *v);
    /* Writes what was expected and what was found, as a clause whose subject is the value.  It is called after the run:
     * of `run` only the program, the text and the root are set. */
    void (*tell)(struct jsonl_writer *w, const struct run *run, const struct instruction *in,
                 const struct jsonl_value *v, size_t detail);
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

/* Where in its value a keyword holds schemas. */
enum keyword_shape {
    SHAPE_NONE,
    SHAPE_SCHEMA,
    SHAPE_LIST,           /* array of schemas */
    SHAPE_SCHEMA_OR_LIST, /* `items` */
    SHAPE_MAP,            /* object of schemas */
    SHAPE_MAP_OR_NAMES,   /* `dependencies`: members may be arrays of names instead */
};

enum {
    SINCE_4 = 0x1f,
    SINCE_6 = 0x1e,
    SINCE_7 = 0x1c,
    SINCE_2019 = 0x18,
    SINCE_2020 = 0x10,
    UNTIL_7 = 0x07,
    UNTIL_2019 = 0x0f,
    ONLY_2019 = 0x08,
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

/* A schema with everything that it refers to. */
struct program {
    struct jsonl_arena arena;
    struct schema *root;
    const struct lexicon *lexicon; /* the store's */
    bool dynamic;                  /* some reference depends on how it was reached */
    struct table dynamics;         /* what such references lead to, by resource and anchor; see keyword_reference.c */
    void *owned;                   /* patterns; see compile.c */
};

/* NULL with the complaint set.  formats: `format` is checked, not just noted.  The store must live on. */
struct program *program_compile(struct store *store, struct resource *root, bool formats, struct complaint *c);
void program_free(struct program *p);

/* The pointer of an instruction in its document, for messages: FILE#/pointer. */
void instruction_locate(struct jsonl_writer *w, const struct instruction *in);

#endif
