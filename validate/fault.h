/* SPDX-License-Identifier: Apache-2.0
 * What is wrong with a line: a list of faults, some of which hold others (the alternatives of an anyOf). */
#ifndef FAULT_H
#define FAULT_H

#include "jsonl.h"
#include "schema.h"

struct run;

enum { FAULTS_MAX = 250 }; /* kept of one line; the others are counted */

struct fault {
    const struct jsonl_value *v;  /* value or key; its pointer is where the fault is */
    const struct instruction *in; /* the keyword, or the schema `false`; NULL: trouble without one */
    const struct schema *schema;  /* that it stands in; NULL: not known */
    const char *path;             /* string: keywords and references passed on the way, a pointer; empty for trouble */
    const char *message;          /* string, UTF-8 */
    size_t span;                  /* faults in this subtree, this one included: those inside follow it */
    size_t branch;                /* of a fault in an alternative: which, from 1; 0: none */
    bool kind;                    /* it fails for being the wrong kind of value */
};

struct faults {
    struct jsonl_arena arena; /* their texts */
    struct jsonl_writer *writer;
    struct fault *at; /* in pre-order */
    size_t n, size;
    size_t dropped; /* beyond FAULTS_MAX, or without memory */
    size_t branch;  /* given to those that are added */
    size_t order[FAULTS_MAX + 1];
};

bool faults_init(struct faults *f); /* false: out of memory */
void faults_free(struct faults *f);
void faults_clear(struct faults *f);

void faults_add(struct faults *f, const struct run *run, const struct instruction *in, const struct jsonl_value *v,
                size_t detail);
void faults_add_trouble(struct faults *f, const struct run *run);

/* All faults behind `parent` belong to it: its span grows. */
void faults_nest(struct faults *f, size_t parent);

/* Which alternative of the fault at `parent` comes closest: that with a fault that does not concern the kind of
 * value, then that with the fewest.  0: there is none. */
size_t faults_closest(const struct faults *f, size_t parent);

/* The top-level faults' indexes in the order of the line; *n of them.  They stay until the next call. */
const size_t *faults_in_order(struct faults *f, size_t *n);

#endif
