/* SPDX-License-Identifier: Apache-2.0
 * An output file that is there whole or not at all. */
#include "descriptor.h"
#include "jsonl.h"
#include "no_memory.h"
#include "partial.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct jsonl_output {
    struct jsonl_writer *writer;
    int fd;
    char *path;             /* NULL: a descriptor that was open already */
    struct partial partial; /* the file beside it that is being written; none: path itself is */
};

static void output_free(struct jsonl_output *o)
{
    jsonl_writer_free(o->writer);
    free(o->path);
    free(o);
}

/* The file that a path means in the end: a symbolic link to a file stays a link, and what it leads to is replaced. */
static char *path_resolve(const char *path)
{
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
        char *resolved = realpath(path, NULL);
        if (resolved)
            return resolved;
    }
    return strdup(path);
}

/* What umask leaves of 0666, or the mode of the file that is replaced: mkstemp's 0600 is not what people expect. */
static mode_t output_mode(const char *path)
{
    struct stat st;
    if (stat(path, &st) == 0)
        return st.st_mode & 07777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* A name beside the path for mkstemp; of a long one only the beginning, as the suffix must fit, too. */
static char *partial_name(const char *path)
{
    static const char suffix[] = ".XXXXXX";
    enum { BASE_MAX = 200 };
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash + 1 - path) : 0;
    size_t base = strlen(path + n);
    n += base < BASE_MAX ? base : BASE_MAX;
    char *name = malloc(n + sizeof suffix);
    if (name) {
        memcpy(name, path, n);
        memcpy(name + n, suffix, sizeof suffix);
    }
    return name;
}

static bool open_beside(struct jsonl_output *o)
{
    char *name = partial_name(o->path);
    if (!name)
        return false;
    o->fd = partial_create(&o->partial, name);
    if (o->fd < 0) {
        free(name);
        return false;
    }
    fcntl(o->fd, F_SETFD, FD_CLOEXEC);
    fchmod(o->fd, output_mode(o->path));
    return true;
}

/* /dev/stdout and /dev/fd/N name what is open already: to replace the file that is behind one of them, or to open it
 * again at its start, would lose what others have written or will write to it.  -1: it is no such name. */
static int path_descriptor(const char *path)
{
    static const char *const dirs[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
        size_t n = strlen(dirs[i]);
        const char *number = path + n;
        if (strncmp(path, dirs[i], n) == 0 && *number && strlen(number) < 9 &&
            strspn(number, "0123456789") == strlen(number))
            return atoi(number);
    }
    return -1;
}

static bool open_path(struct jsonl_output *o, const char *path)
{
    struct stat st;
    int fd = path_descriptor(path);
    if (fd >= 0) {
        o->fd = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        return o->fd >= 0;
    }
    o->path = path_resolve(path);
    if (!o->path)
        return false;
    if (stat(o->path, &st) < 0 || S_ISREG(st.st_mode))
        return open_beside(o);
    o->fd = descriptor_open(o->path, O_WRONLY | O_CLOEXEC);
    return o->fd >= 0;
}

/* ---- Names */

static bool path_standard(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

const char *jsonl_output_name(const char *path)
{
    return path_standard(path) ? "(standard output)" : path;
}

/* What a path is, where `standard` is the descriptor that "-" means.  false: no regular file. */
static bool path_regular(const char *path, int standard, struct stat *st)
{
    int fd = path_standard(path) ? standard : path_descriptor(path);
    return (fd >= 0 ? fstat(fd, st) : stat(path, st)) == 0 && S_ISREG(st->st_mode);
}

const char *jsonl_output_among(const char *path, const char *const *files, size_t n)
{
    static const char *const standard_input[] = {"-"};
    struct stat out, in;
    if (!path_regular(path, STDOUT_FILENO, &out))
        return NULL;
    files = n ? files : standard_input;
    n = n ? n : 1;
    for (size_t i = 0; i < n; i++)
        if (path_regular(files[i], STDIN_FILENO, &in) && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return files[i];
    return NULL;
}

/* ---- Opening and closing */

struct jsonl_output *jsonl_output_open(const char *path, struct jsonl_error *err)
{
    struct jsonl_output *o = calloc(1, sizeof *o);
    if (!o)
        return error_no_memory(err);
    o->fd = STDOUT_FILENO;
    if (!path_standard(path) && !open_path(o, path)) {
        jsonl_error_set(err, "cannot write: %s", strerror(errno));
        output_free(o);
        return NULL;
    }
    o->writer = jsonl_writer_new(o->fd);
    if (!o->writer) {
        error_no_memory(err);
        jsonl_output_abandon(o);
        return NULL;
    }
    return o;
}

struct jsonl_writer *jsonl_output_writer(struct jsonl_output *o)
{
    return o->writer;
}

bool jsonl_output_close(struct jsonl_output *o, struct jsonl_error *err)
{
    int error = jsonl_writer_flush(o->writer);
    if (close(o->fd) < 0 && !error)
        error = errno;
    if (o->partial.path && error)
        partial_remove(&o->partial);
    else if (o->partial.path)
        error = partial_rename(&o->partial, o->path);
    if (error)
        jsonl_error_set(err, "cannot write: %s", strerror(error));
    output_free(o);
    return error == 0;
}

void jsonl_output_abandon(struct jsonl_output *o)
{
    if (!o)
        return;
    if (o->fd != STDOUT_FILENO)
        close(o->fd);
    if (o->partial.path)
        partial_remove(&o->partial);
    output_free(o);
}

int jsonl_print(const char *first, const char *second)
{
    struct jsonl_error err;
    struct jsonl_output *o = jsonl_output_open(NULL, &err);
    if (o) {
        jsonl_puts(o->writer, first);
        jsonl_puts(o->writer, second);
    }
    if (o && jsonl_output_close(o, &err))
        return JSONL_EXIT_OK;
    jsonl_warn_at(jsonl_output_name(NULL), 0, 0, "%s", err.message);
    return JSONL_EXIT_IO;
}
