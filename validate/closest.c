/* SPDX-License-Identifier: Apache-2.0 */
#include "closest.h"

#include "describe.h"
#include "equal.h"
#include "hint.h"
#include "pointer.h"

#include <string.h>

/* What speaks for and against an alternative, the weightiest first; more of it is better. */
enum weight {
    RIGHT_KIND,  /* less: the value itself is of another kind */
    NOT_ANOTHER, /* less: members that tell kinds apart (const, enum) have other values */
    IS_THIS,     /* members that tell kinds apart have its values */
    SLIPS,       /* …or would have, but for a slip of the pen */
    DEPTH,       /* how far in the first trouble is */
    FEW,         /* less: faults */
    KNOWN,       /* members that it knows */
    WEIGHTS,
};

struct rank {
    long weight[WEIGHTS];
};

static int rank_compare(const struct rank *a, const struct rank *b)
{
    for (size_t i = 0; i < WEIGHTS; i++) {
        if (a->weight[i] != b->weight[i])
            return a->weight[i] < b->weight[i] ? -1 : 1;
    }
    return 0;
}

static bool is_type(const struct fault *fault)
{
    return fault->in && fault->in == fault->in->owner->type;
}

static void rank_fault(const struct fault *fault, const struct jsonl_value *v, struct rank *r)
{
    bool kind = fault->in && fault->in->op->kind && !fault->trouble;
    bool slip = kind && !is_type(fault) && hint_is_slip(fault);
    long depth = (long)pointer_depth(v, fault->v);
    r->weight[FEW]--;
    r->weight[SLIPS] += slip;
    if (kind && !slip && depth == 0)
        r->weight[RIGHT_KIND] -= is_type(fault) ? 2 : 1;
    if (kind && !slip && depth == 1 && !is_type(fault))
        r->weight[NOT_ANOTHER]--;
    if (depth > r->weight[DEPTH])
        r->weight[DEPTH] = depth;
}

/* The schema that the alternative leads to, through its references as far as a fault went along. */
static const struct schema *alternative(const struct faults *f, const struct fault *parent, const struct fault *fault)
{
    const struct schema *s = parent->in->u.schemas.at[fault->branch - 1];
    for (size_t i = parent->steps; i < fault->steps; i++) {
        const struct fault_step *step = &f->steps[fault->step + i];
        if (step->reference->owner != s)
            break;
        s = step->target;
    }
    return s;
}

static bool fits_choice(const struct faults *f, const struct jsonl_value *v, const struct schema *s,
                        const struct jsonl_value *property)
{
    const struct jsonl_value *constant = jsonl_get(property, "const"), *list = jsonl_get(property, "enum");
    const char *text = s->resource->text;
    if (constant)
        return value_equal(v, f->text, constant, text);
    if (!list || list->type != JSONL_ARRAY)
        return false;
    for (const struct jsonl_value *c = list + 1; c < list + list->span; c += c->span) {
        if (value_equal(v, f->text, c, text))
            return true;
    }
    return false;
}

/* What of the object's members the alternative knows. */
static void rank_members(const struct faults *f, const struct jsonl_value *object, const struct schema *s,
                         struct rank *r)
{
    const struct jsonl_value *properties = jsonl_get(s->value, "properties");
    if (object->type != JSONL_OBJECT || !properties || properties->type != JSONL_OBJECT ||
        object->len > DESCRIBE_NAMES || properties->len > DESCRIBE_NAMES)
        return;
    const struct jsonl_value *key = properties + 1;
    for (uint32_t i = 0; i < properties->len; i++, key += 1 + key[1].span) {
        const struct jsonl_value *v = jsonl_member(object, jsonl_text(key));
        r->weight[KNOWN] += v != NULL;
        r->weight[IS_THIS] += v && fits_choice(f, v, s, key + 1);
    }
}

struct closest closest_find(const struct faults *f, size_t parent)
{
    struct closest closest = {.n = 0};
    struct rank best;
    const struct jsonl_value *v = f->at[parent].v;
    for (size_t i = parent + 1, end = parent + f->at[parent].span; i < end;) {
        const struct fault *first = &f->at[i];
        struct rank rank = {{0}};
        rank_members(f, v, alternative(f, &f->at[parent], first), &rank);
        for (; i < end && f->at[i].branch == first->branch; i += f->at[i].span)
            rank_fault(&f->at[i], v, &rank);
        int order = closest.n ? rank_compare(&rank, &best) : 1;
        if (order > 0) {
            closest = (struct closest){{first->branch}, 1};
            best = rank;
        } else if (order == 0 && rank.weight[FEW] == -1 && closest.n < CLOSEST_MAX) {
            closest.at[closest.n++] = first->branch;
        }
    }
    return closest;
}

struct jsonl_text closest_name(const struct fault *parent, size_t branch)
{
    const struct jsonl_value *schema = parent->in->u.schemas.at[branch - 1]->value;
    struct jsonl_text title = jsonl_text(jsonl_get(schema, "title")), name = jsonl_text(jsonl_get(schema, "$ref"));
    if (title.s || !name.s)
        return title;
    size_t i = name.n;
    while (i > 0 && name.s[i - 1] != '/' && name.s[i - 1] != '#')
        i--;
    return i < name.n ? (struct jsonl_text){name.s + i, name.n - i} : (struct jsonl_text){0};
}
