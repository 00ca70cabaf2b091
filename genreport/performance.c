/* SPDX-License-Identifier: Apache-2.0
 * How fast models were, and what memory they took: one row of each for each row of report.models. */
#include "finish.h"

#include <math.h>
#include <stdlib.h>

/* Columns of values, one of each for a test of the row. */
enum column {
    COL_TOKENS,
    COL_TTFT,
    COL_LOAD,
    COL_CLEANUP,
    COL_NET_TOKENS,
    COL_NET_S,
    COL_ENERGY,
    COL_PAID_ENERGY, /* of tests that tell their tokens */
    COL_PAID_TOKENS,
    COL_RAM_USE,
    COL_GPU_USE,
    COL_RAM_SUM, /* of the test's samples, and their number */
    COL_RAM_N,
    COL_GPU_SUM,
    COL_GPU_N,
    COLUMNS
};

struct columns {
    double *values; /* COLUMNS stretches of `room` */
    size_t room;
};

static double *column(const struct columns *c, enum column which)
{
    return c->values + (size_t)which * c->room;
}

static double column_sum(const struct columns *c, enum column which, size_t n)
{
    double *values = column(c, which);

    return number_sum(values, number_sort(values, n));
}

/* Seconds that the tokens took: without loading and waiting for the first one. */
static double net_seconds(const struct run_test *t)
{
    double whole = isnan(t->inference_s) ? t->duration : t->inference_s, net = whole - t->load_s - t->ttft_s;

    return net > 0 ? net : NAN;
}

static void test_columns(const struct columns *c, size_t i, const struct run_test *t, const struct profile *p)
{
    double net_s = t->completion_tokens > 0 ? net_seconds(t) : NAN;
    bool paid = t->completion_tokens > 0 && !isnan(p->gpu_energy_j);
    const double values[COLUMNS] = {
        [COL_TOKENS] = t->tokens_per_s,
        [COL_TTFT] = t->ttft_s,
        [COL_LOAD] = t->load_s,
        [COL_CLEANUP] = t->cleanup_s,
        [COL_NET_TOKENS] = isnan(net_s) ? NAN : t->completion_tokens,
        [COL_NET_S] = net_s,
        [COL_ENERGY] = p->gpu_energy_j,
        [COL_PAID_ENERGY] = paid ? p->gpu_energy_j : NAN,
        [COL_PAID_TOKENS] = paid ? t->completion_tokens : NAN,
        [COL_RAM_USE] = p->ram_use_gb,
        [COL_GPU_USE] = p->gpu_mem_use_gb,
        [COL_RAM_SUM] = p->ram_free_gb.mean * (double)p->ram_free_gb.n,
        [COL_RAM_N] = (double)p->ram_free_gb.n,
        [COL_GPU_SUM] = p->gpu_mem_gb.mean * (double)p->gpu_mem_gb.n,
        [COL_GPU_N] = (double)p->gpu_mem_gb.n,
    };

    for (enum column k = 0; k < COLUMNS; k++)
        column(c, k)[i] = values[k];
}

static void range_widen(struct number_range *range, const struct number_range *more)
{
    range->min = number_min(range->min, more->min);
    range->max = number_max(range->max, more->max);
    range->n += more->n;
}

static struct number_spread spread(const struct columns *c, enum column which, size_t n)
{
    return number_spread_of(column(c, which), n);
}

static void performance_make(struct report_performance *row, const struct columns *c, size_t n)
{
    row->tokens_per_s = spread(c, COL_TOKENS, n);
    row->ttft_s = spread(c, COL_TTFT, n);
    row->load_s = spread(c, COL_LOAD, n);
    row->cleanup_s = spread(c, COL_CLEANUP, n);
    row->gpu_energy_j = spread(c, COL_ENERGY, n);
    row->net_tests = number_sort(column(c, COL_NET_S), n);
    row->net_tokens_per_s = row->net_tests ? column_sum(c, COL_NET_TOKENS, n) / column_sum(c, COL_NET_S, n) : NAN;
    double tokens = column_sum(c, COL_PAID_TOKENS, n);
    row->gpu_j_per_1000_tokens = tokens > 0 ? column_sum(c, COL_PAID_ENERGY, n) / tokens * 1000 : NAN;
}

static void memory_make(struct report_memory *row, const struct columns *c, size_t n)
{
    row->ram_use_gb = spread(c, COL_RAM_USE, n);
    row->gpu_mem_use_gb = spread(c, COL_GPU_USE, n);
    row->ram_free_gb.mean = column_sum(c, COL_RAM_SUM, n) / column_sum(c, COL_RAM_N, n);
    row->gpu_mem_gb.mean = column_sum(c, COL_GPU_SUM, n) / column_sum(c, COL_GPU_N, n);
}

/* n tests of one row. */
static void rows_make(const struct finish *f, size_t row, const struct run_test *const *tests, size_t n,
                      const struct columns *c)
{
    static const struct number_range none = {NAN, NAN, NAN, 0};
    struct report_memory *m = &f->report->memory[row];

    *m = (struct report_memory){.ram_free_gb = none, .gpu_mem_gb = none, .told_gb = NAN};
    for (size_t i = 0; i < n; i++) {
        struct profile p = finish_profile(f, tests[i]);

        test_columns(c, i, tests[i], &p);
        range_widen(&m->ram_free_gb, &p.ram_free_gb);
        range_widen(&m->gpu_mem_gb, &p.gpu_mem_gb);
        m->tests += p.samples > 0;
        m->parallel += p.samples > 0 && p.parallel;
        m->told_gb = number_max(m->told_gb, tests[i]->peak_ram_gb);
    }
    performance_make(&f->report->performance[row], c, n);
    memory_make(m, c, n);
}

bool finish_performance(struct finish *f)
{
    struct report *r = f->report;
    struct columns c = {.room = 1};

    r->performance = jsonl_arena_alloc(&r->arena, r->models_len, sizeof *r->performance);
    r->memory = jsonl_arena_alloc(&r->arena, r->models_len, sizeof *r->memory);
    for (size_t i = 0; i < r->models_len; i++)
        c.room = r->models[i].tests > c.room ? r->models[i].tests : c.room;
    c.values = calloc(c.room * COLUMNS, sizeof *c.values);
    bool ok = r->performance && r->memory && c.values;
    for (size_t i = 0, at = 0; ok && i < r->models_len; at += r->models[i].tests, i++)
        rows_make(f, i, f->by_model + at, r->models[i].tests, &c);
    free(c.values);
    return ok;
}
