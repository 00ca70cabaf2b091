/* SPDX-License-Identifier: Apache-2.0 */
#include "nearest.h"

#include "edits.h"

#include <string.h>

const char *nearest_name(struct jsonl_text text, const char *const *names, size_t n)
{
    const char *nearest = NULL;
    int best = 0;
    for (size_t i = 0; i < n; i++) {
        struct jsonl_text name = {names[i], strlen(names[i])};
        int distance = edits_slip(text, name);
        if (distance >= 0 && (!nearest || distance < best)) {
            nearest = names[i];
            best = distance;
        }
    }
    return nearest;
}
