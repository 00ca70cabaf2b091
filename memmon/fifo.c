/* SPDX-License-Identifier: Apache-2.0 */
#include "fifo.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The command may go to another directory, and its path must still hold. */
static char *absolute(const char *path)
{
    if (*path == '/')
        return strdup(path);
    char dir[PATH_MAX];
    if (!getcwd(dir, sizeof dir))
        return NULL;
    size_t size = strlen(dir) + 1 + strlen(path) + 1;
    char *full = malloc(size);
    if (full)
        (void)snprintf(full, size, "%s/%s", dir, path);
    return full;
}

/* Returns 0 or an errno. */
static int fifo_open_ends(struct fifo *f)
{
    struct stat st;
    f->made = mkfifo(f->path, 0600) == 0;
    if (!f->made && errno != EEXIST)
        return errno;
    if (stat(f->path, &st) < 0)
        return errno;
    if (!S_ISFIFO(st.st_mode))
        return EEXIST;
    f->dev = st.st_dev;
    f->ino = st.st_ino;
    f->fd = open(f->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (f->fd < 0)
        return errno;
    f->hold_fd = open(f->path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return f->hold_fd < 0 ? errno : 0;
}

bool fifo_open(struct fifo *f, const char *path, struct jsonl_error *err)
{
    *f = (struct fifo){.path = absolute(path), .fd = -1, .hold_fd = -1};
    int error = f->path ? fifo_open_ends(f) : errno;
    if (!error)
        return true;
    if (error == EEXIST)
        jsonl_error_set(err, "%s: exists and is not a FIFO", path);
    else
        jsonl_error_set(err, "%s: cannot use as a FIFO: %s", path, strerror(error));
    fifo_close(f);
    return false;
}

size_t fifo_read(const struct fifo *f, char *buf, size_t n)
{
    ssize_t got;
    do
        got = read(f->fd, buf, n);
    while (got < 0 && errno == EINTR);
    return got > 0 ? (size_t)got : 0;
}

void fifo_close(struct fifo *f)
{
    struct stat st;
    if (f->fd >= 0)
        close(f->fd);
    if (f->hold_fd >= 0)
        close(f->hold_fd);
    if (f->made && lstat(f->path, &st) == 0 && S_ISFIFO(st.st_mode) && st.st_dev == f->dev && st.st_ino == f->ino)
        (void)unlink(f->path);
    free(f->path);
    *f = (struct fifo){.fd = -1, .hold_fd = -1};
}
