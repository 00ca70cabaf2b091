/* SPDX-License-Identifier: Apache-2.0
 * What a person's terminal can show. */
#include "jsonl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool jsonl_terminal_live(int fd)
{
    const char *term = getenv("TERM");
    return term && *term && strcmp(term, "dumb") != 0 && isatty(fd);
}

bool jsonl_terminal_colours(int fd)
{
    const char *no_color = getenv("NO_COLOR");
    return !(no_color && *no_color) && jsonl_terminal_live(fd);
}

unsigned jsonl_terminal_columns(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool jsonl_terminal_ours(int fd)
{
    return tcgetpgrp(fd) == getpgrp();
}
