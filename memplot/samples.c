/* SPDX-License-Identifier: Apache-2.0 */
#include "samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool samples_reserve(struct timeline *t, size_t more)
{
    if (t->samples_size - t->samples >= more)
        return true;
    size_t size = t->samples_size ? t->samples_size : 1024;
    while (size - t->samples < more)
        size *= 2;
    double *ts = realloc(t->ts, size * sizeof *ts);
    if (!ts)
        return false;
    t->ts = ts;
    for (size_t i = 0; i < series_len; i++) {
        if (!t->column[i])
            continue;
        double *column = realloc(t->column[i], size * sizeof *column);
        if (!column)
            return false;
        t->column[i] = column;
    }
    t->samples_size = size;
    return true;
}

static void column_fill(double *column, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        column[i] = NAN;
}

/* A series' first value: the samples before it had none. */
static bool column_begin(struct timeline *t, size_t series)
{
    t->column[series] = malloc(t->samples_size * sizeof *t->column[series]);
    if (t->column[series])
        column_fill(t->column[series], 0, t->samples);
    return t->column[series] != NULL;
}

/* The times of n samples more, whose values stand in the columns. */
static void samples_append(struct timeline *t, const double *ts, size_t n, bool sorted)
{
    if (!sorted || (t->samples && ts[0] < t->ts[t->samples - 1]))
        t->sorted = false;
    memcpy(t->ts + t->samples, ts, n * sizeof *ts);
    t->samples += n;
}

bool samples_add(struct timeline *t, const struct jsonl_sample *s)
{
    if (!samples_reserve(t, 1))
        return false;
    for (size_t i = 0; i < series_len; i++) {
        double v = s->metric[series_table[i].metric];
        bool there = fabs(v) <= SERIES_VALUE_MAX; /* false for NAN */
        if (there && !t->column[i] && !column_begin(t, i))
            return false;
        if (t->column[i])
            t->column[i][t->samples] = there ? v : (double)NAN;
    }
    samples_append(t, &s->ts, 1, true);
    return true;
}

bool samples_join(struct timeline *t, const struct timeline *part)
{
    if (!part->samples)
        return true;
    if (!samples_reserve(t, part->samples))
        return false;
    for (size_t i = 0; i < series_len; i++) {
        if (part->column[i] && !t->column[i] && !column_begin(t, i))
            return false;
        if (part->column[i])
            memcpy(t->column[i] + t->samples, part->column[i], part->samples * sizeof *t->column[i]);
        else if (t->column[i])
            column_fill(t->column[i], t->samples, t->samples + part->samples);
    }
    samples_append(t, part->ts, part->samples, part->sorted);
    return true;
}
