/* SPDX-License-Identifier: Apache-2.0 */
#include "windows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64, INTERVALS_MAX = 9999 };

/* Samples of the same time are put in an order too, so that any order of input gives the same. */
static int sample_compare(const void *a, const void *b)
{
    const struct run_sample *x = a, *y = b;

    if (x->ts != y->ts)
        return x->ts < y->ts ? -1 : 1;
    for (size_t i = 0; i < RUN_METRICS; i++)
        if (x->metric[i] != y->metric[i])
            return x->metric[i] < y->metric[i] ? -1 : 1;
    return 0;
}

static void samples_sort(struct run_sample *samples, size_t len)
{
    for (size_t i = 1; i < len; i++) {
        if (sample_compare(&samples[i - 1], &samples[i]) > 0) {
            qsort(samples, len, sizeof *samples, sample_compare);
            return;
        }
    }
}

/* Of a long recording, distances at even steps are enough.  A sample that is there twice is no distance. */
static double samples_interval(const struct run_sample *samples, size_t len)
{
    double distances[INTERVALS_MAX];
    size_t n = 0;

    if (len < 2)
        return NAN;
    size_t pairs = len - 1, step = (pairs + INTERVALS_MAX - 1) / INTERVALS_MAX;
    for (size_t i = 0; i < pairs; i += step) {
        while (i < pairs && samples[i + 1].ts == samples[i].ts)
            i++;
        if (i < pairs)
            distances[n++] = samples[i + 1].ts - samples[i].ts;
    }
    return number_median(distances, number_sort(distances, n));
}

static void block_add(struct window_block *b, const struct window_block *other)
{
    if (other->n == 0)
        return;
    b->min = b->n == 0 || other->min < b->min ? other->min : b->min;
    b->max = b->n == 0 || other->max > b->max ? other->max : b->max;
    b->sum += other->sum;
    b->n += other->n;
}

static struct window_block block_of_sample(const struct run_sample *s, size_t metric)
{
    int32_t v = s->metric[metric];

    if (v == RUN_ABSENT)
        return (struct window_block){0};
    return (struct window_block){.sum = v, .min = v, .max = v, .n = 1};
}

/* The i-th thing that level `l` sums up: a sample, or a block of the level below. */
static struct window_block item_at(const struct windows *w, size_t l, size_t i, size_t metric)
{
    return l == 0 ? block_of_sample(&w->samples[i], metric) : w->level[l - 1].blocks[i][metric];
}

bool windows_build(struct windows *w, struct jsonl_arena *arena, struct run_sample *samples, size_t len)
{
    *w = (struct windows){.samples = samples, .len = len};
    samples_sort(samples, len);
    w->interval_s = samples_interval(samples, len);
    for (size_t l = 0, items = len; items > BLOCK && l < WINDOWS_LEVELS; l++) {
        size_t n = (items + BLOCK - 1) / BLOCK;

        w->level[l].blocks = jsonl_arena_alloc(arena, n, sizeof *w->level[l].blocks);
        if (!w->level[l].blocks)
            return false;
        w->level[l].len = n;
        w->levels = l + 1;
        for (size_t i = 0; i < items; i++) {
            for (size_t m = 0; m < RUN_METRICS; m++) {
                struct window_block item = item_at(w, l, i, m);

                block_add(&w->level[l].blocks[i / BLOCK][m], &item);
            }
        }
        items = n;
    }
    return true;
}

/* The first sample not before ts, or with `after` the first one after it. */
static size_t samples_find(const struct windows *w, double ts, bool after)
{
    size_t low = 0, high = w->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (w->samples[middle].ts < ts || (after && w->samples[middle].ts == ts))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct span windows_span(const struct windows *w, double start, double end)
{
    if (isnan(start) || isnan(end) || end < start || w->len == 0)
        return (struct span){0, 0};
    struct span span = {samples_find(w, start, false), samples_find(w, end, true)};
    if (span.from < span.to || !(end - start < w->interval_s))
        return span;
    size_t next = span.from;
    double ahead = next < w->len ? w->samples[next].ts - end : INFINITY;
    double behind = next > 0 ? start - w->samples[next - 1].ts : INFINITY;
    if (fmin(ahead, behind) > w->interval_s)
        return span;
    return ahead < behind ? (struct span){next, next + 1} : (struct span){next - 1, next};
}

struct number_range windows_range(const struct windows *w, struct span span, enum run_metric metric)
{
    struct window_block total = {0};
    size_t from = span.from, to = span.to;

    /* Take what sticks out at both ends, then go on with whole blocks of the level above. */
    for (size_t l = 0; from < to; l++) {
        bool top = l == w->levels;

        while (from < to && (top || from % BLOCK != 0)) {
            struct window_block item = item_at(w, l, from++, metric);

            block_add(&total, &item);
        }
        while (from < to && to % BLOCK != 0) {
            struct window_block item = item_at(w, l, --to, metric);

            block_add(&total, &item);
        }
        from /= BLOCK;
        to /= BLOCK;
    }
    if (total.n == 0)
        return (struct number_range){NAN, NAN, NAN, 0};
    double parts = run_parts[metric];
    return (struct number_range){
        .min = total.min / parts,
        .max = total.max / parts,
        .mean = (double)total.sum / parts / (double)total.n,
        .n = total.n,
    };
}

double windows_climb(const struct windows *w, enum run_metric metric, double *from, double *to)
{
    int32_t lowest = INT32_MAX;
    int64_t best = -1;

    *from = *to = NAN;
    for (size_t i = 0; i < w->len; i++) {
        int32_t v = w->samples[i].metric[metric];

        if (v == RUN_ABSENT)
            continue;
        lowest = v < lowest ? v : lowest;
        if ((int64_t)v - lowest > best) {
            best = (int64_t)v - lowest;
            *from = lowest / run_parts[metric];
            *to = v / run_parts[metric];
        }
    }
    return best < 0 ? NAN : (double)best / run_parts[metric];
}
