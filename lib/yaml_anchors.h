/* SPDX-License-Identifier: Apache-2.0
 * The anchors of YAML, for aliases; not installed. */
#ifndef JSONL_YAML_ANCHORS_H
#define JSONL_YAML_ANCHORS_H

#include "jsonl.h"

/* What the anchors of a document name.  The same anchor may be set again; the latest counts. */
struct yaml_anchor {
    char *name;
    size_t len;
    size_t from, to;      /* its JSON: [from, to) */
    size_t place, places; /* its first place, and how many */
    unsigned height;      /* containers inside one another, itself included; 0: a scalar */
    bool closed;          /* false: its node has not ended yet */
};

struct yaml_anchors {
    struct yaml_anchor *list;
    size_t len, cap;
    uint32_t *slots; /* hash table: index into `list` + 1, 0 for empty */
    size_t slots_cap;
};

/* Sets an anchor; its index, or -1: out of memory. */
ptrdiff_t yaml_anchors_add(struct yaml_anchors *a, struct jsonl_text name);

/* The latest anchor of this name, or NULL. */
struct yaml_anchor *yaml_anchors_find(const struct yaml_anchors *a, struct jsonl_text name);

void yaml_anchors_free(struct yaml_anchors *a);

#endif
