/* SPDX-License-Identifier: Apache-2.0
 * Paths such as model.id, all found in one walk: a table says for each object on the way, and each name, which path
 * ends there and which object goes on. */
#include "names.h"

#include <stdlib.h>

struct step {
    uint16_t out;  /* path that ends with this member, from 1; 0: none */
    uint16_t node; /* object that the member's value is on the way to; 0: none */
};

struct jsonl_paths {
    const struct jsonl_names *names;
    struct jsonl_names *own; /* `names`, if they were made for these paths */
    size_t len;              /* paths */
    size_t nodes;            /* objects on the way, the root is number 0 */
    size_t row;              /* steps of a node, by a name's number from 1 */
    struct step *steps;
};

/* The part of a path from *s on; *s moves behind it and its point, NULL: it was the last. */
static struct jsonl_text part_next(const char **s)
{
    const char *start = *s, *point = strchr(start, '.');
    *s = point ? point + 1 : NULL;
    return (struct jsonl_text){start, point ? (size_t)(point - start) : strlen(start)};
}

static size_t parts_count(const char *const *paths, size_t n)
{
    size_t parts = 0;
    for (size_t i = 0; i < n; i++)
        for (const char *s = paths[i]; s; parts++)
            part_next(&s);
    return parts;
}

struct jsonl_names *paths_names_new(const char *const *paths, size_t n)
{
    size_t parts = parts_count(paths, n), len = 0;
    struct jsonl_text *texts = calloc(parts ? parts : 1, sizeof *texts);
    if (!texts)
        return NULL;
    for (size_t i = 0; i < n; i++)
        for (const char *s = paths[i]; s;)
            texts[len++] = part_next(&s);
    struct jsonl_names *names = jsonl_names_new(texts, len);
    free(texts);
    return names;
}

/* Enters path number `out`.  false: one of its names is not among the names. */
static bool path_add(struct jsonl_paths *p, const char *path, uint16_t out)
{
    size_t node = 0;
    for (;;) {
        uint16_t number = jsonl_names_number(p->names, part_next(&path));
        if (number == JSONL_NAME_OTHER)
            return false;
        struct step *step = &p->steps[node * p->row + number];
        if (!path) {
            step->out = out;
            return true;
        }
        if (step->node == 0)
            step->node = (uint16_t)p->nodes++;
        node = step->node;
    }
}

struct jsonl_paths *jsonl_paths_new(const char *const *paths, size_t n, const struct jsonl_names *names)
{
    size_t nodes = parts_count(paths, n) + 1;
    struct jsonl_paths *p = nodes <= JSONL_NAMES_MAX ? calloc(1, sizeof *p) : NULL;
    if (!p)
        return NULL;
    p->own = names ? NULL : paths_names_new(paths, n);
    p->names = names ? names : p->own;
    p->len = n;
    p->nodes = 1;
    p->row = p->names ? p->names->len + 1 : 0;
    p->steps = p->names ? calloc(nodes * p->row, sizeof *p->steps) : NULL;
    bool ok = p->steps != NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = path_add(p, paths[i], (uint16_t)(i + 1));
    if (!ok) {
        jsonl_paths_free(p);
        return NULL;
    }
    return p;
}

void jsonl_paths_free(struct jsonl_paths *p)
{
    if (!p)
        return;
    jsonl_names_free(p->own);
    free(p->steps);
    free(p);
}

const struct jsonl_names *jsonl_paths_names(const struct jsonl_paths *p)
{
    return p->names;
}

/* The members of an object on the way.  `numbered`: its keys have the numbers of our names; else they are looked up.
 * Paths have few parts, so the recursion is shallow. */
static void node_find(const struct jsonl_paths *p, const struct step *row, bool numbered,
                      const struct jsonl_value *object, const struct jsonl_value **values)
{
    const struct jsonl_value *end = object + object->span;
    for (const struct jsonl_value *key = object + 1, *v; key < end; key = v + v->span) {
        uint16_t number =
            numbered ? key->name : jsonl_names_number(p->names, (struct jsonl_text){key->u.str, key->len});
        v = key + 1;
        if (number == JSONL_NAME_OTHER)
            continue;
        struct step step = row[number];
        if (step.out)
            values[step.out - 1] = v;
        if (step.node && v->type == JSONL_OBJECT)
            node_find(p, p->steps + step.node * p->row, numbered, v, values);
    }
}

void jsonl_paths_find(const struct jsonl_paths *p, const struct jsonl_value *root, const struct jsonl_value **values)
{
    for (size_t i = 0; i < p->len; i++)
        values[i] = NULL;
    if (root && root->type == JSONL_OBJECT)
        node_find(p, p->steps, jsonl_names_known(p->names, root), root, values);
}
