/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"

#include <string.h>

const struct format formats[] = {
    {"markdown", ".md", markdown_render, false},
    {"json", ".json", json_render, false},
    {"jsonl", ".jsonl", jsonl_render, true},
    {"csv", ".csv", csv_render, false},
    {"openmetrics", ".prom", openmetrics_render, false},
    {"junit", ".xml", junit_render, false},
    {"gab", ".gab.json", gab_render, false},
    {"gab-bigger", ".gab-bigger.json", gab_bigger_render, false},
};
const size_t formats_len = sizeof formats / sizeof *formats;

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < formats_len; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
