/* SPDX-License-Identifier: Apache-2.0
 * Arrays that grow. */
#ifndef MEMPLOT_GROW_H
#define MEMPLOT_GROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Makes room for `need` elements in *array, which has room for *size.  At least doubles it, so that n additions cost
 * O(n).  false: out of memory, nothing is changed. */
static inline bool grow(void **array, size_t need, size_t *size, size_t element)
{
    if (need <= *size)
        return true;
    size_t room = *size ? *size : 16;
    while (room < need && room <= SIZE_MAX / 2)
        room *= 2;
    void *bigger = room < need || room > SIZE_MAX / element ? NULL : realloc(*array, room * element);
    if (!bigger)
        return false;
    *array = bigger;
    *size = room;
    return true;
}

/* The same for an array of any type. */
#define GROW(array, need, size) grow((void **)&(array), (need), &(size), sizeof *(array))

#endif
