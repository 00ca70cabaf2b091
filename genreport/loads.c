/* SPDX-License-Identifier: Apache-2.0
 * Loads and unloads of models that the memory shows and no event tells: it climbs, or falls, by about a model's size
 * within seconds.  While a test runs that names its model it can be no other; else it is the one model of the run whose
 * size fits.  In GPU memory, where little else is, a load may also show as a climb to the model's size from what was
 * left of the one before. */
#include "finish.h"
#include "grow.h"
#include "ramps.h"

#include <math.h>
#include <stdlib.h>

static const double EVENT_NEAR_S = 10;

struct sized {
    double gb;
    uint32_t model;
};

struct found {
    uint32_t model;
    double gb, seconds; /* gb < 0: an unload */
};

struct loads {
    struct finish *f;
    struct sized *by_size; /* ascending */
    size_t by_size_len;
    struct found *list;
    size_t len, room;
};

/* A model takes its weights and something around them. */
static bool size_fits(double gb, double size)
{
    return gb >= 0.7 * size && gb <= 1.3 * size + 0.7;
}

static bool ramp_fits(const struct ramp *ramp, double size, bool gpu)
{
    bool step = size_fits(fabs(ramp->gb), size);

    if (ramp->gb < 0)
        return step && (!gpu || size_fits(ramp->before, size));
    return step || (gpu && ramp->gb >= 0.3 * size && size_fits(ramp->after, size));
}

/* For a guess without a test's word: as near as that. */
static bool size_near(double gb, double size)
{
    gb = fabs(gb);
    return gb >= 0.9 * size && gb <= 1.15 * size + 0.3;
}

/* An event of the model, or of some, near the ramp has told of it. */
static bool event_tells(const struct finish *f, const struct ramp *ramp)
{
    const struct run_event *e = f->run->events; /* sorted by finish_servers */
    size_t low = 0, high = f->run->events_len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (e[middle].ts < ramp->from - EVENT_NEAR_S)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t k = 0; low < f->run->events_len && k < 64 && e[low].ts <= ramp->to + EVENT_NEAR_S; low++, k++)
        if (e[low].change != RUN_USE)
            return true;
    return false;
}

/* The model of a test that ran at the time, if its size fits; 0.  *named: one did that names its model. */
static uint32_t model_of_test(const struct loads *l, const struct ramp *ramp, bool *named)
{
    const struct finish *f = l->f;
    size_t i = finish_started(f, ramp->to);

    *named = false;
    for (size_t k = 0; i-- > 0 && k < 16; k++) {
        const struct run_test *t = f->by_start[i];

        /* What a test had in RAM may be given back a moment after it. */
        if (!t->model || t->end + 2 < ramp->from)
            continue;
        *named |= t->end >= ramp->from;
        if (ramp_fits(ramp, f->sizes[t->model], f->report->loads.gpu))
            return t->model;
    }
    return 0;
}

/* The one model that it can be by its size; 0. */
static uint32_t model_of_size(const struct loads *l, const struct ramp *ramp)
{
    size_t low = 0, high = l->by_size_len; /* the smallest that is not too small */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (l->by_size[middle].gb * 1.15 + 0.3 < fabs(ramp->gb))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == l->by_size_len || !size_near(ramp->gb, l->by_size[low].gb))
        return 0;
    return low + 1 < l->by_size_len && size_near(ramp->gb, l->by_size[low + 1].gb) ? 0 : l->by_size[low].model;
}

static int sized_compare(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;

    return (x->gb > y->gb) - (x->gb < y->gb);
}

static bool loads_sizes(struct loads *l)
{
    struct finish *f = l->f;

    l->by_size = malloc(f->run->names.len * sizeof *l->by_size);
    for (uint32_t i = 1; l->by_size && i < f->run->names.len; i++)
        if (f->sizes[i] >= RAMP_GB_MIN)
            l->by_size[l->by_size_len++] = (struct sized){f->sizes[i], i};
    if (l->by_size_len > 1)
        qsort(l->by_size, l->by_size_len, sizeof *l->by_size, sized_compare);
    return l->by_size != NULL;
}

static bool loads_find(struct loads *l)
{
    struct ramps ramps;
    struct ramp ramp;

    ramps_init(&ramps, &l->f->windows, &l->f->report->loads.gpu);
    while (l->by_size_len > 0 && ramps_next(&ramps, &ramp)) {
        if (event_tells(l->f, &ramp))
            continue;
        bool named;
        uint32_t model = model_of_test(l, &ramp, &named);
        if (!model && !named)
            model = model_of_size(l, &ramp);
        if (!model)
            continue;
        if (!GROW(l->list, l->len + 1, l->room))
            return false;
        l->list[l->len++] = (struct found){model, ramp.gb, ramp.to - ramp.from};
    }
    return true;
}

static int found_compare(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    return (x->model > y->model) - (x->model < y->model);
}

static int load_compare(const void *a, const void *b)
{
    const struct report_load *x = a, *y = b;

    return text_order(x->id, y->id);
}

static bool loads_rows(struct loads *l)
{
    struct report *r = l->f->report;
    double *values = malloc((l->len + 1) * sizeof *values);

    if (l->len > 1)
        qsort(l->list, l->len, sizeof *l->list, found_compare);
    for (size_t i = 0; i < l->len; i++)
        r->loads.len += i == 0 || found_compare(&l->list[i - 1], &l->list[i]) != 0;
    r->loads.models = jsonl_arena_alloc(&r->arena, r->loads.len, sizeof *r->loads.models);
    if (!values || !r->loads.models) {
        free(values);
        return false;
    }
    struct report_load *row = r->loads.models;
    for (size_t i = 0, next; i < l->len; i = next, row++) {
        uint32_t model = l->list[i].model;
        size_t n = 0;

        for (next = i; next < l->len && l->list[next].model == model; next++) {
            row->loads += l->list[next].gb > 0;
            row->unloads += l->list[next].gb < 0;
            values[n++] = fabs(l->list[next].gb);
        }
        row->id = finish_name(l->f, model);
        row->model = l->f->labels[model];
        row->step_gb = number_spread_of(values, n);
        n = 0;
        for (size_t k = i; k < next; k++)
            if (l->list[k].gb > 0)
                values[n++] = l->list[k].seconds;
        row->load_s = number_spread_of(values, n);
        l->f->loads_s[model] = row->load_s.median;
    }
    if (r->loads.len > 1)
        qsort(r->loads.models, r->loads.len, sizeof *r->loads.models, load_compare);
    free(values);
    return true;
}

bool finish_loads(struct finish *f)
{
    struct loads l = {.f = f};

    f->loads_s = jsonl_arena_alloc(&f->report->arena, f->run->names.len, sizeof *f->loads_s);
    for (size_t i = 0; f->loads_s && i < f->run->names.len; i++)
        f->loads_s[i] = NAN;
    bool ok = f->loads_s && loads_sizes(&l) && loads_find(&l) && loads_rows(&l);

    free(l.by_size);
    free(l.list);
    return ok;
}
