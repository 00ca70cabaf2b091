/* SPDX-License-Identifier: Apache-2.0 */
#include "births_linux.h"

#include "procfile.h"
#include "procfs.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t trust_ns = INT64_C(10000000000);

/* status shows a process's number in this /proc, and then those in the namespaces below it. */
static bool numbers_are_ours(int proc)
{
    char text[4096], numbers[64], *end = numbers;
    size_t n = procfile_slurp(proc, "self/status", text, sizeof text);
    return cpuinfo_find(text, n, "NSpid", numbers, sizeof numbers) && strtol(numbers, &end, 10) == getpid() && !*end;
}

/* A file system of its own has been mounted over the kernel's file. */
static bool is_covered(int proc, int fd)
{
    struct stat dir, file;
    return fstat(proc, &dir) < 0 || fstat(fd, &file) < 0 || dir.st_dev != file.st_dev;
}

static void *be_born(void *arg)
{
    return arg;
}

static bool counts(const struct births *b)
{
    pthread_t thread;
    uint64_t before = births_mark(b, 0);
    if (!before || pthread_create(&thread, NULL, be_born, NULL) != 0)
        return false;
    pthread_join(thread, NULL);
    return births_mark(b, 0) != before;
}

void births_open(struct births *b, const char *proc)
{
    int dir = open(proc, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    b->fd = dir < 0 ? -1 : openat(dir, "loadavg", O_RDONLY | O_CLOEXEC);
    if (b->fd >= 0 && (is_covered(dir, b->fd) || !numbers_are_ours(dir) || !counts(b)))
        births_close(b);
    if (dir >= 0)
        close(dir);
}

bool births_are_known(const struct births *b)
{
    return b->fd >= 0;
}

uint64_t births_mark(const struct births *b, int64_t now_ns)
{
    char text[128];
    uint64_t last;
    if (b->fd < 0 || !loadavg_last_parse(text, procfile_read(b->fd, text, sizeof text), &last) || last == 0)
        return 0;
    return (uint64_t)(now_ns / trust_ns) << 32 | (last & INT32_MAX);
}

bool births_between(uint64_t before, uint64_t now, int *after, int *last)
{
    *after = (int)(before & INT32_MAX);
    *last = (int)(now & INT32_MAX);
    return before && now && before >> 32 == now >> 32 && *after < *last;
}

void births_close(struct births *b)
{
    if (b->fd >= 0)
        close(b->fd);
    b->fd = -1;
}
