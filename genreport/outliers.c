/* SPDX-License-Identifier: Apache-2.0
 * Inference tests whose duration lies far from that of their like: |x - median| / (1.4826 MAD) above OUTLIER_SCORE, MAD
 * being the median distance from the median.  Their like are the other runs of the same test with the same model, or
 * where there are fewer than OUTLIER_MIN of these, tests of the same name and modality. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

static const double MAD_TO_SIGMA = 1.4826; /* of a normal distribution */

struct item {
    struct jsonl_text name, mode; /* of the test; `name` without parameters */
    const struct run_test *test;
};

struct outliers {
    struct finish *f;
    struct report_outlier *list; /* NULL: they are counted only */
    size_t len, judged;
    double *values, *distances;
};

static int group_compare(const struct item *x, const struct item *y)
{
    int order = text_order(x->name, y->name);

    return order ? order : mode_order(x->mode, y->mode);
}

static int item_compare(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = group_compare(x, y);

    return order ? order : number_order(x->test->duration, y->test->duration);
}

static void outliers_judge(struct outliers *o, const struct item *items, size_t n, bool runs)
{
    if (n < OUTLIER_MIN)
        return;
    for (size_t i = 0; i < n; i++)
        o->values[i] = items[i].test->duration;
    double median = number_median(o->values, number_sort(o->values, n));
    for (size_t i = 0; i < n; i++)
        o->distances[i] = fabs(items[i].test->duration - median);
    size_t known = number_sort(o->distances, n);
    double mad = number_median(o->distances, known);
    if (known > 0 && (mad > 0 || o->distances[known - 1] == 0)) /* else the spread is not known */
        o->judged += n;
    if (!(mad > 0))
        return;
    for (size_t i = 0; i < n; i++) {
        const struct run_test *t = items[i].test;
        double score = fabs(t->duration - median) / (MAD_TO_SIGMA * mad);

        if (!(score > OUTLIER_SCORE))
            continue;
        if (o->list)
            o->list[o->len] = (struct report_outlier){
                .id = finish_name(o->f, t->id),
                .model = o->f->labels[t->model],
                .mode = items[i].mode,
                .duration_s = t->duration,
                .median_s = median,
                .score = score,
                .of = n,
                .runs = runs,
            };
        o->len++;
    }
}

/* Runs of the same test and model stand together in f->inference. */
static void outliers_walk(struct outliers *o, struct item *items)
{
    struct finish *f = o->f;
    size_t n = f->inference_len, singles = 0;

    o->len = o->judged = 0;
    for (size_t i = 0, next; i < n; i = next) {
        const struct run_test *first = f->inference[i];

        for (next = i; next < n && f->inference[next]->id == first->id && f->inference[next]->model == first->model;
             next++) {
            const struct run_test *t = f->inference[next];

            items[singles + next - i] =
                (struct item){jsonl_test_name(finish_name(f, t->id)), finish_name(f, t->modality), t};
        }
        if (next - i >= OUTLIER_MIN)
            outliers_judge(o, items + singles, next - i, true);
        else
            singles += next - i;
    }
    if (singles > 1)
        qsort(items, singles, sizeof *items, item_compare);
    for (size_t i = 0, next; i < singles; i = next) {
        for (next = i + 1; next < singles && group_compare(&items[i], &items[next]) == 0; next++)
            ;
        outliers_judge(o, items + i, next - i, false);
    }
}

static int outlier_compare(const void *a, const void *b)
{
    const struct report_outlier *x = a, *y = b;
    int order = -number_order(x->score, y->score);

    if (!order)
        order = text_order(x->id, y->id);
    return order ? order : text_order(x->model, y->model);
}

bool finish_outliers(struct finish *f)
{
    struct report *r = f->report;
    size_t n = f->inference_len + 1;
    struct item *items = malloc(n * sizeof *items);
    struct outliers o = {.f = f, .values = malloc(n * sizeof(double)), .distances = malloc(n * sizeof(double))};
    bool ok = items && o.values && o.distances;

    if (ok) {
        outliers_walk(&o, items);
        o.list = r->outliers = jsonl_arena_alloc(&r->arena, o.len, sizeof *r->outliers);
        ok = o.list != NULL;
    }
    if (ok) {
        outliers_walk(&o, items);
        r->outliers_len = o.len;
        r->outliers_judged = o.judged;
        if (o.len > 1)
            qsort(r->outliers, o.len, sizeof *r->outliers, outlier_compare);
    }
    free(items);
    free(o.values);
    free(o.distances);
    return ok;
}
