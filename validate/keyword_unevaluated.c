/* SPDX-License-Identifier: Apache-2.0
 * unevaluatedItems, unevaluatedProperties: what no other keyword of the schema, or of those it applies to the same
 * instance, has looked at.  They run last, on the marks that those left. */
#include "keyword.h"

#include "run.h"

struct unevaluated {
    const struct schema *schema;
    bool nothing; /* it is false: each one found is a fault of this keyword */
};

static bool unevaluated_check(struct run *run, const struct instruction *in, const struct jsonl_value *v)
{
    const struct unevaluated *u = in->u.data;
    bool object = v->type == JSONL_OBJECT, ok = true;
    const struct jsonl_value *at = v + 1;
    for (size_t i = 0; i < v->len; i++) {
        const struct jsonl_value *value = at + object;
        if (!run_marked(run, i) && !(u->nothing ? run_fail(run, in, at, 0) : run_child(run, u->schema, value))) {
            ok = false;
            if (!run->faults)
                return false;
        }
        at = value + value->span;
    }
    run_mark_all(run);
    return ok;
}

static void unevaluated_tell(struct jsonl_writer *w, const char *text, const struct instruction *in,
                             const struct jsonl_value *v, size_t detail)
{
    (void)text, (void)detail, (void)v;
    bool items = jsonl_text_is(jsonl_text(in->key), "unevaluatedItems");
    jsonl_puts(w, items ? "there should be no such element" : "there is no such member");
}

static const struct operation unevaluated_operation = {
    .check = unevaluated_check, .tell = unevaluated_tell, .after = true};

static bool compile_unevaluated(struct compiler *c, struct schema *s, const struct jsonl_value *key, unsigned types)
{
    struct unevaluated *data = compile_take(c, sizeof *data);
    struct instruction *in = compile_emit(c, s, key, types, &unevaluated_operation);
    if (!data || !in)
        return false;
    *data = (struct unevaluated){compile_schema(c, s, key + 1), key[1].type == JSONL_FALSE};
    in->u.data = data;
    s->collects = true;
    return data->schema;
}

bool compile_unevaluated_items(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_unevaluated(c, s, key, ON_ARRAY);
}

bool compile_unevaluated_properties(struct compiler *c, struct schema *s, const struct jsonl_value *key)
{
    return compile_unevaluated(c, s, key, ON_OBJECT);
}
