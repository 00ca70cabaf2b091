/* SPDX-License-Identifier: Apache-2.0
 * A library to be loaded before a program (LD_PRELOAD), which lets one of its calls of the system fail.  Linux, glibc.
 *
 *   FAULT=write:3:ENOSPC    the third write fails with that errno;  write:3+:ENOSPC: it and all that follow
 *   FAULT=read:2:short      the second read gets half of what was asked for; poll, say, cannot be short and is as usual
 *   FAULT=rename:1:SIGTERM  the program gets that signal in that call, which is as usual
 *   FAULT_LOG=FILE          without FAULT: the file gets a line "CALL NUMBER" for each call, how often there was one;
 *                           with it: the file is made when the fault happens
 *
 * Calls are counted from the program's start, or in a child from fork on as its parent's.  Programs that it runs are
 * left alone.  What goes to standard error is not counted: there the program is to say what has happened. */
#undef _FORTIFY_SOURCE /* its inline functions would stand in our place */
#undef _FILE_OFFSET_BITS
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* glibc's own, under names that nobody else defines. */
void *__libc_malloc(size_t n);           /* NOLINT */
void *__libc_calloc(size_t n, size_t m); /* NOLINT */
void *__libc_realloc(void *p, size_t n); /* NOLINT */

#define OUTSIDE __attribute__((visibility("default")))

/* X(result, name, parameters, arguments, result of a failure): calls that need nothing special. */
#define PLAIN_CALLS(X)                                                                                        \
    X(int, access, (const char *path, int mode), (path, mode), -1)                                            \
    X(int, faccessat, (int dir, const char *path, int mode, int flags), (dir, path, mode, flags), -1)         \
    X(int, dup2, (int from, int to), (from, to), -1)                                                          \
    X(int, execvp, (const char *file, char *const argv[]), (file, argv), -1)                                  \
    X(DIR *, fdopendir, (int fd), (fd), NULL)                                                                 \
    X(DIR *, opendir, (const char *path), (path), NULL)                                                       \
    X(struct dirent *, readdir, (DIR * dir), (dir), NULL)                                                     \
    X(int, fchmod, (int fd, mode_t mode), (fd, mode), -1)                                                     \
    X(int, fstat, (int fd, struct stat *st), (fd, st), -1)                                                    \
    X(int, lstat, (const char *path, struct stat *st), (path, st), -1)                                        \
    X(int, stat, (const char *path, struct stat *st), (path, st), -1)                                         \
    X(pid_t, fork, (void), (), -1)                                                                            \
    X(char *, getcwd, (char *to, size_t n), (to, n), NULL)                                                    \
    X(off_t, lseek, (int fd, off_t at, int from), (fd, at, from), -1)                                         \
    X(int, mkfifo, (const char *path, mode_t mode), (path, mode), -1)                                         \
    X(locale_t, newlocale, (int mask, const char *name, locale_t base), (mask, name, base), NULL)             \
    X(int, poll, (struct pollfd * fds, nfds_t n, int timeout), (fds, n, timeout), -1)                         \
    X(ssize_t, readlinkat, (int dir, const char *path, char *to, size_t n), (dir, path, to, n), -1)           \
    X(char *, realpath, (const char *path, char *to), (path, to), NULL)                                       \
    X(int, rename, (const char *from, const char *to), (from, to), -1)                                        \
    X(int, sched_getaffinity, (pid_t pid, size_t n, cpu_set_t * set), (pid, n, set), -1)                      \
    X(int, setenv, (const char *name, const char *value, int replace), (name, value, replace), -1)            \
    X(int, uname, (struct utsname * name), (name), -1)                                                        \
    X(int, clock_nanosleep, (clockid_t clock, int flags, const struct timespec *time, struct timespec *left), \
      (clock, flags, time, left), errno)                                                                      \
    X(int, pthread_attr_init, (pthread_attr_t * attr), (attr), errno)                                         \
    X(int, pthread_create, (pthread_t * t, const pthread_attr_t *attr, void *(*run)(void *), void *arg),      \
      (t, attr, run, arg), errno)                                                                             \
    X(int, pthread_mutex_init, (pthread_mutex_t * m, const pthread_mutexattr_t *attr), (m, attr), errno)

#define SPECIAL_CALLS(X) \
    X(close)             \
    X(fcntl)             \
    X(malloc)            \
    X(mkstemp)           \
    X(open)              \
    X(pipe)              \
    X(openat)            \
    X(pread)             \
    X(read)              \
    X(wait4)             \
    X(waitid)            \
    X(waitpid)           \
    X(write)

enum call {
#define PLAIN_ENUM(result, name, ...) CALL_##name,
#define SPECIAL_ENUM(name)            CALL_##name,
    PLAIN_CALLS(PLAIN_ENUM) SPECIAL_CALLS(SPECIAL_ENUM) CALLS
};

static const char *const names[CALLS] = {
#define PLAIN_NAME(result, name, ...) #name,
#define SPECIAL_NAME(name)            #name,
    PLAIN_CALLS(PLAIN_NAME) SPECIAL_CALLS(SPECIAL_NAME)};

static const struct error {
    const char *name;
    int number;
} errors[] = {
#define ERROR(name) \
    {               \
#name, name \
    }
    ERROR(EACCES), ERROR(EAGAIN), ERROR(EINTR), ERROR(EIO),   ERROR(EMFILE), ERROR(ENOENT),         ERROR(ENOMEM),
    ERROR(ENOSPC), ERROR(EPERM),  ERROR(EPIPE), ERROR(EXDEV), {"short", 0},  {"SIGTERM", -SIGTERM},
};

static struct {
    bool on;
    enum call call; /* CALLS: none, they are counted */
    unsigned number;
    bool lasting;
    int error; /* 0: short; below: the signal of -error */
    char log[512];
    atomic_uint count[CALLS];
} fault = {.call = CALLS};

static void log_line(const char *name, unsigned number)
{
    char line[64];
    int n = snprintf(line, sizeof line, "%s %u\n", name, number);
    long fd = syscall(SYS_openat, AT_FDCWD, fault.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    syscall(SYS_write, fd, line, (size_t)n);
    syscall(SYS_close, fd);
}

/* False with a note on stderr: it cannot be understood. */
static bool fault_read(const char *text)
{
    char name[32], mark[2] = "", kind[16];
    size_t i = 0, k = 0;
    if (sscanf(text, "%31[^:]:%u%1[+]:%15s", name, &fault.number, mark, kind) != 4 &&
        sscanf(text, "%31[^:]:%u:%15s", name, &fault.number, kind) != 3)
        return false;
    while (i < CALLS && strcmp(names[i], name) != 0)
        i++;
    while (k < sizeof errors / sizeof *errors && strcmp(errors[k].name, kind) != 0)
        k++;
    fault.call = (enum call)i;
    fault.lasting = *mark;
    if (i < CALLS && k < sizeof errors / sizeof *errors)
        fault.error = errors[k].number;
    return i < CALLS && k < sizeof errors / sizeof *errors;
}

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAULT"), *path = getenv("FAULT_LOG");
    if (!path || strlen(path) >= sizeof fault.log)
        return;
    snprintf(fault.log, sizeof fault.log, "%s", path);
    if (text && !fault_read(text)) {
        fprintf(stderr, "inject: FAULT is none: %s\n", text);
        _exit(99);
    }
    unsetenv("LD_PRELOAD");
    unsetenv("FAULT");
    unsetenv("FAULT_LOG");
    fault.on = true;
}

__attribute__((destructor)) static void end(void)
{
    for (int i = 0; i < CALLS && fault.on && fault.call == CALLS; i++)
        if (fault.count[i])
            log_line(names[i], fault.count[i]);
}

/* Counts a call.  True: it is the one, and errno is set, to 0 if it is to be short. */
static bool strikes(enum call call)
{
    if (!fault.on)
        return false;
    unsigned number = atomic_fetch_add(&fault.count[call], 1) + 1;
    if (call != fault.call || (fault.lasting ? number < fault.number : number != fault.number))
        return false;
    log_line(names[call], number);
    if (fault.error < 0) {
        raise(-fault.error);
        return false;
    }
    errno = fault.error;
    return true;
}

/* The next definition of a name; the cast of an object pointer to a function's is what POSIX has dlsym for. */
#define NEXT(real, name)                               \
    do {                                               \
        static void *found;                            \
        if (!found)                                    \
            found = dlsym(RTLD_NEXT, name);            \
        memcpy((void *)&(real), &found, sizeof found); \
    } while (0)

#define PLAIN(result, name, parameters, arguments, failed) \
    OUTSIDE result name parameters                         \
    {                                                      \
        result(*real) parameters;                          \
        if (strikes(CALL_##name) && errno)                 \
            return failed;                                 \
        NEXT(real, #name);                                 \
        return real arguments;                             \
    }
PLAIN_CALLS(PLAIN)

/* ---- Memory: of strdup and the like, too, which ask for it by these. ---- */

OUTSIDE void *malloc(size_t n)
{
    return strikes(CALL_malloc) ? NULL : __libc_malloc(n);
}

OUTSIDE void *calloc(size_t n, size_t m)
{
    return strikes(CALL_malloc) ? NULL : __libc_calloc(n, m);
}

OUTSIDE void *realloc(void *p, size_t n)
{
    return strikes(CALL_malloc) ? NULL : __libc_realloc(p, n);
}

/* ---- Descriptors: a pipe that the program has made for itself can be interrupted, but has no other faults. ---- */

enum { OWN_PIPES = 256 };
static atomic_bool own_pipe[OWN_PIPES]; /* by descriptor */

static void own_pipe_set(int fd, bool own)
{
    if (fd >= 0 && fd < OWN_PIPES)
        own_pipe[fd] = own;
}

/* For reading and writing; errno is set if it strikes. */
static bool strikes_at(enum call call, int fd)
{
    bool own = fd >= 0 && fd < OWN_PIPES && own_pipe[fd];
    return fd != STDERR_FILENO && !(own && fault.error != EINTR) && strikes(call);
}

OUTSIDE int pipe(int fds[2])
{
    int (*real)(int[2]);
    NEXT(real, "pipe");
    if (strikes(CALL_pipe) && errno)
        return -1;
    int result = real(fds);
    for (int i = 0; i < 2 && result == 0; i++)
        own_pipe_set(fds[i], true);
    return result;
}

static size_t half(size_t n)
{
    return n > 1 ? n / 2 : n;
}

OUTSIDE ssize_t read(int fd, void *to, size_t n)
{
    ssize_t (*real)(int, void *, size_t);
    NEXT(real, "read");
    if (!strikes_at(CALL_read, fd))
        return real(fd, to, n);
    return errno ? -1 : real(fd, to, half(n));
}

OUTSIDE ssize_t pread(int fd, void *to, size_t n, off_t at)
{
    ssize_t (*real)(int, void *, size_t, off_t);
    NEXT(real, "pread");
    if (!strikes(CALL_pread))
        return real(fd, to, n, at);
    return errno ? -1 : real(fd, to, half(n), at);
}

OUTSIDE ssize_t write(int fd, const void *from, size_t n)
{
    ssize_t (*real)(int, const void *, size_t);
    NEXT(real, "write");
    if (!strikes_at(CALL_write, fd))
        return real(fd, from, n);
    return errno ? -1 : real(fd, from, half(n));
}

OUTSIDE ssize_t writev(int fd, const struct iovec *v, int n)
{
    ssize_t (*real)(int, const struct iovec *, int);
    NEXT(real, "writev");
    if (!strikes_at(CALL_write, fd))
        return real(fd, v, n);
    return errno ? -1 : write(fd, v[0].iov_base, half(v[0].iov_len));
}

/* It is closed in any case, as Linux does it. */
OUTSIDE int close(int fd)
{
    int (*real)(int);
    NEXT(real, "close");
    bool fails = strikes(CALL_close) && errno;
    own_pipe_set(fd, false);
    int error = errno, result = real(fd);
    if (!fails)
        return result;
    errno = error;
    return -1;
}

OUTSIDE int fcntl(int fd, int command, ...)
{
    int (*real)(int, int, ...);
    va_list args;
    va_start(args, command);
    long arg = va_arg(args, long); /* what there is not is not looked at */
    va_end(args);
    NEXT(real, "fcntl");
    bool makes = command == F_DUPFD || command == F_DUPFD_CLOEXEC; /* the others do not fail */
    return makes && strikes(CALL_fcntl) && errno ? -1 : real(fd, command, arg);
}

/* What is not waited for is not interrupted. */
static bool strikes_opening(const char *path, int flags)
{
    bool kernel = strncmp(path, "/proc/", 6) == 0 || strncmp(path, "/sys/", 5) == 0;
    return !((kernel || flags & O_NONBLOCK) && fault.error == EINTR) && strikes(CALL_open);
}

OUTSIDE int open(const char *path, int flags, ...)
{
    int (*real)(const char *, int, ...);
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    NEXT(real, "open");
    return strikes_opening(path, flags) && errno ? -1 : real(path, flags, mode);
}

OUTSIDE int openat(int dir, const char *path, int flags, ...)
{
    int (*real)(int, const char *, int, ...);
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    NEXT(real, "openat");
    return strikes(CALL_openat) && errno ? -1 : real(dir, path, flags, mode);
}

/* A signal comes when the file is there. */
OUTSIDE int mkstemp(char *path)
{
    int (*real)(char *);
    NEXT(real, "mkstemp");
    if (fault.error >= 0)
        return strikes(CALL_mkstemp) && errno ? -1 : real(path);
    int fd = real(path);
    (void)strikes(CALL_mkstemp);
    return fd;
}

/* ---- Waiting, which is never interrupted where it does not wait. ---- */

OUTSIDE pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    pid_t (*real)(pid_t, int *, int, struct rusage *);
    NEXT(real, "wait4");
    return !(options & WNOHANG) && strikes(CALL_wait4) && errno ? -1 : real(pid, status, options, usage);
}

OUTSIDE pid_t waitpid(pid_t pid, int *status, int options)
{
    pid_t (*real)(pid_t, int *, int);
    NEXT(real, "waitpid");
    return !(options & WNOHANG) && strikes(CALL_waitpid) && errno ? -1 : real(pid, status, options);
}

OUTSIDE int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    int (*real)(idtype_t, id_t, siginfo_t *, int);
    NEXT(real, "waitid");
    return !(options & WNOHANG) && strikes(CALL_waitid) && errno ? -1 : real(type, id, info, options);
}
