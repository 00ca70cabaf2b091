/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

#include <stdlib.h>

enum { OUT_OF_MEMORY = -2 };

int32_t names_add(struct names *names, struct jsonl_text text)
{
    uint32_t number;
    if (!text.s)
        return NAME_NONE;
    if (names->texts.len == 0 && !jsonl_intern_init(&names->texts))
        return OUT_OF_MEMORY;
    if (names->texts.len > INT32_MAX || !jsonl_intern_add(&names->texts, text, &number))
        return OUT_OF_MEMORY;
    return (int32_t)number - 1;
}

size_t names_len(const struct names *names)
{
    return names->first ? names->len : names->texts.len ? names->texts.len - 1 : 0;
}

struct jsonl_text names_text(const struct names *names, int32_t index)
{
    if (index == NAME_NONE)
        return (struct jsonl_text){NULL, 0};
    return names->texts.texts[(names->first ? names->first[index] : index) + 1];
}

bool names_renumber(struct names *names, const int32_t *number, size_t len)
{
    size_t n = names_len(names);
    int32_t *first = malloc((len + 1) * sizeof *first);
    if (!first)
        return false;
    for (size_t i = 0; i < n; i++)
        if (number[i] != NAME_NONE)
            first[number[i]] = (int32_t)i;
    names->first = first;
    names->len = len;
    return true;
}

void names_free(struct names *names)
{
    jsonl_intern_free(&names->texts);
    free(names->first);
    *names = (struct names){0};
}
