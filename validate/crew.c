/* SPDX-License-Identifier: Apache-2.0
 * Parts in flight are a ring, by their order in the input:
 *
 *     written <= order < taken <= written + ring_n
 *
 * Who reads holds `reading`; everything else is under `lock`, but for the part in hand, which belongs to the thread
 * that took it until it is handed in, and the filter, which belongs to whoever writes. */
#include "crew.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    SPARE_PARTS = 4,         /* in flight beyond one a thread, so that nobody waits for a slow one */
    START_BYTES = 256 << 10, /* of input before a thread is started, */
    START_BLOCK = 32 << 10,  /* by a block at least so large */
    STACK_BYTES = 16 << 20,  /* schemas within one another as deep as they may be */
};

struct slot {
    struct part part;
    bool done; /* handed in */
};

struct crew {
    struct filter *filter;
    const struct chooser *chooser;
    struct source source; /* `reading` */
    uint64_t bytes;       /* `reading`: so far */
    pthread_t *threads;   /* `reading`: started besides the calling one */
    size_t started, most; /* `reading`: of them */
    pthread_mutex_t reading;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* `written`, `writing` or `stop` has changed */
    struct slot *ring;
    size_t ring_n, taken, written;
    bool writing; /* a thread writes parts that were handed in */
    bool stop;
    int wake[2]; /* pipe: ends all waiting for input; -1: there is one thread only */
};

/* Nothing more is read or written; under `lock`. */
static void crew_stop(struct crew *c)
{
    c->stop = true;
    pthread_cond_broadcast(&c->moved);
    while (c->wake[1] >= 0 && write(c->wake[1], "", 1) < 0 && errno == EINTR)
        ;
}

static void *worker(void *crew);

/* One thread more, if there is work for it.  Without it the others do the work. */
static void crew_grow(struct crew *c, const struct jsonl_block *block)
{
    pthread_attr_t attributes;
    c->bytes += block->len;
    if (c->started == c->most || c->bytes < START_BYTES || block->len < START_BLOCK || block->last ||
        pthread_attr_init(&attributes) != 0)
        return;
    if (pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 &&
        pthread_create(&c->threads[c->started], &attributes, worker, c) == 0)
        c->started++;
    pthread_attr_destroy(&attributes);
}

/* Waits for a free slot of the ring, which is taken once something was read into it.  NULL: nothing is to be read. */
static struct slot *slot_wait(struct crew *c)
{
    pthread_mutex_lock(&c->lock);
    while (c->taken - c->written == c->ring_n && !c->stop)
        pthread_cond_wait(&c->moved, &c->lock);
    struct slot *slot = c->stop ? NULL : &c->ring[c->taken % c->ring_n];
    pthread_mutex_unlock(&c->lock);
    return slot;
}

/* The next part, and its order.  NULL: there are no more. */
static struct part *part_take(struct crew *c, size_t *order)
{
    pthread_mutex_lock(&c->reading);
    struct slot *slot = slot_wait(c);
    if (slot && !source_next(&c->source, &slot->part.in))
        slot = NULL;
    if (slot) {
        if (slot->part.in.block)
            crew_grow(c, slot->part.in.block);
        pthread_mutex_lock(&c->lock);
        *order = c->taken++;
        pthread_mutex_unlock(&c->lock);
    }
    pthread_mutex_unlock(&c->reading);
    return slot ? &slot->part : NULL;
}

/* Cuts the part behind as many invalid lines as there may be, now that this is known. */
static void part_limit(struct crew *c, struct part *p, struct judge *judge)
{
    const struct filter *f = c->filter;
    if (p->invalid < filter_invalid_left(f) || p->invalid_max == filter_invalid_left(f))
        return;
    part_begin(p);
    while (part_judge(p, judge, &f->wishes, filter_invalid_left(f)) == PART_FULL && !f->stop)
        filter_write(c->filter, p);
}

/* Waits until all parts before have been written.  false: nothing more is to be written. */
static bool turn_wait(struct crew *c, size_t order)
{
    pthread_mutex_lock(&c->lock);
    while ((c->written != order || c->writing) && !c->stop)
        pthread_cond_wait(&c->moved, &c->lock);
    bool mine = !c->stop;
    pthread_mutex_unlock(&c->lock);
    return mine;
}

/* Judges the part.  When it is full its turn is awaited, what there is gets written, and it goes on. */
static void part_work(struct crew *c, struct part *p, size_t order, struct judge *judge)
{
    struct filter *f = c->filter;
    size_t invalid_max = f->wishes.invalid_max;
    part_begin(p);
    while (part_judge(p, judge, &f->wishes, invalid_max) == PART_FULL) {
        if (!turn_wait(c, order))
            return;
        part_limit(c, p, judge);
        filter_write(f, p);
        invalid_max = f->stop ? 0 : filter_invalid_left(f);
    }
}

/* Writes the parts whose turn it is, unless another thread is at it. */
static void part_hand_in(struct crew *c, size_t order, struct judge *judge)
{
    pthread_mutex_lock(&c->lock);
    c->ring[order % c->ring_n].done = true;
    bool mine = !c->writing;
    while (mine && !c->stop && c->written < c->taken && c->ring[c->written % c->ring_n].done) {
        struct slot *slot = &c->ring[c->written % c->ring_n];
        c->writing = true;
        pthread_mutex_unlock(&c->lock);
        part_limit(c, &slot->part, judge);
        filter_close_part(c->filter, &slot->part);
        pthread_mutex_lock(&c->lock);
        c->writing = slot->done = false;
        c->written++;
        if (c->filter->stop)
            crew_stop(c);
        pthread_cond_broadcast(&c->moved);
    }
    pthread_mutex_unlock(&c->lock);
}

static void crew_work(struct crew *c, struct judge *judge)
{
    size_t order;
    for (struct part *p; (p = part_take(c, &order));) {
        part_work(c, p, order, judge);
        part_hand_in(c, order, judge);
    }
}

static void *worker(void *crew)
{
    struct crew *c = crew;
    struct judge judge;
    if (judge_init(&judge, c->chooser, c->filter->wishes.upgrades))
        crew_work(c, &judge);
    judge_free(&judge);
    return NULL;
}

static bool crew_init(struct crew *c, size_t threads)
{
    c->most = threads - 1;
    c->ring_n = threads > 1 ? threads + SPARE_PARTS : 1;
    c->threads = calloc(threads, sizeof *c->threads);
    c->ring = calloc(c->ring_n, sizeof *c->ring);
    bool ok = c->threads && c->ring;
    for (size_t i = 0; ok && i < c->ring_n; i++)
        ok = part_init(&c->ring[i].part);
    if (!ok || threads == 1 || pipe(c->wake) < 0) {
        c->wake[0] = c->wake[1] = -1;
        c->most = 0;
    } else {
        fcntl(c->wake[0], F_SETFD, FD_CLOEXEC);
        fcntl(c->wake[1], F_SETFD, FD_CLOEXEC);
    }
    c->source.until = c->wake[0];
    return ok;
}

static void crew_free(struct crew *c)
{
    for (size_t i = 0; c->ring && i < c->ring_n; i++)
        part_free(&c->ring[i].part);
    free(c->ring);
    free(c->threads);
    source_close(&c->source);
    for (int i = 0; i < 2; i++) {
        if (c->wake[i] >= 0)
            close(c->wake[i]);
    }
}

bool crew_run(struct filter *f, const struct chooser *chooser, char **files, size_t n, size_t threads)
{
    struct crew c = {.filter = f,
                     .chooser = chooser,
                     .source = {.files = files, .n = n},
                     .reading = PTHREAD_MUTEX_INITIALIZER,
                     .lock = PTHREAD_MUTEX_INITIALIZER,
                     .moved = PTHREAD_COND_INITIALIZER};
    struct judge judge;
    bool ready = judge_init(&judge, chooser, f->wishes.upgrades);
    bool ok = crew_init(&c, threads) && ready;
    if (ok)
        crew_work(&c, &judge);
    for (size_t i = 0; i < c.started; i++)
        pthread_join(c.threads[i], NULL);
    crew_free(&c);
    judge_free(&judge);
    return ok;
}
