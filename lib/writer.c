/* SPDX-License-Identifier: Apache-2.0
 * The buffer, its file descriptor, and the first error. */
#include "writer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    WRITER_BLOCK = 64 << 10,   /* a descriptor's buffer; larger pieces are written as they are */
    WRITER_LINE_MAX = 1 << 20, /* longer lines go out in pieces */
};

struct jsonl_writer *jsonl_writer_new(int fd)
{
    struct jsonl_writer *w = calloc(1, sizeof *w);
    if (w)
        w->fd = fd;
    return w;
}

void jsonl_writer_free(struct jsonl_writer *w)
{
    if (!w)
        return;
    free(w->data);
    free(w);
}

int jsonl_writer_error(const struct jsonl_writer *w)
{
    return w->error;
}

/* Keeps the first error, and shuts the buffer. */
static void fail(struct jsonl_writer *w, int error)
{
    if (!w->error)
        w->error = error;
    w->len = w->cap = 0;
}

/* Some of two pieces of text, in one call of the system. */
static ssize_t write_some(int fd, struct jsonl_text first, struct jsonl_text second)
{
    struct iovec v[2] = {{(void *)(uintptr_t)first.s, first.n}, {(void *)(uintptr_t)second.s, second.n}};
    return second.n == 0 ? write(fd, first.s, first.n) : writev(fd, v, 2);
}

/* All of two pieces, through interruptions and descriptors that do not block.  Returns 0 or an errno. */
static int write_all(int fd, struct jsonl_text first, struct jsonl_text second)
{
    while (first.n + second.n > 0) {
        if (first.n == 0)
            first = second, second.n = 0;
        ssize_t n = write_some(fd, first, second);
        if (n > 0) {
            size_t of_first = (size_t)n < first.n ? (size_t)n : first.n;
            size_t of_second = (size_t)n - of_first;
            first = (struct jsonl_text){first.s + of_first, first.n - of_first};
            if (of_second)
                second = (struct jsonl_text){second.s + of_second, second.n - of_second};
        } else if (n == 0) {
            return EIO;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno != EINTR)
                return errno;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/* Hands over the first n bytes of the buffer, and with them `more`.  Returns whether all is well. */
static bool hand_over(struct jsonl_writer *w, size_t n, struct jsonl_text more)
{
    int error = write_all(w->fd, (struct jsonl_text){w->data, n}, more);
    if (error) {
        fail(w, error);
        return false;
    }
    w->len -= n;
    if (w->len > 0) /* else there may be no buffer at all */
        memmove(w->data, w->data + n, w->len);
    return true;
}

int jsonl_writer_flush(struct jsonl_writer *w)
{
    if (w->fd >= 0 && !w->error && w->len > 0)
        hand_over(w, w->len, (struct jsonl_text){NULL, 0});
    return w->error;
}

/* How much of the text is whole lines. */
static size_t whole_lines(const char *text, size_t n)
{
    while (n > 0 && text[n - 1] != '\n')
        n--;
    return n;
}

/* A full buffer goes out up to its last line end, so that no line comes in two pieces; without any it grows. */
bool writer_reserve(struct jsonl_writer *w, size_t n)
{
    if (w->error)
        return false;
    if (n < w->cap - w->len)
        return true;
    if (w->fd >= 0 && w->len > 0) {
        size_t lines = w->len + n < WRITER_BLOCK ? 0 : whole_lines(w->data, w->len);
        if (lines == 0 && w->len + n > WRITER_LINE_MAX)
            lines = w->len;
        if (lines > 0 && !hand_over(w, lines, (struct jsonl_text){NULL, 0}))
            return false;
        if (n < w->cap - w->len)
            return true;
    }
    size_t cap = w->cap ? w->cap : w->fd >= 0 ? WRITER_BLOCK : 1024;
    while (cap - w->len <= n) {
        if (cap > SIZE_MAX / 2) {
            fail(w, ENOMEM);
            return false;
        }
        cap *= 2;
    }
    char *data = realloc(w->data, cap);
    if (!data) {
        fail(w, ENOMEM);
        return false;
    }
    w->data = data;
    w->cap = cap;
    return true;
}

/* What is too much to be worth copying goes out with what is in the buffer, up to the last line end.  Returns how
 * much of it that was. */
static size_t write_through(struct jsonl_writer *w, const char *data, size_t n)
{
    size_t lines = whole_lines(data, n);
    if (lines == 0 && w->len + n > WRITER_LINE_MAX)
        lines = n;
    if (lines > 0 && !hand_over(w, w->len, (struct jsonl_text){data, lines}))
        return n;
    return lines;
}

void jsonl_write(struct jsonl_writer *w, const void *data, size_t n)
{
    const char *from = data;
    if (n >= WRITER_BLOCK && w->fd >= 0 && !w->error) {
        size_t written = write_through(w, from, n);
        from += written;
        n -= written;
    }
    char *to = n ? writer_room(w, n) : NULL;
    if (to) {
        memcpy(to, from, n);
        w->len += n;
    }
}

void jsonl_puts(struct jsonl_writer *w, const char *string)
{
    jsonl_write(w, string, strlen(string));
}

void jsonl_printf(struct jsonl_writer *w, const char *format, ...)
{
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0) {
        fail(w, EILSEQ);
    } else if ((size_t)n < sizeof small) {
        jsonl_write(w, small, (size_t)n);
    } else if (writer_reserve(w, (size_t)n + 1)) {
        vsnprintf(w->data + w->len, (size_t)n + 1, format, again);
        w->len += (size_t)n;
    }
    va_end(again);
}

struct jsonl_text jsonl_writer_text(struct jsonl_writer *w)
{
    if (!writer_reserve(w, 0))
        return (struct jsonl_text){"", 0};
    w->data[w->len] = '\0';
    return (struct jsonl_text){w->data, w->len};
}

void jsonl_writer_clear(struct jsonl_writer *w)
{
    w->len = 0;
    w->more = w->keyed = false;
}
