/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrays that grow. */
#ifndef ROOM_H
#define ROOM_H

#include <stdbool.h>
#include <stddef.h>

/* Makes place for `more` items of `size` bytes behind the `len` of an array: `items` points to the pointer to it, which
 * was had by malloc or is NULL, and *room is how many it has place for.  false: out of memory, and nothing has changed.
 */
bool room_make(void *items, size_t len, size_t more, size_t *room, size_t size);

#endif
