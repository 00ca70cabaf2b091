/* SPDX-License-Identifier: Apache-2.0
 * Duplicate keys.  They are sorted when their mapping closes, so that a large one takes no quadratic time; all
 * were escaped in the same way, so their JSON can be compared. */
#include "yaml_keys.h"

#include "grow.h"

#include <stdlib.h>

bool yaml_keys_add(struct yaml_keys *k, size_t place)
{
    if (!GROW(k->list, k->len + 1, k->cap))
        return false;
    k->list[k->len++] = (struct yaml_key){.place = place};
    return true;
}

/* By text, then by place. */
static int key_compare(const void *a, const void *b)
{
    const struct yaml_key *k = a, *l = b;
    int order = jsonl_text_compare(k->json, l->json);
    return order ? order : k->place < l->place ? -1 : k->place > l->place;
}

/* The string in JSON whose opening quote is at s, without the quotes. */
static struct jsonl_text string_at(const char *s)
{
    const char *start = ++s;
    for (; *s != '"'; s++)
        s += *s == '\\';
    return (struct jsonl_text){start, (size_t)(s - start)};
}

const struct yaml_place *yaml_keys_close(struct yaml_keys *k, size_t from, const char *json,
                                         const struct yaml_places *places, struct jsonl_text *text)
{
    const struct yaml_key *twice = NULL;
    size_t n = k->len - from;
    if (n < 2) {
        k->len = from;
        return NULL;
    }
    struct yaml_key *keys = k->list + from;
    for (size_t i = 0; i < n; i++)
        keys[i].json = string_at(json + places->list[keys[i].place].at);
    qsort(keys, n, sizeof *keys, key_compare);
    for (size_t i = 1; i < n; i++)
        if (jsonl_text_compare(keys[i - 1].json, keys[i].json) == 0 && (!twice || keys[i].place < twice->place))
            twice = &keys[i];
    k->len = from;
    if (!twice)
        return NULL;
    *text = twice->json;
    return &places->list[twice->place];
}
