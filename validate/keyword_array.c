/* SPDX-License-Identifier: Apache-2.0
 * uniqueItems, contains, and what each element has to be: prefixItems and items, or items and
 * additionalItems before 2020-12. */
#include "keyword.h"

#include "describe.h"
#include "equal.h"
#include "keywords.h"
#include "pointer.h"
#include "run.h"

/* ---- uniqueItems ---- */

static size_t element_index(const struct jsonl_value *array, const struct jsonl_value *v)
{
    size_t i = 0;
    for (array++; array < v; array += array->span)
        i++;
    return i;
}

static bool unique_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    bool failed = false;
    const struct jsonl_value *earlier, *repeated = v->len > 1 ? array_repeated(v, run->text, &earlier, &failed) : NULL;
    if (failed)
        return run_trouble(run, NULL, v, "takes too much to compare all elements with each other");
    return !repeated || run_fail(run, in, repeated, element_index(v, earlier));
}

static void unique_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                        const struct jsonl_value *v, size_t detail)
{
    (void)in;
    describe_value(w, v, text);
    jsonl_printf(w, " was there before, as element %zu, but all should differ", detail);
}

static const struct operation unique_operation = {.check = unique_check, .tell = unique_tell};

bool compile_unique_items(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    if (!compile_expect(c, s, key, JSONL_TRUE))
        return false;
    return key[1].type == JSONL_FALSE || compile_emit(c, s, key, ON_ARRAY, &unique_operation);
}

/* ---- items ---- */

struct items {
    struct schema_list first;          /* for the first elements, one each */
    struct schema *rest;               /* for the others; NULL: anything */
    const struct instruction *no_more; /* `rest` is false: says so, once */
};

static bool items_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct items *items = in->u.data;
    const struct jsonl_value *element = v + 1;
    bool ok = true;
    for (size_t i = 0; i < v->len; i++, element += element->span) {
        const struct schema *s = i < items->first.n ? items->first.at[i] : items->rest;
        if (!s)
            break;
        if (i >= items->first.n && items->no_more)
            return run_fail(run, items->no_more, element, items->first.n);
        run_mark(run, i);
        if (!run_child(run, s, element)) {
            ok = false;
            if (!run->faults)
                return false;
        }
    }
    return ok;
}

static void no_more_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                         const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)in, (void)v;
    jsonl_puts(w, "is too much, the array should have at most ");
    describe_count(w, detail, "element", "elements");
}

static const struct operation items_operation = {.check = items_check};
static const struct operation no_more_operation = {.tell = no_more_tell};

/* Either of the two keywords comes here; the first does it all. */
bool compile_items(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    bool prefix = s->resource->dialect.draft >= DRAFT_2020_12;
    const struct jsonl_value *items = keyword_sibling(s, "items"), *first, *rest;
    if (prefix) {
        first = keyword_sibling(s, "prefixItems");
        rest = items;
        if (first && rest == key + 1)
            return true; /* done with prefixItems */
    } else {
        first = items->type == JSONL_ARRAY ? items : NULL;
        rest = first ? keyword_sibling(s, "additionalItems") : items;
    }
    struct items *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, ON_ARRAY, &items_operation);
    if (!data || !in)
        return false;
    in->u.data = data;
    if (first && (first->len > 0 || prefix) && !compile_list(c, s, first, &data->first))
        return false;
    if (rest && !(data->rest = compile_schema(c, s, rest)))
        return false;
    if (rest && rest->type == JSONL_FALSE)
        data->no_more = compile_emit(c, s, rest - 1, 0, &no_more_operation);
    return !rest || rest->type != JSONL_FALSE || data->no_more;
}

bool compile_additional_items(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_schema(c, s, key + 1);
}

/* ---- contains ---- */

struct contains {
    const struct schema *schema;
    uint64_t least, most;
    bool marks; /* counts as evaluated, from 2020-12 on */
};

static bool contains_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct contains *contains = in->u.data;
    const struct jsonl_value *element = v + 1;
    struct evaluated *mine = run->evaluated;
    uint64_t found = 0;
    for (size_t i = 0; i < v->len; i++, element += element->span) {
        run->evaluated = NULL;
        bool ok = run_quietly(run, contains->schema, element);
        run->evaluated = mine;
        if (run->trouble.why)
            return false;
        found += ok;
        if (ok && contains->marks)
            run_mark(run, i);
        if (!mine && found >= contains->least && contains->most == UINT64_MAX)
            return true;
    }
    return (found >= contains->least && found <= contains->most) || run_fail(run, in, v, found);
}

static void contains_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                          const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)v;
    const struct contains *contains = in->u.data;
    bool few = detail < contains->least;
    jsonl_printf(w, "should have at %s ", few ? "least" : "most");
    describe_count(w, few ? contains->least : contains->most, "element", "elements");
    jsonl_puts(w, " that fit ");
    instruction_locate(w, in);
    jsonl_printf(w, ", has %zu", detail);
}

static const struct operation contains_operation = {.check = contains_check, .tell = contains_tell};

bool compile_contains_count(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    uint64_t count;
    return compile_whole(c, s, key, &count);
}

bool compile_contains(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    struct contains *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, ON_ARRAY, &contains_operation);
    if (!data || !in)
        return false;
    *data =
        (struct contains){compile_schema(c, s, key + 1), 1, UINT64_MAX, s->resource->dialect.draft >= DRAFT_2020_12};
    in->u.data = data;
    const struct jsonl_value *least = keyword_sibling(s, "minContains"), *most = keyword_sibling(s, "maxContains");
    return data->schema && (!least || compile_whole(c, s, least - 1, &data->least)) &&
           (!most || compile_whole(c, s, most - 1, &data->most));
}
