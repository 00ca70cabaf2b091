/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_places.h"

#include "grow.h"

#include <stdlib.h>

bool yaml_places_add(struct yaml_places *p, size_t at, size_t line, size_t column)
{
    if (!GROW(p->list, p->len + 1, p->cap))
        return false;
    p->list[p->len++] = (struct yaml_place){(uint32_t)at, (uint32_t)line, (uint32_t)column};
    return true;
}

const struct yaml_place *yaml_places_find(const struct yaml_places *p, size_t at)
{
    size_t from = 0, to = p->len; /* it is in [from, to) */
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        *(p->list[middle].at <= at ? &from : &to) = middle;
    }
    return &p->list[from];
}
