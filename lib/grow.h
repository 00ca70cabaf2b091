/* SPDX-License-Identifier: Apache-2.0
 * Arrays that grow; not installed. */
#ifndef JSONL_GROW_H
#define JSONL_GROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `need` items of `size` bytes in all; `array` points to the pointer to them, which malloc gave or is
 * NULL, and *room is how many there is room for.  Grows by half at least, so that n additions cost O(n).  false: out
 * of memory, and nothing has changed. */
static inline bool grow(void *array, size_t need, size_t *room, size_t size)
{
    void *items, *larger;
    if (need <= *room)
        return true;
    size_t want = *room + *room / 2 + 16;
    if (want < need)
        want = need;
    if (want > SIZE_MAX / 2 / size)
        return false;
    memcpy(&items, array, sizeof items); /* a pointer of any type */
    larger = realloc(items, want * size);
    if (!larger)
        return false;
    memcpy(array, &larger, sizeof larger);
    *room = want;
    return true; /* cppcheck-suppress memleak ; the array has it */
}

#define GROW(array, need, room) grow(&(array), (need), &(room), sizeof *(array))

#endif
