/* SPDX-License-Identifier: Apache-2.0 */
#include "zombies_linux.h"

#include "grow.h"
#include "process_linux.h"
#include "proctree.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    KNOWN_MAX = 1 << 17,
    FILES_FEW = 64, /* with fewer descriptors none is to spare */
};

struct known_process {
    int pid;
    int pidfd;   /* -1: its end is not told */
    ino_t entry; /* in /proc: another process of the same number has another one; 0: not known */
    bool dull;   /* never to be read again: it has gone, or is a thread of the kernel's */
};

static size_t watched_max(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0 || files.rlim_cur < FILES_FEW)
        return 0;
    return files.rlim_cur / 4 < ZOMBIES_WATCHED ? (size_t)files.rlim_cur / 4 : ZOMBIES_WATCHED;
}

bool zombies_open(struct zombies *z, const char *proc, const struct births *births, int root)
{
    *z = (struct zombies){.proc = opendir(proc), .births = births, .root = root, .ends = -1};
    if (z->proc && births_are_known(births)) /* else numbers of /proc are not those of system calls */
        z->ends = epoll_create1(EPOLL_CLOEXEC);
    z->watched_max = z->ends < 0 ? 0 : watched_max();
    return z->proc;
}

/* ---- One process ---- */

static void zombies_forget(struct zombies *z, struct known_process *one)
{
    if (one->pidfd < 0)
        return;
    close(one->pidfd);
    one->pidfd = -1;
    z->watched--;
}

/* Has its end told.  false: that cannot be had, and errno says why. */
static bool zombies_watch(struct zombies *z, struct known_process *one)
{
#ifdef SYS_pidfd_open
    struct epoll_event end = {.events = EPOLLIN, .data.fd = one->pid};
    errno = EMFILE;
    if (z->watched < z->watched_max)
        one->pidfd = (int)syscall(SYS_pidfd_open, one->pid, 0);
    if (one->pidfd < 0) {
        if (errno == ENOSYS || errno == EPERM) /* an old kernel, or one that is kept from it */
            z->watched_max = 0;
        return false;
    }
    z->watched++;
    if (epoll_ctl(z->ends, EPOLL_CTL_ADD, one->pidfd, &end) == 0)
        return true;
    int error = errno;
    zombies_forget(z, one);
    errno = error;
#else
    (void)z;
    (void)one;
    errno = ENOSYS;
#endif
    return false;
}

/* Is it a zombie now? */
static bool zombies_look(struct zombies *z, struct known_process *one)
{
    struct proc now;
    if (process_read(dirfd(z->proc), one->pid, &now))
        return proc_is_zombie(&now, z->root);
    if (errno == ESRCH) {
        zombies_forget(z, one);
        one->dull = true;
    } else {
        z->blind = true;
    }
    return false;
}

/* ---- The list of them ---- */

static int compare(const void *a, const void *b)
{
    const struct known_process *x = a, *y = b;
    return (x->pid > y->pid) - (x->pid < y->pid);
}

static struct known_process *zombies_find(const struct zombies *z, int pid)
{
    const struct known_process key = {.pid = pid};
    return z->len ? bsearch(&key, z->list, z->len, sizeof *z->list, compare) : NULL;
}

/* Into its place by its number, mostly the last. */
static bool zombies_add(struct zombies *z, const struct known_process *one)
{
    if (z->len == KNOWN_MAX || !GROW(z->list, z->len + 1, z->cap))
        return false;
    size_t at = z->len++;
    for (; at > 0 && z->list[at - 1].pid > one->pid; at--)
        z->list[at] = z->list[at - 1];
    z->list[at] = *one;
    return true;
}

/* Tries the numbers that have been given since the last time; those of threads are none of processes.  false: it takes
 * a listing. */
static bool zombies_add_new(struct zombies *z, uint64_t mark)
{
    int after, last;
    if (!births_between(z->mark, mark, &after, &last) || (size_t)(last - after) > 2 * z->len)
        return false; /* a number takes half as long as a process of a listing */
    for (int pid = after + 1; pid <= last; pid++) {
        struct known_process one = {.pid = pid, .pidfd = -1};
        const struct known_process *known = zombies_find(z, pid);
        if (known && known->dull) /* a number that is used again, after 32768 others or millions */
            return false;
        if (known) /* the kernel had to leave it out */
            continue;
        if (!zombies_watch(z, &one)) {
            if (errno != ESRCH && errno != EINVAL && errno != ENOENT)
                return false;
        } else if (!zombies_add(z, &one)) {
            zombies_forget(z, &one);
            return false;
        }
    }
    return true;
}

/* All processes; what is known of them already is taken over.  false: there are too many. */
static bool zombies_list(struct zombies *z)
{
    struct zombies old = *z;
    z->list = NULL;
    z->len = z->cap = 0;
    bool ok = true;
    rewinddir(z->proc);
    for (struct dirent *entry; ok && (entry = readdir(z->proc));) {
        int pid = process_number(entry->d_name);
        struct known_process *known = pid ? zombies_find(&old, pid) : NULL;
        struct known_process one = {.pid = pid, .pidfd = -1, .entry = entry->d_ino};
        struct proc now;
        if (known && known->entry == entry->d_ino) {
            one = *known;
            known->pidfd = -1;
            if (one.pidfd < 0 && !one.dull) /* perhaps there is a place for it by now */
                (void)zombies_watch(z, &one);
        } else if (!pid || !process_read(dirfd(z->proc), pid, &now)) {
            z->blind |= pid && errno != ESRCH;
            continue;
        } else {
            one.dull = now.kernel;
            if (!one.dull)
                (void)zombies_watch(z, &one);
        }
        ok = zombies_add(z, &one);
        if (!ok)
            zombies_forget(z, &one);
    }
    for (size_t i = 0; i < old.len; i++)
        zombies_forget(z, &old.list[i]);
    free(old.list);
    return ok;
}

double zombies_count(struct zombies *z, int64_t now_ns)
{
    size_t count = 0;
    uint64_t mark = births_mark(z->births, now_ns);
    z->blind = false;
    bool listed = (mark && mark == z->mark) || zombies_add_new(z, mark) || zombies_list(z);
    z->mark = listed && !z->blind ? mark : 0;
    int ended = z->watched ? epoll_wait(z->ends, z->ended, ZOMBIES_WATCHED, 0) : 0;
    for (int i = 0; i < ended; i++) {
        struct known_process *one = zombies_find(z, z->ended[i].data.fd);
        count += one && zombies_look(z, one);
    }
    for (size_t i = 0; z->watched < z->len && i < z->len; i++)
        if (z->list[i].pidfd < 0 && !z->list[i].dull)
            count += zombies_look(z, &z->list[i]);
    return listed && !z->blind ? (double)count : (double)NAN;
}

void zombies_close(struct zombies *z)
{
    for (size_t i = 0; i < z->len; i++)
        zombies_forget(z, &z->list[i]);
    free(z->list);
    if (z->ends >= 0)
        close(z->ends);
    if (z->proc)
        closedir(z->proc);
}
