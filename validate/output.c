/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <string.h>

static const struct output outputs[] = {
    {"pass", true, true, NULL},
    {"quiet", false, true, NULL},
    {"flag", false, false, flag_write},
    {"basic", false, false, basic_write},
    {"detailed", false, false, detailed_write},
    {"github", false, false, github_write},
};

const struct output *output_find(const char *name)
{
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        if (strcmp(outputs[i].name, name) == 0)
            return &outputs[i];
    }
    return NULL;
}
