/* SPDX-License-Identifier: Apache-2.0 */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A recording that was cut off must not swallow the first line of the next.  (Not by opening the output itself
 * for reading, too: we would be the reader of a FIFO then, and never see that its reader has gone.) */
static bool output_ends_open(const char *path, int fd)
{
    struct stat st;
    char last = '\n';
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
        return false;
    int in = open(path, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return false;
    bool read = pread(in, &last, 1, st.st_size - 1) == 1;
    close(in);
    return read && last != '\n';
}

bool output_open(struct output *o, const char *path, struct jsonl_error *err)
{
    *o = (struct output){.fd = STDOUT_FILENO, .name = "(standard output)"};
    if (!path || strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
        return true;
    o->name = path;
    do
        o->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    while (o->fd < 0 && errno == EINTR);
    if (o->fd < 0) {
        jsonl_error_set(err, "%s: cannot write: %s", path, strerror(errno));
        return false;
    }
    if (output_ends_open(path, o->fd))
        (void)output_line(o, "\n", 1); /* a failure comes out with the next line */
    return true;
}

bool output_line(struct output *o, const char *line, size_t n)
{
    while (n > 0 && !o->error) {
        ssize_t written = write(o->fd, line, n);
        if (written > 0) {
            line += written;
            n -= (size_t)written;
        } else if (written == 0) {
            o->error = EIO;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd ready = {.fd = o->fd, .events = POLLOUT};
            if (poll(&ready, 1, -1) < 0 && errno == EINTR && atomic_load(&o->hurry))
                o->error = EINTR;
        } else if (errno != EINTR || atomic_load(&o->hurry)) {
            o->error = errno;
        }
    }
    return !o->error;
}

bool output_close(struct output *o)
{
    if (close(o->fd) < 0 && !o->error && errno != EINTR)
        o->error = errno;
    o->fd = -1;
    return !o->error;
}
