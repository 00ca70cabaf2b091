/* SPDX-License-Identifier: Apache-2.0 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_is_live(int fd)
{
    const char *term = getenv("TERM");
    return term && *term && strcmp(term, "dumb") != 0 && isatty(fd);
}

bool terminal_has_colours(int fd)
{
    const char *no_color = getenv("NO_COLOR");
    return !(no_color && *no_color) && terminal_is_live(fd);
}

unsigned terminal_columns(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool terminal_is_ours(int fd)
{
    return tcgetpgrp(fd) == getpgrp();
}
