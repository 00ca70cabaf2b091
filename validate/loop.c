/* SPDX-License-Identifier: Apache-2.0 */
#include "loop.h"

#include <stdlib.h>

struct loop_edge {
    struct loop_edge *next;
    struct schema *to;
    const struct jsonl_value *key; /* of the keyword */
};

bool loop_note(struct compiler *c, struct schema *from, const struct jsonl_value *key, struct schema *to)
{
    struct loop_edge *e = to ? compile_take(c, sizeof *e) : NULL;
    if (e) {
        *e = (struct loop_edge){from->edges, to, key};
        from->edges = e;
    }
    return !to || e;
}

/* A walk along the edges: the schemas on the way, each with the edge that is to be taken next. */
struct step {
    struct schema *at;
    struct loop_edge *next;
};

enum { UNSEEN, ON_THE_WAY, DONE };

/* Goes wherever one can from `start`.  A schema that is met again while it is on the way is a loop. */
static bool walk(struct compiler *c, struct step *way, struct schema *start)
{
    size_t n = 0;
    way[n++] = (struct step){start, start->edges};
    start->visit = ON_THE_WAY;
    while (n > 0) {
        struct step *last = &way[n - 1];
        struct loop_edge *e = last->next;
        if (!e) {
            last->at->visit = DONE;
            n--;
            continue;
        }
        last->next = e->next;
        if (e->to->visit == ON_THE_WAY)
            return compile_error(c, last->at, e->key + 1,
                                 "leads back to where it came from, so this schema would never come to an end");
        if (e->to->visit == UNSEEN) {
            e->to->visit = ON_THE_WAY;
            way[n++] = (struct step){e->to, e->to->edges};
        }
    }
    return true;
}

bool loop_check(struct compiler *c)
{
    struct step *way = malloc((c->known_n + 1) * sizeof *way);
    if (!way)
        return compile_no_memory(c);
    bool ok = walk(c, way, c->program->root);
    for (struct schema *s = c->newest; ok && s; s = s->older) {
        if (s->visit == UNSEEN)
            ok = walk(c, way, s);
    }
    free(way);
    return ok;
}
