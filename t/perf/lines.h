/* SPDX-License-Identifier: Apache-2.0
 * How each parser that we measure gets its lines, in C and C++: standard input is read in blocks of 1 MiB and cut at
 * line ends by memchr, without a copy.  Behind a line stands a NUL (it was the line end) and behind that at least
 * LINES_PADDING bytes may be read.  A line may be written to.
 *
 *     struct lines in = {0};
 *     while (lines_next(&in, &line, &n)) …        ends the program if a read fails or memory is out
 *     return lines_end(&in);                      prints how many lines there were */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES_BLOCK = 1 << 20, LINES_PADDING = 64 };

struct lines {
    char *data;
    size_t at, len, room; /* bytes: the next line, all, allocated */
    size_t count;         /* lines given out */
    int eof;
};

static inline void lines_fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(3);
}

/* Moves what is left to the front and reads a block behind it. */
static inline void lines_fill(struct lines *in)
{
    size_t rest = in->len - in->at;
    if (rest)
        memmove(in->data, in->data + in->at, rest);
    in->at = 0;
    in->len = rest;
    if (in->room < rest + LINES_BLOCK) {
        in->room = rest + LINES_BLOCK;
        in->data = (char *)realloc(in->data, in->room + LINES_PADDING + 1);
        if (!in->data)
            lines_fail("out of memory");
        memset(in->data + in->len, 0, in->room - in->len + LINES_PADDING + 1);
    }
    ssize_t n = read(STDIN_FILENO, in->data + in->len, LINES_BLOCK);
    if (n < 0)
        lines_fail("cannot read");
    in->len += (size_t)n;
    in->eof = n == 0;
}

static inline int lines_next(struct lines *in, char **line, size_t *n)
{
    for (;;) {
        char *start = in->data + in->at;
        size_t rest = in->len - in->at;
        char *end = rest ? (char *)memchr(start, '\n', rest) : NULL;
        if (!end && in->eof && !rest)
            return 0;
        if (!end && !in->eof) {
            lines_fill(in);
            continue;
        }
        *line = start;
        *n = end ? (size_t)(end - start) : rest;
        start[*n] = 0;
        in->at += *n + (end != NULL);
        in->count++;
        return 1;
    }
}

static inline int lines_end(struct lines *in)
{
    free(in->data);
    return printf("%zu\n", in->count) < 0 || fflush(stdout) ? 3 : 0;
}

/* For a line that the parser refuses. */
static inline int lines_refuse(const struct lines *in)
{
    fprintf(stderr, "line %zu is refused\n", in->count);
    return 1;
}

#endif
