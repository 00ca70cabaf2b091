/* SPDX-License-Identifier: Apache-2.0 */
#include "procfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int procfile_open(const char *dir, const char *name, struct jsonl_error *err)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/%s", dir, name);
    if (n < 0 || (size_t)n >= sizeof path) {
        jsonl_error_set(err, "%s: %s", name, strerror(ENAMETOOLONG));
        return -1;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        jsonl_error_set(err, "%s: %s", path, strerror(errno));
    return fd;
}

size_t procfile_read(int fd, char *buf, size_t size)
{
    ssize_t n;
    do
        n = pread(fd, buf, size, 0);
    while (n < 0 && errno == EINTR);
    return n > 0 ? (size_t)n : 0;
}

size_t procfile_slurp(int dirfd, const char *name, char *buf, size_t size)
{
    int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    size_t n = procfile_read(fd, buf, size);
    close(fd);
    return n;
}

size_t procfile_rest(int fd, char *buf, size_t size)
{
    size_t n = 0;
    while (n < size) {
        ssize_t got = read(fd, buf + n, size - n);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        n += got > 0 ? (size_t)got : 0;
    }
    return n;
}

size_t procfile_all(int dirfd, const char *name, char *buf, size_t size)
{
    int fd = openat(dirfd, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    size_t n = procfile_rest(fd, buf, size);
    close(fd);
    return n;
}

void procfile_line(int dirfd, const char *name, char *buf, size_t size)
{
    buf[procfile_slurp(dirfd, name, buf, size - 1)] = '\0';
    size_t n = strcspn(buf, "\n");
    while (n && strchr(" \t\r", buf[n - 1]))
        n--;
    buf[n] = '\0';
}
