/* SPDX-License-Identifier: Apache-2.0
 * jansson: a tree for each line, made and freed. */
#include "lines.h"

#include <jansson.h>

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] == '-') {
        puts(JANSSON_VERSION);
        return 0;
    }
    struct lines in = {0};
    char *line;
    size_t n;
    while (lines_next(&in, &line, &n)) {
        json_t *root = json_loadb(line, n, 0, NULL);
        if (!root)
            return lines_refuse(&in);
        json_decref(root);
    }
    return lines_end(&in);
}
