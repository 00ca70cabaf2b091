/* SPDX-License-Identifier: Apache-2.0
 * Work shared by threads. */
#include "jsonl.h"

#include <pthread.h>
#ifdef __linux__
#include <sched.h>
#endif
#include <stdatomic.h>
#include <unistd.h>

enum { HELPERS_MAX = 63 }; /* threads besides the calling one */

size_t jsonl_processors(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
        return (size_t)CPU_COUNT(&set);
#endif
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (size_t)n : 1;
}

struct shared {
    void (*work)(void *context, size_t i);
    void *context;
    size_t n;
    atomic_size_t next;
};

static void *shared_work(void *shared)
{
    struct shared *s = shared;
    for (size_t i; (i = atomic_fetch_add(&s->next, 1)) < s->n;)
        s->work(s->context, i);
    return NULL;
}

void jsonl_share(size_t threads, size_t n, void (*work)(void *context, size_t i), void *context)
{
    struct shared s = {.work = work, .context = context, .n = n};
    pthread_t helper[HELPERS_MAX];
    size_t started = 0;
    threads = threads ? threads : jsonl_processors();
    threads = threads < n ? threads : n;
    while (started + 1 < threads && started < HELPERS_MAX &&
           pthread_create(&helper[started], NULL, shared_work, &s) == 0)
        started++;
    shared_work(&s);
    while (started)
        pthread_join(helper[--started], NULL);
}
