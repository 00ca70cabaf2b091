/* SPDX-License-Identifier: Apache-2.0
 * Running a compiled schema over a parsed line.
 *
 * One set of check functions serves both ways of running: without `faults` it stops at the first fault, with it
 * everything that is wrong is collected.  A valid line is only ever run the first way. */
#ifndef VALIDATE_RUN_H
#define VALIDATE_RUN_H

#include "fault.h"

/* Which members or elements of the instance some schema has looked at: asked by unevaluated*. */
struct evaluated {
    uint64_t *bits;
    size_t n;
    uint64_t inside[4]; /* what `bits` points to, for small instances */
};

/* The resources entered on the way to the schema in hand, innermost first: for dynamic references. */
struct scope {
    const struct scope *outer;
    const struct resource *resource;
};

enum { RUN_DEPTH_MAX = 8 * JSONL_DEPTH_MAX }; /* schemas within one another; beyond, one refers to itself */

struct run {
    const struct program *program;
    struct pattern_room *room;      /* the thread's, or NULL */
    const char *text;               /* the line that the values were parsed from */
    const struct jsonl_value *root; /* of the line */
    bool taught;                    /* its keys have the numbers of the program's lexicon */
    struct faults *faults;          /* NULL: not asked for */
    struct evaluated *evaluated;    /* of the instance in hand; NULL: nobody asks */
    const struct scope *scope;      /* kept if the program is dynamic */
    const struct hop *hops;         /* kept if faults are asked for */
    unsigned depth;
    uint64_t steps; /* schemas that may still be run: one whose references multiply comes to an end */
    struct {
        const struct instruction *in; /* that could not decide; NULL: all did */
        const struct jsonl_value *v;
        const char *why; /* string */
    } trouble;
    bool no_memory; /* that is the trouble, or was one on the way */
};

/* Whether the line is valid.  With faults (emptied first; NULL: only whether) it says why not.  Programs may be shared
 * by threads, with a room for each (NULL: patterns take longer). */
bool run_program(const struct program *p, struct pattern_room *room, const char *text, const struct jsonl_value *root,
                 struct faults *faults);

/* For the keywords: a schema on the same instance, and on a member or element of it; at a glance if that will do. */
bool run_schema_closely(struct run *run, const struct schema *s, const struct jsonl_value *v);
bool run_child_closely(struct run *run, const struct schema *s, const struct jsonl_value *v);
static inline bool run_schema(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    return glance_passes(&s->glance, v) || run_schema_closely(run, s, v);
}
static inline bool run_child(struct run *run, const struct schema *s, const struct jsonl_value *v)
{
    return glance_passes(&s->glance, v) || run_child_closely(run, s, v);
}

/* Whether it passes, without faults; what it evaluated counts only if it does. */
bool run_quietly(struct run *run, const struct schema *s, const struct jsonl_value *v);

/* Through a reference. */
bool run_reference(struct run *run, const struct instruction *in, const struct schema *target,
                   const struct jsonl_value *v);

/* Reports that value (or key) v fails; `detail` is for the operation's tell.  Always false. */
bool run_fail(struct run *run, const struct instruction *in, const struct jsonl_value *v, size_t detail);

/* The check cannot be decided: the line is invalid for that, whatever else holds.  Always false. */
bool run_trouble(struct run *run, const struct instruction *in, const struct jsonl_value *v, const char *why);

/* The same for want of memory, which the faults note: nothing is known of the line then. */
bool run_no_memory(struct run *run, const struct jsonl_value *v);

/* The number of a member's name: LEXICON_NONE, or one that no schema has, if nobody asks for it. */
static inline uint32_t run_name(const struct run *run, const struct jsonl_value *key)
{
    return run->taught ? key->name : lexicon_find(run->program->lexicon, jsonl_text(key));
}

/* Marks, and asks for, the i-th member or element. */
static inline void run_mark(struct run *run, size_t i)
{
    if (run->evaluated && i < run->evaluated->n)
        run->evaluated->bits[i / 64] |= UINT64_C(1) << i % 64;
}
static inline bool run_marked(const struct run *run, size_t i)
{
    return i < run->evaluated->n && run->evaluated->bits[i / 64] >> i % 64 & 1;
}
void run_mark_all(struct run *run);

#endif
