/* SPDX-License-Identifier: Apache-2.0
 * What a comparison of times cannot see: tests that are on one side only, or came out otherwise. */
#include "comparing.h"

#include <stdlib.h>

/* A test id with one model and modality on both sides. */
struct side {
    const struct trial *trial;
    enum jsonl_outcome old, new_; /* JSONL_OUTCOMES: it is not there */
};

/* Of several runs of a test the worst counts; skipped says the least. */
static enum jsonl_outcome worse(enum jsonl_outcome a, enum jsonl_outcome b)
{
    static const int badness[] = {[JSONL_PASSED] = 2, [JSONL_FAILED] = 3, [JSONL_SKIPPED] = 1, [JSONL_OUTCOMES] = 0};

    return badness[b] > badness[a] ? b : a;
}

struct changes {
    const struct comparing *c;
    struct side *sides;                                 /* of one id */
    struct compare_changes *added, *removed, *outcomes; /* lists are NULL while they are counted */
};

static void change_add(const struct changes *x, struct compare_changes *to, const struct side *side)
{
    const struct trials *t = x->c->trials;

    if (to->list)
        to->list[to->len] = (struct compare_change){
            .id = t->names[side->trial->id],
            .model = compare_label(x->c, side->trial->model),
            .mode = t->names[side->trial->mode],
            .old = side->old,
            .new_ = side->new_,
        };
    to->len++;
}

/* A test that failed may not have come to name its model, so if one is left over on either side, they belong together,
 * unless both name one. */
static void sides_join(const struct changes *x, struct side *sides, size_t n)
{
    uint32_t absent = x->c->trials->absent;
    struct side *old = NULL, *new_ = NULL;

    for (size_t i = 0; i < n; i++) {
        struct side **left = sides[i].new_ == JSONL_OUTCOMES ? &old : sides[i].old == JSONL_OUTCOMES ? &new_ : NULL;

        if (left && *left)
            return;
        if (left)
            *left = &sides[i];
    }
    if (!old || !new_ || old->old == new_->new_ ||
        (old->trial->model != absent && new_->trial->model != absent && old->trial->model != new_->trial->model))
        return;
    struct side *named = new_->trial->model != absent ? new_ : old, *other = named == new_ ? old : new_;
    *named = (struct side){named->trial, old->old, new_->new_};
    other->old = other->new_ = JSONL_OUTCOMES;
}

/* The trials of one id, which start at `i`; returns where those of the next do. */
static size_t id_changes(const struct changes *x, size_t i)
{
    const struct trials *t = x->c->trials;
    uint32_t newest = t->runs - 2, id = t->list[i].id;
    size_t n = 0;

    for (size_t next; i < t->len && t->list[i].id == id; i = next) {
        struct side side = {&t->list[i], JSONL_OUTCOMES, JSONL_OUTCOMES};

        for (next = i; next < t->len && trials_same(&t->list[i], &t->list[next]); next++) {
            const struct trial *trial = &t->list[next];

            if (trial->run == newest)
                side.old = worse(side.old, trial->outcome);
            if (trial->run == newest + 1)
                side.new_ = worse(side.new_, trial->outcome);
        }
        x->sides[n++] = side;
    }
    sides_join(x, x->sides, n);
    for (size_t k = 0; k < n; k++) {
        const struct side *side = &x->sides[k];

        if (side->old == side->new_)
            continue;
        change_add(x,
                   side->old == JSONL_OUTCOMES    ? x->added
                   : side->new_ == JSONL_OUTCOMES ? x->removed
                                                  : x->outcomes,
                   side);
    }
    return i;
}

static bool changes_alloc(struct comparing *c, struct compare_changes *changes)
{
    changes->list = jsonl_arena_alloc(&c->finish->report->arena, changes->len, sizeof *changes->list);
    changes->len = 0;
    return changes->list != NULL;
}

bool compare_changes(struct comparing *c)
{
    struct comparison *out = c->out;
    struct changes x = {c, malloc((c->trials->len + 1) * sizeof *x.sides), &out->added, &out->removed, &out->outcomes};
    bool ok = x.sides != NULL;

    for (int pass = 0; ok && pass < 2; pass++) {
        if (pass == 1)
            ok = changes_alloc(c, x.added) && changes_alloc(c, x.removed) && changes_alloc(c, x.outcomes);
        for (size_t i = 0; ok && i < c->trials->len;)
            i = id_changes(&x, i);
    }
    free(x.sides);
    return ok;
}
