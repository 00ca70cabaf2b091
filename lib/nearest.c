/* SPDX-License-Identifier: Apache-2.0 */
#include "nearest.h"

#include "edits.h"

#include <string.h>

const char *nearest_name(struct jsonl_text text, const char *const *names, size_t n)
{
    const char *nearest = NULL;
    unsigned best = 0;
    if (text.n > EDITS_NAME_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        struct jsonl_text name = {names[i], strlen(names[i])};
        if (name.n > EDITS_NAME_MAX)
            continue;
        unsigned distance = edits_between(text, name);
        if (3 * distance <= name.n && (!nearest || distance < best)) {
            nearest = names[i];
            best = distance;
        }
    }
    return nearest;
}
