/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <string.h>

const struct format formats[] = {
    {"markdown", ".md", markdown_render},
};
const size_t formats_len = sizeof formats / sizeof *formats;

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < formats_len; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
