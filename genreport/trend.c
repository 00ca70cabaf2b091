/* SPDX-License-Identifier: Apache-2.0
 * Trend: where in the history of runs a model, a test or the whole run stepped to another level.
 *
 * Each series is cut at the split that its ranks differ most about, if that is no chance, and both parts again.  All
 * series and parts of the same depth are judged together (Benjamini-Hochberg).  What began in the last TREND_BLIND
 * runs is left to the comparison. */
#include "comparing.h"
#include "grow.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double alpha = 0.01;

struct series {
    struct jsonl_text name, id, mode;
    enum compare_metric metric;
    double typical; /* ln that the values are above or below of */
    size_t len;
    size_t first; /* in values and runs */
};

/* A stretch of a series that is looked at. */
struct part {
    size_t series, from, to;
};

struct trend {
    struct comparing *c;
    struct series *series;
    size_t series_len, series_room;
    double *values; /* of all series */
    size_t *runs;   /* which run each is of */
    size_t values_len, values_room;
    struct part *parts, *next; /* of this depth and the one below */
    size_t parts_len, next_len, parts_room;
    struct trend_step *steps;
    size_t steps_len, steps_room;
};

/* Takes the runs that have a value, if they are enough. */
static bool series_add(struct trend *t, struct series s, const double *level, const double *common, size_t runs)
{
    size_t room = t->values_room;

    if (!GROW(t->values, t->values_len + runs, room) || !GROW(t->runs, t->values_len + runs, t->values_room) ||
        !GROW(t->series, t->series_len + 1, t->series_room))
        return false;
    s.first = t->values_len;
    for (size_t r = 0; r < runs; r++) {
        if (isnan(level[r]) || isnan(common[r]))
            continue;
        t->values[s.first + s.len] = level[r] - common[r];
        t->runs[s.first + s.len++] = r;
    }
    if (s.len < TREND_RUNS)
        return true;
    t->values_len += s.len;
    t->series[t->series_len++] = s;
    return true;
}

/* As in compare_rows.c. */
struct shared {
    double *common, *zeros;
    bool by_models, told;
};

/* The series of all rows of a family, less what its rows have in common, and that if it is told for the first time. */
static bool family_series(struct trend *t, const struct family *f, const struct levels *l, struct shared *s)
{
    struct comparing *c = t->c;
    size_t runs = l->runs;
    bool ok = true;

    levels_centre(l, f->tests, s->common, &s->by_models);
    if (f->metric == COMPARE_DURATION && levels_rows(l) > 0 && !s->told) {
        s->told = true;
        ok = series_add(t, (struct series){.metric = COMPARE_DURATION}, l->common, s->zeros, runs);
    }
    for (size_t row = 0; ok && row < l->rows; row++) {
        const struct panel_row *names = f->tests ? &c->panel->tests[row] : &c->panel->models[row];
        struct series one = {
            .name = f->tests ? c->test_labels[row] : c->model_labels[row],
            .id = names->id,
            .mode = names->mode,
            .metric = f->metric,
            .typical = l->typical[row],
        };

        if (!isnan(one.typical))
            ok = series_add(t, one, l->level + row * runs, s->common, runs);
    }
    return ok;
}

static bool trend_series(struct trend *t)
{
    const struct panel *p = t->c->panel;
    size_t runs = t->c->trials->runs;
    struct shared s = {.common = calloc(runs + 1, sizeof *s.common), .zeros = calloc(runs + 1, sizeof *s.zeros)};
    bool ok = s.common && s.zeros;

    for (enum compare_metric m = 0; ok && m < COMPARE_METRICS; m++) {
        for (int tests = 0; ok && tests < 2; tests++) {
            struct family f;
            struct levels l = {0};

            ok = family_make(&f, p, t->c->finish->config, m, tests, t->c->tables[m]) &&
                 levels_make(&l, &f, FAMILY_RUNS) && family_series(t, &f, &l, &s);
            levels_free(&l);
            family_free(&f);
        }
    }
    free(s.common);
    free(s.zeros);
    return ok;
}

static double part_median(const double *values, size_t n, double *scratch)
{
    memcpy(scratch, values, n * sizeof *scratch);
    return number_median(scratch, number_sort(scratch, n));
}

static bool step_add(struct trend *t, const struct part *part, const struct stat_split *split, double q,
                     double *scratch)
{
    const struct series *s = &t->series[part->series];
    const double *values = t->values + s->first + part->from;
    size_t n = part->to - part->from, run = t->runs[s->first + part->from + split->at];
    double before = part_median(values, split->at, scratch);
    double after = part_median(values + split->at, n - split->at, scratch);

    if (fabs(after - before) < log1p(t->c->finish->config->compare_effect))
        return true;
    if (!GROW(t->steps, t->steps_len + 1, t->steps_room))
        return false;
    double sign = s->metric == COMPARE_TOKENS ? -1 : 1;
    t->steps[t->steps_len++] = (struct trend_step){
        .name = s->name,
        .id = s->id,
        .mode = s->mode,
        .metric = s->metric,
        .run = run,
        .before = exp(sign * (s->typical + before)),
        .after = exp(sign * (s->typical + after)),
        .effect = expm1(after - before),
        .p = split->p,
        .q = q,
    };
    t->next[t->next_len++] = (struct part){part->series, part->from, part->from + split->at};
    t->next[t->next_len++] = (struct part){part->series, part->from + split->at, part->to};
    return true;
}

/* One depth: all parts are split, and those splits that are no chance kept. */
static bool parts_split(struct trend *t, double *scratch)
{
    size_t n = t->parts_len;
    struct stat_split *splits = malloc((n + 1) * sizeof *splits);
    double *p = calloc(n + 1, sizeof *p), *q = calloc(n + 1, sizeof *q);
    bool ok = splits && p && q;

    for (size_t i = 0; ok && i < n; i++) {
        const struct part *part = &t->parts[i];
        const struct series *s = &t->series[part->series];
        size_t after = part->to == s->len ? TREND_BLIND + 1 : STAT_CUSUM_SIDE;

        ok = stat_cusum(t->values + s->first + part->from, part->to - part->from, after, &splits[i]);
        p[i] = splits[i].p;
    }
    ok = ok && stat_adjust(p, q, n);
    t->next_len = 0;
    for (size_t i = 0; ok && i < n; i++)
        if (q[i] <= alpha)
            ok = step_add(t, &t->parts[i], &splits[i], q[i], scratch);
    free(splits);
    free(p);
    free(q);
    return ok;
}

static bool trend_split(struct trend *t)
{
    double *scratch = malloc((t->c->trials->runs + 1) * sizeof *scratch);
    size_t most = t->values_len / STAT_CUSUM_SIDE + t->series_len + 2; /* parts that there can be at once */
    bool ok;

    t->parts = malloc(most * sizeof *t->parts);
    t->next = malloc(most * sizeof *t->next);
    ok = scratch && t->parts && t->next;
    for (size_t i = 0; ok && i < t->series_len; i++)
        t->parts[t->parts_len++] = (struct part){i, 0, t->series[i].len};
    while (ok && t->parts_len > 0) {
        ok = parts_split(t, scratch);
        struct part *swap = t->parts;
        t->parts = t->next;
        t->parts_len = t->next_len;
        t->next = swap;
    }
    free(scratch);
    return ok;
}

static int step_compare(const void *a, const void *b)
{
    const struct trend_step *x = a, *y = b;

    if (x->run != y->run)
        return x->run < y->run ? -1 : 1;
    if (!x->name.s != !y->name.s)
        return x->name.s ? 1 : -1; /* the whole run comes first */
    int order = text_order(x->name, y->name);
    if (!order)
        order = text_order(x->id, y->id);
    if (!order)
        order = mode_order(x->mode, y->mode);
    return order ? order : (int)x->metric - (int)y->metric;
}

/* From numbers among the runs that are compared to those among all baselines. */
static bool steps_list(struct trend *t)
{
    struct comparison *out = t->c->out;
    size_t n = t->steps_len, runs = t->c->trials->runs;

    if (n > 1)
        qsort(t->steps, n, sizeof *t->steps, step_compare);
    out->steps = jsonl_arena_alloc(&t->c->finish->report->arena, n, sizeof *out->steps);
    for (size_t i = 0; out->steps && i < n; i++) {
        struct trend_step *step = &out->steps[i];

        *step = t->steps[i];
        step->at_s = t->c->finish->report->first_s;
        if (step->run + 1 == runs) {
            step->run = out->baselines_len;
            continue;
        }
        step->run = t->c->used[step->run];
        step->at = out->baselines[step->run].name;
        step->at_s = out->baselines[step->run].first_s;
    }
    out->steps_len = n;
    return out->steps != NULL;
}

bool compare_trend(struct comparing *c)
{
    struct trend t = {.c = c};
    bool ok = true;

    c->out->trend_runs = c->out->used + 1;
    if (c->out->used + 1 < TREND_RUNS)
        return true;
    ok = trend_series(&t) && trend_split(&t) && steps_list(&t);
    c->out->trend_series = t.series_len;
    free(t.series);
    free(t.values);
    free(t.runs);
    free(t.parts);
    free(t.next);
    free(t.steps);
    return ok;
}
