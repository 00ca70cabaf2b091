/* SPDX-License-Identifier: Apache-2.0
 * For the keywords' compile functions. */
#ifndef VALIDATE_COMPILER_H
#define VALIDATE_COMPILER_H

#include "schema.h"

/* An instruction on its way into a schema. */
struct emitted {
    struct emitted *next;
    unsigned types; /* that it is for: bits by enum jsonl_type */
    struct instruction in;
};

struct compiler {
    struct store *store;
    struct program *program;
    struct complaint *complaint;
    bool formats;
    struct schema **queue; /* still to be compiled */
    size_t queue_n, queue_size;
    struct schema **known; /* by the address of their values; open addressing */
    size_t known_n, known_size;
    struct schema *newest;                  /* of them */
    struct emitted *emitted, **emitted_end; /* of the schema in hand */
    struct dynamic_name *dynamics;          /* that references depending on the way ask for */
};

/* A new instruction of the schema for values of these types (bits by enum jsonl_type); types 0: it is called by
 * others only.  NULL with a complaint. */
struct instruction *compile_emit(struct compiler *c, struct schema *s, const struct jsonl_value *key, unsigned types,
                                 const struct operation *op);

/* The compiled form of a schema in the same document, which may be filled in later.  NULL with a complaint: it is
 * neither object nor boolean. */
struct schema *compile_schema(struct compiler *c, struct schema *s, const struct jsonl_value *value);

/* The same for an array of schemas, of at least one. */
bool compile_list(struct compiler *c, struct schema *s, const struct jsonl_value *array, struct schema_list *list);

/* The same for a value of any document, by the innermost resource that it belongs to. */
struct schema *compile_value(struct compiler *c, const struct resource *r, const struct jsonl_value *value);

/* Finds what dynamic references can reach in the resources that have come since; it may queue schemas. */
bool dynamics_complete(struct compiler *c);

/* Memory of the program; NULL with a complaint. */
void *compile_take(struct compiler *c, size_t n);

/* A pattern, which the program frees.  NULL with a complaint. */
struct pattern *compile_pattern(struct compiler *c, struct schema *s, const struct jsonl_value *regex);

/* A string value with a NUL behind it; one that holds a NUL is no trouble but ends there. */
const char *compile_string(struct compiler *c, const struct jsonl_value *v);

/* Complains at a value of the schema; false always. */
bool compile_error(struct compiler *c, const struct schema *s, const struct jsonl_value *v, const char *format, ...)
    JSONL_PRINTF(4, 5);

/* The same where memory lacks.  NULL always, and so false. */
void *compile_no_memory(struct compiler *c);

/* Checks of a keyword's value, with a complaint.  A count beyond 2^53, which nothing ever has, may come out rounded. */
bool compile_whole(struct compiler *c, struct schema *s, const struct jsonl_value *key, uint64_t *n);
bool compile_expect(struct compiler *c, struct schema *s, const struct jsonl_value *key, enum jsonl_type type);

/* The text that numbers of the schema are compared by. */
static inline const char *schema_text(const struct schema *s)
{
    return s->resource->text;
}

#endif
