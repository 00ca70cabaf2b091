/* SPDX-License-Identifier: Apache-2.0 */
#include "schema.h"

#include "pointer.h"

#include <stdlib.h>

void program_free(struct program *p)
{
    if (!p)
        return;
    for (struct owned_pattern *o = p->patterns; o; o = o->next)
        pattern_free(o->pattern);
    table_free(&p->dynamics);
    jsonl_arena_free(&p->arena);
    free(p);
}

void instruction_locate(struct jsonl_writer *w, const struct instruction *in)
{
    const struct document *d = in->owner->resource->document;
    jsonl_printf(w, "%s#", d->name);
    pointer_write(w, jsonl_document_root(d->json), in->key);
}
