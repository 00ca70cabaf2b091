/* SPDX-License-Identifier: Apache-2.0
 * Rows of models and tests in all metrics, and the whole run's. */
#include "comparing.h"

#include <math.h>
#include <stdlib.h>

/* All rows of models, or all of tests: rows[metric * len + row]. */
struct grid {
    struct compare_row *rows;
    size_t len; /* of the panel's rows */
};

/* A row that is not judged so far, and why. */
static struct compare_row row_unjudged(enum compare_metric metric, enum compare_reason reason)
{
    return (struct compare_row){
        .metric = metric,
        .reason = reason,
        .effect = NAN,
        .low = NAN,
        .high = NAN,
        .p = NAN,
        .q = NAN,
        .more_runs = NAN,
    };
}

static void rows_begin(const struct comparing *c, const struct family *f)
{
    const struct panel_row *names = f->tests ? c->panel->tests : c->panel->models;
    const struct jsonl_text *labels = f->tests ? c->test_labels : c->model_labels;

    for (size_t r = 0; r < f->len; r++) {
        size_t n = f->from[r + 1] - f->from[r];
        double old = 0, new_ = 0;

        for (size_t i = f->from[r]; i < f->from[r + 1]; i++) {
            size_t baselines;

            old += family_old(f, f->cells[i], &baselines) / (double)n;
            new_ += family_new(f, f->cells[i]) / (double)n;
        }
        double sign = f->metric == COMPARE_TOKENS ? -1 : 1;
        struct compare_row *row = &f->rows[r];
        *row = row_unjudged(f->metric, COMPARE_FEW_PAIRS);
        row->name = labels[r];
        row->id = names[r].id;
        row->mode = names[r].mode;
        row->pairs = n;
        row->old = n > 0 ? exp(sign * old) : NAN;
        row->new_ = n > 0 ? exp(sign * new_) : NAN;
    }
}

/* What families hand on to those after them. */
struct shared {
    double *common; /* by run, and whose: see levels_centre */
    bool by_models;
    double *whole; /* that of durations, of however few rows: what the run's own row is judged by */
    double pooled; /* variance among runs, of the rows that `whole` is of */
    bool told;     /* `whole` is filled */
};

static bool judge_by_baselines(struct family *f, struct shared *s)
{
    struct levels levels;
    bool ok = levels_make(&levels, f, FAMILY_RUNS);
    double pooled;

    if (ok) {
        levels_centre(&levels, f->tests, s->common, &s->by_models);
        judge_baselines(f, &levels, s->common, &pooled);
        if (f->metric == COMPARE_DURATION && levels_rows(&levels) > 0 && !s->told) {
            s->told = true;
            s->pooled = pooled;
            for (size_t r = 0; r < f->runs; r++)
                s->whole[r] = levels.common[r];
        }
    }
    levels_free(&levels);
    return ok;
}

/* The verdict of no row counts if the machines differ. */
static void rows_refuse(struct compare_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct compare_row *row = &rows[i];

        row->reason = COMPARE_OTHER_PLACE;
        row->verdict = COMPARE_NOT_JUDGED;
        row->effect = row->low = row->high = row->p = row->q = row->more_runs = NAN;
    }
}

/* `beside`: the models' rows of the metric, if these are tests. */
static bool family_judge(struct comparing *c, enum compare_metric metric, bool tests, struct compare_row *rows,
                         struct compare_rows beside, struct shared *s)
{
    const struct compare_rows besides[2] = {beside, {NULL, 0}};
    struct family f;
    double all = NAN;
    bool many = c->trials->runs > FAMILY_RUNS, ok;

    ok = family_make(&f, c->panel, c->finish->config, metric, tests, c->tables[metric]);
    if (ok) {
        f.rows = rows;
        rows_begin(c, &f);
        ok = (many ? judge_by_baselines(&f, s) : judge_pairs(&f, &all)) &&
             verdicts_make(rows, f.len, besides, c->finish->config, many);
        if (metric == COMPARE_DURATION && isnan(c->out->run_effect.effect) && !many)
            c->out->run_effect.effect = all;
        if (metric == COMPARE_DURATION && !tests)
            c->out->centred = family_rows(&f) >= FAMILY_CENTRE;
        if (c->out->used == 0)
            rows_refuse(rows, f.len);
    }
    family_free(&f);
    return ok;
}

/* Rows of models come first, since it is they that the run's effect is to be told from. */
static bool grids_judge(struct comparing *c, struct grid *models, struct grid *tests)
{
    size_t runs = c->trials->runs;
    struct shared s = {
        .common = malloc((runs + 1) * sizeof *s.common),
        .whole = malloc((runs + 1) * sizeof *s.whole),
    };
    bool ok = s.common && s.whole;

    for (enum compare_metric m = 0; ok && m < COMPARE_METRICS; m++) {
        const struct compare_rows none = {NULL, 0}, beside = {models->rows + m * models->len, models->len};

        ok = family_judge(c, m, false, models->rows + m * models->len, none, &s) &&
             family_judge(c, m, true, tests->rows + m * tests->len, beside, &s);
    }
    if (ok && s.told)
        judge_series(&c->out->run_effect, s.whole, runs, s.pooled);
    free(s.common);
    free(s.whole);
    return ok;
}

static bool grid_alloc(struct comparing *c, struct grid *grid, size_t len)
{
    grid->len = len;
    grid->rows = jsonl_arena_alloc(&c->finish->report->arena, len * COMPARE_METRICS, sizeof *grid->rows);
    return grid->rows != NULL;
}

/* Those with pairs, by name, mode and metric; counts their verdicts. */
static bool grid_list(struct comparing *c, const struct grid *grid, struct compare_row **list, size_t *len)
{
    for (size_t i = 0; i < grid->len * COMPARE_METRICS; i++)
        *len += grid->rows[i].pairs > 0;
    *list = jsonl_arena_alloc(&c->finish->report->arena, *len, sizeof **list);
    if (!*list)
        return false;
    struct compare_row *to = *list;
    for (size_t r = 0; r < grid->len; r++) {
        for (enum compare_metric m = 0; m < COMPARE_METRICS; m++) {
            const struct compare_row *row = &grid->rows[m * grid->len + r];

            if (row->pairs == 0)
                continue;
            *to++ = *row;
            c->out->counts[row->verdict]++;
        }
    }
    return true;
}

static bool run_judge(struct comparing *c, const struct grid *models, const struct grid *tests)
{
    struct compare_row *row = &c->out->run_effect;
    const struct compare_rows beside[2] = {
        {models->rows + COMPARE_DURATION * models->len, models->len},
        {tests->rows + COMPARE_DURATION * tests->len, tests->len},
    };

    row->old = 1;
    row->new_ = exp(row->effect);
    row->pairs = c->out->pairs;
    if (!verdicts_make(row, 1, beside, c->finish->config, true))
        return false;
    if (c->out->used == 0)
        rows_refuse(row, 1);
    c->out->counts[row->verdict]++;
    return true;
}

/* A test of the run counts once, with any baseline and for each. */
static void pairs_count(struct comparing *c)
{
    const struct panel *p = c->panel;
    const struct trials *t = c->trials;

    c->out->tests_all = t->distinct;
    c->out->pairs = p->len;
    for (size_t i = 0; i < p->len; i++) {
        for (size_t k = p->cells[i].from, next; k < p->cells[i].to; k = next) {
            bool passed = false;

            for (next = k; next < p->cells[i].to && t->list[next].run == t->list[k].run; next++)
                passed |= t->list[next].outcome == JSONL_PASSED;
            if (t->list[k].run + 1 < t->runs)
                c->out->baselines[c->used[t->list[k].run]].pairs += passed;
        }
    }
}

bool compare_rows(struct comparing *c)
{
    struct grid models, tests;

    pairs_count(c);
    c->out->run_effect = row_unjudged(COMPARE_DURATION, COMPARE_ONE_RUN);
    return grid_alloc(c, &models, c->panel->models_len) && grid_alloc(c, &tests, c->panel->tests_len) &&
           grids_judge(c, &models, &tests) && run_judge(c, &models, &tests) &&
           grid_list(c, &models, &c->out->models, &c->out->models_len) &&
           grid_list(c, &tests, &c->out->tests, &c->out->tests_len);
}
