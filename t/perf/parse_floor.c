/* SPDX-License-Identifier: Apache-2.0
 * What no parser can be faster than.
 *
 *     parse_floor read    the file is read in blocks of 1 MiB and its lines are counted by nobody
 *     parse_floor lines   it is cut into lines, too (lines.h), as for the parsers */
#include "lines.h"

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "lines") == 0) {
        struct lines in = {0};
        char *line;
        size_t n;
        while (lines_next(&in, &line, &n)) {
        }
        return lines_end(&in);
    }
    static char block[LINES_BLOCK];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) > 0) {
    }
    return n < 0 ? 3 : 0;
}
