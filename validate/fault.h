/* SPDX-License-Identifier: Apache-2.0
 * What is wrong with a line: a list of faults, some of which hold others (the alternatives of an anyOf).
 *
 * A fault notes what it is about; words and locations are made when somebody writes them, for most are asked for
 * neither.  The line and its values, and the program, must still be there then. */
#ifndef VALIDATE_FAULT_H
#define VALIDATE_FAULT_H

#include "schema.h"

enum { FAULTS_MAX = 250 }; /* kept of one line; the others are counted */

struct fault {
    const struct jsonl_value *v;  /* value or key; its pointer is where the fault is */
    const struct instruction *in; /* the keyword, or the schema `false`; NULL: trouble without one */
    size_t detail;                /* for the instruction's `tell` */
    const char *trouble;          /* string: why it cannot be decided; NULL: it fails */
    size_t step, steps;           /* references passed on the way: the first in faults.steps, how many */
    size_t span;                  /* faults in this subtree, this one included: those inside follow it */
    size_t branch;                /* of a fault in an alternative: which, from 1; 0: none */
};

/* A reference that was followed. */
struct fault_step {
    const struct instruction *reference;
    const struct schema *target;
};

/* Those on the way to the schema in hand, innermost first. */
struct hop {
    const struct hop *outer;
    struct fault_step step;
};

/* One of zeros is empty, and ready. */
struct faults {
    const struct program *program;
    const char *text; /* the line */
    const struct jsonl_value *root;
    struct fault *at; /* in pre-order */
    size_t n, size;
    struct fault_step *steps; /* outermost first */
    size_t steps_n, steps_size;
    size_t dropped; /* beyond FAULTS_MAX */
    bool no_memory; /* for some of them, or to find them */
    size_t branch;  /* given to those that are added */
};

void faults_free(struct faults *f);
void faults_clear(struct faults *f);

/* Emptied, for the faults of a line. */
void faults_start(struct faults *f, const struct program *program, const char *text, const struct jsonl_value *root);

/* Adds a fault that was met on this way: its v, in, detail and trouble are the caller's to set. */
void faults_add(struct faults *f, const struct hop *way, struct fault fault);

/* All faults behind `parent` belong to it: its span grows. */
void faults_nest(struct faults *f, size_t parent);

/* Goes through the faults from `from` to before `end`, less those inside others, in the order of the line: the index
 * of the one after `last`, or the first if that is FAULTS_END, which also is behind the last. */
#define FAULTS_END SIZE_MAX
size_t faults_next(const struct faults *f, size_t from, size_t end, size_t last);

/* The pointer of its keyword, by the way that evaluation took (JSON Schema 2020-12, core, 12.3.1); and of a schema or
 * keyword `v` that it passed after so many references. */
void fault_path_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault);
void fault_way_write(struct jsonl_writer *w, const struct faults *f, const struct fault *fault, size_t references,
                     const struct jsonl_value *v);

#endif
