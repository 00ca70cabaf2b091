/* SPDX-License-Identifier: Apache-2.0
 * Models by size: large, medium, small. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

static enum report_class class_of(const struct finish *f, double size_gb)
{
    if (isnan(size_gb))
        return REPORT_UNSIZED;
    if (size_gb >= f->config->size_large)
        return REPORT_LARGE;
    return size_gb >= f->config->size_medium ? REPORT_MEDIUM : REPORT_SMALL;
}

static int row_compare(const void *a, const void *b)
{
    const struct report_model *x = *(const struct report_model *const *)a, *y = *(const struct report_model *const *)b;
    int order = mode_order(x->mode, y->mode);

    return order ? order : text_order(x->id, y->id);
}

/* n rows of one class, sorted by modality. */
static bool size_modes(struct finish *f, struct report_size *size, const struct report_model *const *rows, size_t n,
                       double *values)
{
    for (size_t i = 0; i < n; i++)
        size->modes_len += i == 0 || mode_order(rows[i - 1]->mode, rows[i]->mode) != 0;
    size->modes = jsonl_arena_alloc(&f->report->arena, size->modes_len, sizeof *size->modes);
    if (!size->modes)
        return false;
    struct report_mode *m = size->modes;
    for (size_t i = 0, next; i < n; i = next, m++) {
        *m = (struct report_mode){.mode = rows[i]->mode, .ram_gb = {NAN, NAN, NAN, 0}};
        for (next = i; next < n && mode_order(rows[i]->mode, rows[next]->mode) == 0; next++) {
            m->ram_gb.min = number_min(m->ram_gb.min, rows[next]->ram_gb.min);
            m->ram_gb.max = number_max(m->ram_gb.max, rows[next]->ram_gb.max);
            m->ram_gb.n += rows[next]->ram_gb.n;
            values[m->models++] = rows[next]->time_s / (double)rows[next]->tests;
        }
        m->test_s = number_range_of(values, m->models).mean;
    }
    return true;
}

static bool size_make(struct finish *f, enum report_class c, const struct report_model **rows, double *values)
{
    const struct report *r = f->report;
    struct report_size *size = &f->report->sizes[c];
    size_t n = 0;

    /* A model's rows stand together. */
    for (size_t i = 0; i < r->models_len; i++) {
        const struct report_model *m = &r->models[i];

        if (class_of(f, m->size_gb) != c)
            continue;
        if (n == 0 || text_order(rows[n - 1]->id, m->id) != 0)
            values[size->models++] = m->size_gb;
        rows[n++] = m;
    }
    size->size_gb = number_range_of(values, size->models).mean;
    if (n > 1)
        qsort(rows, n, sizeof *rows, row_compare);
    return size_modes(f, size, rows, n, values);
}

bool finish_sizes(struct finish *f)
{
    size_t n = f->report->models_len;
    const struct report_model **rows = malloc((n + 1) * sizeof *rows);
    double *values = malloc((n + 1) * sizeof *values);
    bool ok = rows && values;

    for (enum report_class c = 0; ok && c < REPORT_CLASSES; c++)
        ok = size_make(f, c, rows, values);
    free(rows);
    free(values);
    return ok;
}
