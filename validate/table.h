/* SPDX-License-Identifier: Apache-2.0
 * A hash table: names of an owner (a resource's anchors, an object's members, the URIs of a store), each with a
 * pointer.  One of zeros is empty, and ready. */
#ifndef VALIDATE_TABLE_H
#define VALIDATE_TABLE_H

#include "jsonl.h"

struct table_entry {
    const void *owner;
    struct jsonl_text name; /* s == NULL: the owner itself */
    const void *value;      /* NULL: the slot is free */
};

struct table {
    struct table_entry *at; /* open addressing; `size` is a power of two */
    size_t n, size;
};

/* NULL: there is none. */
void *table_find(const struct table *t, const void *owner, struct jsonl_text name);

/* Adds, or replaces.  The name must live on, and the value not be NULL.  false: out of memory. */
bool table_add(struct table *t, const void *owner, struct jsonl_text name, const void *value);

void table_free(struct table *t);

#endif
