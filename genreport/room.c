/* SPDX-License-Identifier: Apache-2.0 */
#include "room.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool room_make(void *items, size_t len, size_t more, size_t *room, size_t size)
{
    void *old, *new_;

    if (*room - len >= more)
        return true;
    size_t want = *room + *room / 2 + 64;
    if (want < len + more)
        want = len + more;
    if (want > SIZE_MAX / 2 / size)
        return false;
    memcpy(&old, items, sizeof old);
    new_ = realloc(old, want * size);
    if (!new_)
        return false;
    memcpy(items, &new_, sizeof new_);
    *room = want;
    return true; /* cppcheck-suppress memleak ; *items holds it */
}
