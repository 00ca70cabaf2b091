/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <stdlib.h>

int text_order(struct jsonl_text a, struct jsonl_text b)
{
    if (!a.s || !b.s)
        return !a.s - !b.s;
    int order = jsonl_text_compare_nocase(a, b);
    return order ? order : jsonl_text_compare(a, b);
}

int text_compare(const void *a, const void *b)
{
    return text_order(*(const struct jsonl_text *)a, *(const struct jsonl_text *)b);
}

static size_t mode_rank(struct jsonl_text mode)
{
    static const char *const modes[] = {"vision", "text", "audio", "video"};
    size_t i = 0;

    while (i < sizeof modes / sizeof *modes && !jsonl_text_is(mode, modes[i]))
        i++;
    return i;
}

int mode_order(struct jsonl_text a, struct jsonl_text b)
{
    size_t x = mode_rank(a), y = mode_rank(b);

    return x != y ? (x > y) - (x < y) : text_order(a, b);
}

struct named {
    struct jsonl_text text;
    uint32_t number;
};

static int named_compare(const void *a, const void *b)
{
    return text_order(((const struct named *)a)->text, ((const struct named *)b)->text);
}

uint32_t *names_rank(const struct jsonl_intern *names, struct jsonl_text *sorted)
{
    struct named *list = malloc((names->len + 1) * sizeof *list);
    uint32_t *rank = malloc((names->len + 1) * sizeof *rank);

    if (!list || !rank) {
        free(list);
        free(rank);
        return NULL;
    }
    for (uint32_t i = 0; i < names->len; i++)
        list[i] = (struct named){names->texts[i], i};
    qsort(list, names->len, sizeof *list, named_compare);
    for (uint32_t i = 0; i < names->len; i++) {
        rank[list[i].number] = i;
        if (sorted)
            sorted[i] = list[i].text;
    }
    free(list);
    return rank;
}
