/* SPDX-License-Identifier: Apache-2.0 */
#include "tell.h"

#include "describe.h"
#include "hint.h"
#include "pointer.h"

/* Whether a keyword speaks of a member's name (by propertyNames), and not of the member. */
static bool is_name(const struct faults *f, const struct fault *fault)
{
    static const char *const of_members[] = {"additionalProperties", "unevaluatedProperties"};
    const struct jsonl_value *parent = pointer_parent(f->root, fault->v);
    size_t i;
    if (!parent || parent->type != JSONL_OBJECT || fault->in->key->type != JSONL_STRING ||
        pointer_child(parent, fault->v, &i) != fault->v)
        return false;
    for (i = 0; i < sizeof of_members / sizeof *of_members; i++) {
        if (jsonl_text_is(jsonl_text(fault->in->key), of_members[i]))
            return false;
    }
    return true;
}

void fault_tell(struct jsonl_writer *w, const struct faults *f, const struct fault *fault)
{
    const struct instruction *in = fault->in;
    if (!fault->trouble) {
        jsonl_puts(w, is_name(f, fault) ? "the name " : "");
        in->op->tell(w, f->text, in, fault->v, fault->detail);
        hint_write(w, f, fault);
        return;
    }
    jsonl_puts(w, fault->trouble);
    if (in) { /* a pattern, or the name of one in patternProperties */
        jsonl_puts(w, " ");
        describe_text(w, jsonl_text(in->key[1].type == JSONL_STRING ? in->key + 1 : in->key));
    }
}
