/* SPDX-License-Identifier: Apache-2.0 */
#include "lexicon.h"

#include "grow.h"

#include <stdlib.h>

uint32_t lexicon_find(const struct lexicon *v, struct jsonl_text name)
{
    return (uint32_t)(uintptr_t)table_find(&v->numbers, NULL, name); /* numbers stand in the pointers' place */
}

uint32_t lexicon_add(struct lexicon *v, struct jsonl_text name)
{
    uint32_t number = lexicon_find(v, name);
    if (number != LEXICON_NONE)
        return number;
    if (v->n == UINT32_MAX / 2 || !GROW(v->names, v->n + 1, v->room))
        return LEXICON_NONE;
    if (!table_add(&v->numbers, NULL, name, (const void *)(uintptr_t)(v->n + 1)))
        return LEXICON_NONE;
    v->names[v->n++] = name;
    return (uint32_t)v->n;
}

void lexicon_close(struct lexicon *v)
{
    jsonl_names_free(v->table);
    v->table = jsonl_names_new(v->names, v->n);
    v->table_n = v->n;
}

void lexicon_teach(const struct lexicon *v, struct jsonl_parser *parser)
{
    if (v->table)
        jsonl_parser_use(parser, v->table);
}

void lexicon_free(struct lexicon *v)
{
    table_free(&v->numbers);
    free(v->names);
    jsonl_names_free(v->table);
    *v = (struct lexicon){0};
}
