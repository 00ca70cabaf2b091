/* SPDX-License-Identifier: Apache-2.0 */
#include "names.h"

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
    return names->texts.len ? names->texts.len - 1 : 0;
}

struct jsonl_text names_text(const struct names *names, int32_t index)
{
    return index == NAME_NONE ? (struct jsonl_text){NULL, 0} : names->texts.texts[index + 1];
}

void names_free(struct names *names)
{
    jsonl_intern_free(&names->texts);
}
