/* SPDX-License-Identifier: Apache-2.0 */
#include "live.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { ROWS_MIN = 3, COLUMNS_MIN = 20 };

/* DECSC and DECRC: the cursor is put by and fetched; DECSTBM: rows that scroll, which moves the cursor; IND: down,
 * scrolling, in the same column; ED, EL: from the cursor to the end of the screen, the whole row; DECAWM: whether text
 * goes on in the next row. */
#define SAVE       "\0337"
#define RESTORE    "\0338"
#define ALL_SCROLL "\033[r"
#define DOWN       "\033D"
#define UP         "\033[A"
#define ERASE_DOWN "\033[J"
#define ERASE_ROW  "\033[2K"
#define WRAP       "\033[?7h"
#define NO_WRAP    "\033[?7l"

/* In the foreground, and read by lines. */
static bool terminal_is_ours(void)
{
    struct termios mode;
    return jsonl_terminal_ours(STDERR_FILENO) && tcgetattr(STDERR_FILENO, &mode) == 0 && mode.c_lflag & ICANON;
}

/* False after ^S: a write would wait for ^Q. */
static bool terminal_takes_output(void)
{
    struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && out.revents & POLLOUT;
}

static bool read_size(struct winsize *size)
{
    return ioctl(STDERR_FILENO, TIOCGWINSZ, size) == 0;
}

/* Lets all rows scroll again and erases the live line.  After a change of size it may be anywhere below the cursor. */
static void give_row(struct live *l)
{
    struct winsize size;
    if (read_size(&size) && size.ws_row == l->rows && size.ws_col == l->columns)
        jsonl_printf(l->w, SAVE "\033[%u;1H\033[m" ERASE_ROW ALL_SCROLL RESTORE, l->rows);
    else
        jsonl_puts(l->w, SAVE ALL_SCROLL RESTORE ERASE_DOWN);
    l->rows = l->columns = 0;
}

/* Makes sure that there is a row below the cursor, and lets only those above the last one scroll. */
static void take_row(struct live *l, unsigned rows, unsigned columns)
{
    jsonl_printf(l->w, DOWN UP SAVE "\033[1;%ur" RESTORE, rows - 1);
    l->rows = rows;
    l->columns = columns;
}

unsigned live_begin(struct live *l)
{
    struct winsize size;
    if (!l->w)
        return 0;
    if (!terminal_is_ours() || !read_size(&size) || size.ws_row < ROWS_MIN || size.ws_col < COLUMNS_MIN) {
        live_leave(l);
        return 0;
    }
    if (!terminal_takes_output())
        return 0;
    if (l->rows && (size.ws_row != l->rows || size.ws_col != l->columns))
        give_row(l);
    if (!l->rows)
        take_row(l, size.ws_row, size.ws_col);
    return l->columns - 1U; /* the last one would make some terminals wrap */
}

/* A terminal that has just become narrower, and has not told yet, would wrap the line, and scroll all above it away
 * from where the cursor is put back to. */
void live_draw(struct live *l, struct jsonl_text text)
{
    jsonl_printf(l->w, SAVE "\033[%u;1H\033[m" ERASE_ROW NO_WRAP, l->rows);
    jsonl_write(l->w, text.s, text.n);
    jsonl_puts(l->w, WRAP RESTORE);
    (void)jsonl_writer_flush(l->w);
}

void live_leave(struct live *l)
{
    if (!l->w || !l->rows)
        return;
    give_row(l);
    (void)jsonl_writer_flush(l->w);
}

/* A row of blanks, but one: from the start of a row it stays in it, from anywhere else it wraps into the next. */
void live_fresh_line(struct jsonl_writer *w)
{
    struct winsize size;
    if (!jsonl_terminal_live(STDERR_FILENO) || !read_size(&size) || size.ws_col < COLUMNS_MIN)
        return;
    jsonl_printf(w, "%*s\r\033[K", size.ws_col - 1, "");
}
