/* SPDX-License-Identifier: Apache-2.0
 *
 * Performance, and Memory per Model. */
#include "md.h"

#include <math.h>

/* A column is left out if no row has a value in it. */
struct column {
    const char *title;
    double (*value)(const struct report *r, size_t row);
    void (*write)(struct jsonl_writer *w, double value);
};

enum { COLUMNS_MAX = 16 };

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

static double tokens(const struct report *r, size_t i)
{
    return r->performance[i].tokens_per_s.median;
}

static double net_tokens(const struct report *r, size_t i)
{
    return r->performance[i].net_tokens_per_s;
}

static double ttft(const struct report *r, size_t i)
{
    return r->performance[i].ttft_s.median;
}

static double load(const struct report *r, size_t i)
{
    return r->performance[i].load_s.median;
}

static double cleanup(const struct report *r, size_t i)
{
    return r->performance[i].cleanup_s.median;
}

static double energy(const struct report *r, size_t i)
{
    return r->performance[i].gpu_energy_j.median;
}

static double energy_tokens(const struct report *r, size_t i)
{
    return r->performance[i].gpu_j_per_1000_tokens;
}

static const struct column performance_columns[] = {
    {"Tokens/s", tokens, write_rate},
    {"Net tokens/s", net_tokens, write_rate},
    {"TTFT", ttft, md_latency},
    {"Load", load, md_latency},
    {"Cleanup", cleanup, md_latency},
    {"GPU energy", energy, write_joule},
    {"Per 1000 tokens", energy_tokens, write_joule},
};

static double ram_min(const struct report *r, size_t i)
{
    return r->memory[i].ram_free_gb.min;
}

static double ram_mean(const struct report *r, size_t i)
{
    return r->memory[i].ram_free_gb.mean;
}

static double ram_max(const struct report *r, size_t i)
{
    return r->memory[i].ram_free_gb.max;
}

static double ram_use(const struct report *r, size_t i)
{
    return r->memory[i].ram_use_gb.max;
}

static double gpu_max(const struct report *r, size_t i)
{
    return r->memory[i].gpu_mem_gb.max;
}

static double gpu_use(const struct report *r, size_t i)
{
    return r->memory[i].gpu_mem_use_gb.max;
}

static double told(const struct report *r, size_t i)
{
    return r->memory[i].told_gb;
}

static const struct column memory_columns[] = {
    {"RAM free min", ram_min, write_gb},
    {"avg", ram_mean, write_gb},
    {"max", ram_max, write_gb},
    {"RAM use", ram_use, write_gb},
    {"GPU max", gpu_max, write_gb},
    {"GPU use", gpu_use, write_gb},
    {"Told", told, write_gb},
};

/* Puts those of the n columns that hold anything into `used`; returns how many. */
static size_t columns_used(const struct report *r, const struct column *columns, size_t n,
                           const struct column *used[COLUMNS_MAX])
{
    size_t len = 0;

    for (size_t k = 0; k < n; k++) {
        size_t i = 0;

        while (i < r->models_len && isnan(columns[k].value(r, i)))
            i++;
        if (i < r->models_len)
            used[len++] = &columns[k];
    }
    return len;
}

static void columns_table(struct jsonl_writer *w, const struct report *r, const struct column *const *used, size_t n)
{
    jsonl_puts(w, "| Model | Mode | Tests |");
    for (size_t k = 0; k < n; k++)
        jsonl_printf(w, " %s |", used[k]->title);
    jsonl_puts(w, "\n|-------|:----:|------:|");
    for (size_t k = 0; k < n; k++)
        jsonl_puts(w, "------:|");
    jsonl_puts(w, "\n");
    for (size_t i = 0; i < r->models_len; i++) {
        bool any = false;

        for (size_t k = 0; k < n; k++)
            any |= !isnan(used[k]->value(r, i));
        if (!any)
            continue;
        jsonl_puts(w, "| ");
        md_text(w, r->models[i].label);
        jsonl_puts(w, " | ");
        md_mode(w, r->models[i].mode, false);
        jsonl_printf(w, " | %zu |", r->models[i].tests);
        for (size_t k = 0; k < n; k++) {
            jsonl_puts(w, " ");
            used[k]->write(w, used[k]->value(r, i));
            jsonl_puts(w, " |");
        }
        jsonl_puts(w, "\n");
    }
}

void md_performance(struct jsonl_writer *w, const struct report *r)
{
    const struct column *used[COLUMNS_MAX];
    size_t n = columns_used(r, performance_columns, sizeof performance_columns / sizeof *performance_columns, used);
    bool net = false, power = false;

    md_section(w, "Performance");
    if (n == 0) {
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
    columns_table(w, r, used, n);
}

void md_memory(struct jsonl_writer *w, const struct report *r)
{
    const struct column *used[COLUMNS_MAX];
    size_t n = columns_used(r, memory_columns, sizeof memory_columns / sizeof *memory_columns, used);
    size_t sampled = 0, parallel = 0, tell = 0;

    md_section(w, "Memory per Model");
    if (n == 0) {
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
    columns_table(w, r, used, n);
}
