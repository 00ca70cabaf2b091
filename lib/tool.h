/* SPDX-License-Identifier: Apache-2.0
 * A tool's command line, all of it from one table: what getopt_long is told, what -h shows, and what is said of a slip.
 * Not installed; the four tools alone know of it.
 *
 * Each has -h, --help and --version besides its own options.  A slip is exit status 2 and one message:
 *
 *     tool: -f papyrus: should be html, svg, trace or text      a wrong value
 *     tool: --fromat: no such option; did you mean --format?    no such option, with the usage below it
 */
#ifndef JSONL_TOOL_H
#define JSONL_TOOL_H

#include "jsonl.h"

enum { TOOL_OPTIONS_MAX = 24 };

struct tool_option {
    char letter;          /* 0: it has none */
    const char *name;     /* string: the long one */
    const char *argument; /* string: what it takes, in a word; NULL: nothing */
    const char *help;     /* string: of one line or more, without the last line's end */

    /* Where it goes, one of the three. */
    bool *flag;                                                                /* becomes true */
    const char **text;                                                         /* becomes the argument, a string */
    bool (*set)(void *context, const char *argument, struct jsonl_error *err); /* false: *err says what it should be */
};

struct tool {
    const char *name;                  /* string: of the program, whatever it is installed by */
    const char *usage;                 /* string: what may follow the name */
    const char *about;                 /* string: one sentence or two, in lines */
    const char *exits;                 /* string: the exit statuses, in lines */
    const struct tool_option *options; /* at most TOOL_OPTIONS_MAX; by letter, those without one behind them by name */
    size_t options_len;
    void *context;     /* for `set` */
    bool runs_command; /* the first operand ends the options: what follows is a command's */
};

struct tool_operands {
    char **at; /* of argv */
    size_t n;
    bool dashes; /* -- stood before them, if they are a command's */
};

/* Reads the command line.  TOOL_GO: go on; else it is over, after -h, --version or what was wrong, and that has been
 * said: exit with what is returned. */
enum { TOOL_GO = -1 };
JSONL_API int jsonl_tool_options(const struct tool *t, int argc, char **argv, struct tool_operands *operands);

/* Says that options do not go together, shows the usage, and returns JSONL_EXIT_USAGE. */
JSONL_API int jsonl_tool_misused(const struct tool *t, const char *what);

/* A whole number from `least` to `most`, in digits alone.  false: it is none. */
JSONL_API bool jsonl_tool_count(const char *text, size_t least, size_t most, size_t *out);

/* Says so, and returns JSONL_EXIT_IO. */
JSONL_API int jsonl_tool_no_memory(void);

#endif
