/* SPDX-License-Identifier: Apache-2.0
 * The handler knows the files by a list.  Who changes that holds the signals back in its own thread, and a handler in
 * another one waits for it, so that there is no moment in which a file exists that it does not see. */
#include "partial.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Not SIGQUIT, which is asked for to see what there is. */
static const int ending[] = {SIGHUP, SIGINT, SIGTERM, SIGXCPU};
enum { ENDINGS = sizeof ending / sizeof ending[0] };

static atomic_flag changing = ATOMIC_FLAG_INIT;
static struct partial *partials;
static _Atomic pid_t owner; /* the process that has made them */

static void list_enter(void)
{
    while (atomic_flag_test_and_set(&changing))
        ;
}

/* It keeps the list: until the program has ended, nobody is to make another file.  The signal comes again as soon as
 * the handler has returned, and whoever waits for the program sees what ended it. */
static void on_ending(int signo)
{
    if (getpid() == owner) {
        list_enter();
        for (const struct partial *p = partials; p; p = p->next)
            unlink(p->path);
    }
    signal(signo, SIG_DFL);
    raise(signo);
}

static sigset_t ending_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ENDINGS; i++)
        sigaddset(&set, ending[i]);
    return set;
}

/* Where the action is still `from`. */
static void actions_change(void (*from)(int), void (*to)(int))
{
    for (size_t i = 0; i < ENDINGS; i++) {
        struct sigaction action;
        sigaction(ending[i], NULL, &action);
        if (action.sa_flags & SA_SIGINFO || action.sa_handler != from)
            continue;
        action = (struct sigaction){.sa_handler = to, .sa_mask = ending_set()};
        sigaction(ending[i], &action, NULL);
    }
}

static sigset_t list_begin(void)
{
    sigset_t set = ending_set(), before;
    pthread_sigmask(SIG_BLOCK, &set, &before);
    list_enter();
    return before;
}

static void list_end(const sigset_t *before)
{
    atomic_flag_clear(&changing);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

int partial_create(struct partial *p, char *template)
{
    sigset_t before = list_begin();
    int fd = mkstemp(template), error = errno;
    if (fd >= 0) {
        if (owner != getpid())
            partials = NULL; /* those of the process that this one was forked from */
        owner = getpid();
        if (!partials)
            actions_change(SIG_DFL, on_ending);
        *p = (struct partial){.path = template, .next = partials};
        partials = p;
    }
    list_end(&before);
    errno = error;
    return fd;
}

static void partial_forget(struct partial *p)
{
    sigset_t before = list_begin();
    struct partial **at = &partials;
    while (*at && *at != p)
        at = &(*at)->next;
    if (*at)
        *at = p->next;
    if (!partials)
        actions_change(on_ending, SIG_DFL);
    list_end(&before);
    free(p->path);
    p->path = NULL;
}

int partial_rename(struct partial *p, const char *to)
{
    int error = rename(p->path, to) < 0 ? errno : 0;
    if (error)
        unlink(p->path);
    partial_forget(p);
    return error;
}

void partial_remove(struct partial *p)
{
    unlink(p->path);
    partial_forget(p);
}
