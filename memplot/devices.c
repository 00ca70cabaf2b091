/* SPDX-License-Identifier: Apache-2.0 */
#include "devices.h"

#include "grow.h"
#include "order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const enum jsonl_metric device_metrics[DEVICE_METRICS] = {
    JSONL_METRIC_gpu_device_util,
    JSONL_METRIC_gpu_mem_used_gb,
    JSONL_METRIC_gpu_power_w,
    JSONL_METRIC_gpu_temp_c,
};

static struct timeline_device *device_at(struct timeline *t, size_t i)
{
    if (!t->device)
        t->device = calloc(DEVICES_MAX, sizeof *t->device);
    if (t->device && t->devices <= i)
        t->devices = i + 1;
    return t->device ? &t->device[i] : NULL;
}

static bool rows_add(struct timeline_device *d, const struct device_row *row, size_t n)
{
    if (!GROW(d->row, d->rows + n, d->rows_size))
        return false;
    if (n)
        memcpy(d->row + d->rows, row, n * sizeof *row);
    d->rows += n;
    return true;
}

bool devices_add(struct timeline *t, double ts, const struct jsonl_value *gpus)
{
    const struct jsonl_value *v = gpus + 1;
    for (size_t i = 0; i < gpus->len && i < DEVICES_MAX; i++, v += v->span) {
        struct device_row row = {.ts = ts};
        bool any = false;
        for (size_t m = 0; m < DEVICE_METRICS; m++) {
            enum jsonl_metric metric = device_metrics[m];

            row.v[m] = jsonl_metric_amount(metric, jsonl_number(jsonl_get(v, jsonl_metrics[metric].name)));
            any = any || !isnan(row.v[m]);
        }
        struct timeline_device *d = any ? device_at(t, i) : NULL;
        if (any && (!d || !rows_add(d, &row, 1)))
            return false;
    }
    return true;
}

/* The earliest word on it counts. */
static bool device_name(struct timeline *t, struct timeline_device *d, double ts, struct jsonl_text name)
{
    int order = !name.s ? 1 : !d->name.s ? -1 : order_numbers(ts, d->named);
    if (order == 0)
        order = jsonl_text_compare(name, d->name);
    if (order >= 0)
        return true;
    d->name = (struct jsonl_text){jsonl_arena_copy(&t->machine.arena, name.s, name.n), name.n};
    d->named = ts;
    return d->name.s != NULL;
}

bool devices_name(struct timeline *t, double ts, const struct jsonl_value *gpus)
{
    const struct jsonl_value *v = gpus ? gpus + 1 : NULL;
    bool several = gpus && gpus->type == JSONL_ARRAY && gpus->len > 1;
    for (size_t i = 0; several && i < gpus->len && i < DEVICES_MAX; i++, v += v->span) {
        struct timeline_device *d = device_at(t, i);
        if (!d || !device_name(t, d, ts, jsonl_text(jsonl_get(v, "name"))))
            return false;
    }
    return true;
}

bool devices_join(struct timeline *t, const struct timeline *part)
{
    for (size_t i = 0; i < part->devices; i++) {
        const struct timeline_device *from = &part->device[i];
        struct timeline_device *d = device_at(t, i);
        if (!d || !device_name(t, d, from->named, from->name) || !rows_add(d, from->row, from->rows))
            return false;
    }
    return true;
}

static int row_compare(const void *va, const void *vb)
{
    const struct device_row *a = va, *b = vb;
    int order = order_numbers(a->ts, b->ts);
    for (size_t m = 0; m < DEVICE_METRICS && !order; m++)
        order = order_numbers(a->v[m], b->v[m]);
    return order;
}

void devices_finish(struct timeline *t)
{
    size_t telling = 0;
    for (size_t i = 0; i < t->devices; i++)
        telling += t->device[i].rows > 0;
    if (telling < 2)
        devices_free(t);
    for (size_t i = 0; i < t->devices; i++) {
        struct timeline_device *d = &t->device[i];
        size_t sorted = 1, kept = 0;
        while (sorted < d->rows && row_compare(&d->row[sorted - 1], &d->row[sorted]) <= 0)
            sorted++;
        if (sorted < d->rows)
            qsort(d->row, d->rows, sizeof *d->row, row_compare);
        for (size_t k = 0; k < d->rows; k++)
            if (!kept || row_compare(&d->row[kept - 1], &d->row[k]) != 0)
                d->row[kept++] = d->row[k];
        d->rows = kept;
    }
}

void devices_free(struct timeline *t)
{
    for (size_t i = 0; i < t->devices; i++)
        free(t->device[i].row);
    free(t->device);
    t->device = NULL;
    t->devices = 0;
}

static size_t metric_place(enum jsonl_metric metric)
{
    size_t m = 0;
    while (m < DEVICE_METRICS && device_metrics[m] != metric)
        m++;
    return m;
}

bool devices_has(const struct timeline *t, size_t device, enum jsonl_metric metric)
{
    const struct timeline_device *d = &t->device[device];
    size_t m = metric_place(metric), row = 0;
    while (m < DEVICE_METRICS && row < d->rows && isnan(d->row[row].v[m]))
        row++;
    return m < DEVICE_METRICS && row < d->rows;
}

/* The value of a device at sample `i`; *row moves on with the samples.  Samples of equal times take rows in turn. */
static double value_at(const struct timeline *t, const struct timeline_device *d, size_t m, size_t i, size_t *row)
{
    while (*row < d->rows && d->row[*row].ts < t->ts[i])
        (*row)++;
    if (*row >= d->rows || d->row[*row].ts != t->ts[i])
        return NAN;
    return d->row[(*row)++].v[m];
}

bool devices_column(const struct timeline *t, size_t device, enum jsonl_metric metric, double *out)
{
    size_t m = metric_place(metric), row = 0;
    bool any = false;
    for (size_t i = 0; m < DEVICE_METRICS && i < t->samples; i++) {
        out[i] = value_at(t, &t->device[device], m, i, &row);
        any = any || !isnan(out[i]);
    }
    return any;
}

bool devices_mean(const struct timeline *t, enum jsonl_metric metric, double *out)
{
    size_t m = metric_place(metric), row[DEVICES_MAX] = {0};
    bool any = false;
    for (size_t i = 0; t->devices && m < DEVICE_METRICS && i < t->samples; i++) {
        double sum = 0;
        size_t n = 0;
        for (size_t d = 0; d < t->devices; d++) {
            double v = value_at(t, &t->device[d], m, i, &row[d]);
            sum += isnan(v) ? 0 : v;
            n += isnan(v) ? 0 : 1;
        }
        out[i] = n ? sum / (double)n : (double)NAN;
        any = any || n;
    }
    return any;
}
