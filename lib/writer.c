/* SPDX-License-Identifier: Apache-2.0
 * The buffer, its file descriptor, and the first error. */
#include "writer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WRITER_BLOCK = 64 << 10 }; /* a descriptor's buffer is flushed when it reaches this */

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

/* All n bytes, through interruptions and descriptors that do not block. */
static int write_all(int fd, const char *data, size_t n)
{
    while (n > 0) {
        ssize_t written = write(fd, data, n);
        if (written > 0) {
            data += written;
            n -= (size_t)written;
        } else if (written == 0) {
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

int jsonl_writer_flush(struct jsonl_writer *w)
{
    if (w->fd < 0 || w->error)
        return w->error;
    w->error = write_all(w->fd, w->data, w->len);
    w->len = 0;
    return w->error;
}

/* Room for n more bytes and a NUL. */
bool writer_reserve(struct jsonl_writer *w, size_t n)
{
    if (w->error)
        return false;
    if (n < w->cap - w->len)
        return true;
    if (w->fd >= 0 && w->len + n >= WRITER_BLOCK && jsonl_writer_flush(w))
        return false;
    if (n < w->cap - w->len)
        return true;
    size_t cap = w->cap ? w->cap : w->fd >= 0 ? WRITER_BLOCK : 1024;
    while (cap - w->len <= n) {
        if (cap > SIZE_MAX / 2) {
            w->error = ENOMEM;
            return false;
        }
        cap *= 2;
    }
    char *data = realloc(w->data, cap);
    if (!data) {
        w->error = ENOMEM;
        return false;
    }
    w->data = data;
    w->cap = cap;
    return true;
}

void jsonl_write(struct jsonl_writer *w, const void *data, size_t n)
{
    if (n >= WRITER_BLOCK && w->fd >= 0) { /* too much to be worth copying */
        if (!jsonl_writer_flush(w))
            w->error = write_all(w->fd, data, n);
        return;
    }
    if (n && writer_reserve(w, n)) {
        memcpy(w->data + w->len, data, n);
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
        w->error = w->error ? w->error : EILSEQ;
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
    w->more = false;
}
