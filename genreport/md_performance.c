/* SPDX-License-Identifier: Apache-2.0
 * Performance, and Memory per Model. */
#include "md.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* A number of a row; the column is left out if no row has it. */
struct column {
    const char *title;
    size_t at; /* in the row's struct, a double */
    void (*write)(struct jsonl_writer *w, double value);
};

enum { COLUMNS_MAX = 16 };

/* Rows beside report.models, and the columns that are of use. */
struct table {
    const void *rows;
    size_t row_size;
    const struct column *used[COLUMNS_MAX];
    size_t len;
};

static void write_rate(struct jsonl_writer *w, double v)
{
    md_number(w, v, v < 9.995 ? 2 : 1, "");
}

static void write_gb(struct jsonl_writer *w, double v)
{
    md_number(w, v, v > 0 && v < 0.095 ? 2 : 1, "");
}

static void write_joule(struct jsonl_writer *w, double v)
{
    md_number(w, v, v < 99.5 ? 1 : 0, "J");
}

#define PERFORMANCE(member) offsetof(struct report_performance, member)
static const struct column performance_columns[] = {
    {"Tokens/s", PERFORMANCE(tokens_per_s.median), write_rate},
    {"Net tokens/s", PERFORMANCE(net_tokens_per_s), write_rate},
    {"TTFT", PERFORMANCE(ttft_s.median), md_latency},
    {"Load", PERFORMANCE(load_s.median), md_latency},
    {"Cleanup", PERFORMANCE(cleanup_s.median), md_latency},
    {"GPU energy", PERFORMANCE(gpu_energy_j.median), write_joule},
    {"Per 1000 tokens", PERFORMANCE(gpu_j_per_1000_tokens), write_joule},
};

#define MEMORY(member) offsetof(struct report_memory, member)
static const struct column memory_columns[] = {
    {"RAM free min", MEMORY(ram_free_gb.min), write_gb},
    {"avg", MEMORY(ram_free_gb.mean), write_gb},
    {"max", MEMORY(ram_free_gb.max), write_gb},
    {"RAM use", MEMORY(ram_use_gb.max), write_gb},
    {"GPU max", MEMORY(gpu_mem_gb.max), write_gb},
    {"GPU use", MEMORY(gpu_mem_use_gb.max), write_gb},
    {"Told", MEMORY(told_gb), write_gb},
};

static double table_value(const struct table *t, size_t row, const struct column *column)
{
    double value;

    memcpy(&value, (const char *)t->rows + row * t->row_size + column->at, sizeof value);
    return value;
}

/* Of n columns those in which any of the rows has a value. */
static struct table table_make(const struct report *r, const void *rows, size_t row_size, const struct column *columns,
                               size_t n)
{
    struct table t = {.rows = rows, .row_size = row_size};

    for (size_t k = 0; k < n; k++) {
        size_t i = 0;

        while (i < r->models_len && isnan(table_value(&t, i, &columns[k])))
            i++;
        if (i < r->models_len)
            t.used[t.len++] = &columns[k];
    }
    return t;
}

static void table_row(struct jsonl_writer *w, const struct report_model *m, const struct table *t, size_t row)
{
    bool any = false;

    for (size_t k = 0; k < t->len; k++)
        any |= !isnan(table_value(t, row, t->used[k]));
    if (!any)
        return;
    jsonl_puts(w, "| ");
    md_text(w, m->label);
    jsonl_puts(w, " | ");
    md_mode(w, m->mode, false);
    jsonl_printf(w, " | %zu |", m->tests);
    for (size_t k = 0; k < t->len; k++) {
        jsonl_puts(w, " ");
        t->used[k]->write(w, table_value(t, row, t->used[k]));
        jsonl_puts(w, " |");
    }
    jsonl_puts(w, "\n");
}

static void table_write(struct jsonl_writer *w, const struct report *r, const struct table *t)
{
    jsonl_puts(w, "| Model | Mode | Tests |");
    for (size_t k = 0; k < t->len; k++)
        jsonl_printf(w, " %s |", t->used[k]->title);
    jsonl_puts(w, "\n|-------|:----:|------:|");
    for (size_t k = 0; k < t->len; k++)
        jsonl_puts(w, "------:|");
    jsonl_puts(w, "\n");
    for (size_t i = 0; i < r->models_len; i++)
        table_row(w, &r->models[i], t, i);
}

void md_performance(struct jsonl_writer *w, const struct report *r)
{
    const struct table t = table_make(r, r->performance, sizeof *r->performance, performance_columns,
                                      sizeof performance_columns / sizeof *performance_columns);
    bool net = false, power = false;

    md_section(w, "Performance");
    if (t.len == 0) {
        jsonl_puts(w, "No test in the statistics tells its tokens per second, load times or the like.\n");
        return;
    }
    for (size_t i = 0; i < r->models_len; i++) {
        net |= r->performance[i].net_tests > 0;
        power |= r->performance[i].gpu_energy_j.n > 0;
    }
    jsonl_puts(w, "Medians over each model's tests.");
    if (net)
        jsonl_puts(w,
                   " Net tokens/s: completion tokens by the time left without loading and waiting for the first one.");
    if (power)
        jsonl_puts(w, " GPU energy: of a test, by the power that the samples tell.");
    jsonl_puts(w, "\n\n");
    table_write(w, r, &t);
}

void md_memory(struct jsonl_writer *w, const struct report *r)
{
    const struct table t =
        table_make(r, r->memory, sizeof *r->memory, memory_columns, sizeof memory_columns / sizeof *memory_columns);
    size_t sampled = 0, parallel = 0, tell = 0;

    md_section(w, "Memory per Model");
    if (t.len == 0) {
        jsonl_puts(w, "Not known: no test in the statistics has samples, or tells its memory.\n");
        return;
    }
    for (size_t i = 0; i < r->models_len; i++) {
        sampled += r->memory[i].tests;
        parallel += r->memory[i].parallel;
        tell += isnan(r->memory[i].told_gb) ? 0 : 1;
    }
    jsonl_puts(w, "In GB.");
    if (sampled > 0)
        jsonl_puts(w,
                   " RAM and GPU: over the samples taken during the tests; use is the most that a test took beyond the "
                   "level before it, which holds what earlier tests left.");
    if (tell > 0)
        jsonl_puts(w, " Told: the highest peak that the tests tell.");
    if (parallel > 0) {
        jsonl_puts(w, " ");
        md_count(w, parallel, "test");
        jsonl_puts(w, " shared the machine with another one, so the samples are of both.");
    }
    jsonl_puts(w, "\n\n");
    table_write(w, r, &t);
}
