/* SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include "grow.h"

#include <stdlib.h>
#include <string.h>

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the members end: behind the last one. */
static size_t members_end(const struct jsonl_record *record)
{
    size_t end = record->len;

    while (end > 0 && record->text[end - 1] != '}')
        end--;
    for (end -= end > 0; end > 0 && blank(record->text[end - 1]);)
        end--;
    return end;
}

/* The stretch of text that member i and a comma beside it take up. */
static void member_stretch(const struct jsonl_record *record, const struct jsonl_value *key, size_t end, size_t *from,
                           size_t *to)
{
    const struct jsonl_value *next = key + 1 + key[1].span;
    bool last = next >= record->root + record->root->span;

    *from = key->at;
    *to = last ? end : next->at;
    /* The last one takes the comma before it. */
    while (last && *from > 0 && blank(record->text[*from - 1]))
        --*from;
    if (last && *from > 0 && record->text[*from - 1] == ',')
        --*from;
    while (last && *from > 0 && blank(record->text[*from - 1]))
        --*from;
}

bool lines_add(struct lines *lines, const struct jsonl_record *record)
{
    size_t end = members_end(record), from = end, to = end;
    const struct jsonl_value *key = record->root + 1;

    for (uint32_t i = 0; i < record->root->len; i++, key += 1 + key[1].span)
        if (jsonl_text_is((struct jsonl_text){key->u.str, key->len}, "resources"))
            member_stretch(record, key, end, &from, &to);
    if (!GROW(lines->list, lines->len + 1, lines->room))
        return false;
    char *text = jsonl_arena_alloc(&lines->arena, end - (to - from) + 1, 1);
    if (!text)
        return false;
    memcpy(text, record->text, from);
    memcpy(text + from, record->text + to, end - to);
    lines->list[lines->len++] = (struct jsonl_text){text, end - (to - from)};
    return true;
}

bool lines_join(struct lines *lines, const struct lines *others)
{
    if (!GROW(lines->list, lines->len + others->len, lines->room))
        return false;
    for (size_t i = 0; i < others->len; i++) {
        char *text = jsonl_arena_copy(&lines->arena, others->list[i].s, others->list[i].n);

        if (!text)
            return false;
        lines->list[lines->len++] = (struct jsonl_text){text, others->list[i].n};
    }
    return true;
}

void lines_free(struct lines *lines)
{
    jsonl_arena_free(&lines->arena);
    free(lines->list);
    *lines = (struct lines){0};
}
