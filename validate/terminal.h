/* SPDX-License-Identifier: Apache-2.0
 * What a person's terminal on stderr can show. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>

/* It is a terminal that knows how to take a line away: TERM is set, and not "dumb". */
bool terminal_is_live(int fd);

/* Such a terminal, and its owner has not asked for text without colours (NO_COLOR, if it is not empty). */
bool terminal_has_colours(int fd);

/* Characters in a row; 0: not known. */
unsigned terminal_columns(int fd);

/* Whether this process may write there now, or stopped and sent to the background should leave it alone. */
bool terminal_is_ours(int fd);

#endif
