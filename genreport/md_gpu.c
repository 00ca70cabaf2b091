/* SPDX-License-Identifier: Apache-2.0
 * GPU Analysis. */
#include "md.h"

#include <math.h>

enum { COLDS_MAX = 50, HIGH_MAX = 10 };

static void gpu_percent(struct jsonl_writer *w, double percent)
{
    md_number(w, percent, 1, "");
    if (!isnan(percent))
        jsonl_puts(w, "%");
}

static void gpu_row(struct jsonl_writer *w, const struct report_gpu_test *t)
{
    jsonl_puts(w, "| ");
    md_text(w, t->name);
    jsonl_puts(w, " | ");
    md_text(w, t->model);
    jsonl_puts(w, " | ");
    gpu_percent(w, t->device);
    jsonl_puts(w, " | ");
    gpu_percent(w, t->renderer);
    jsonl_puts(w, " | ");
}

static void gpu_colds(struct jsonl_writer *w, const struct report_gpu *gpu)
{
    jsonl_puts(w, "### Cold-Start Tests\n\nEach model's first test, which loads it.\n\n");
    if (gpu->colds_len == 0) {
        jsonl_puts(w, "None has samples of the GPU.\n");
        return;
    }
    jsonl_puts(w, "| Test | Model | GPU Dev | GPU Rnd | Samples |\n"
                  "|------|-------|--------:|--------:|--------:|\n");
    for (size_t i = 0; i < gpu->colds_len && i < COLDS_MAX; i++) {
        gpu_row(w, &gpu->colds[i]);
        jsonl_printf(w, "%zu |\n", gpu->colds[i].samples);
    }
    md_rest(w, gpu->colds_len, COLDS_MAX, "cold-start test");
}

static const char *pressure_name(double level)
{
    if (isnan(level))
        return "–";
    if (level >= 4)
        return "Critical";
    return level >= 2 ? "Warn" : "OK";
}

static void gpu_high(struct jsonl_writer *w, const struct report *r)
{
    const struct report_gpu *gpu = &r->gpu;

    jsonl_puts(w, "\n### High GPU Utilization Tests\n\n");
    if (gpu->high_len == 0) {
        jsonl_puts(w, "No test used more than ");
        md_number(w, r->config->gpu_high, JSONL_SHORTEST, "");
        jsonl_puts(w, "% of the GPU on average.\n");
        return;
    }
    jsonl_puts(w, "Tests that used more than ");
    md_number(w, r->config->gpu_high, JSONL_SHORTEST, "");
    jsonl_puts(w, "% of the GPU on average.\n\n"
                  "| Test | Model | GPU Dev | GPU Rnd | Pressure |\n"
                  "|------|-------|--------:|--------:|:--------:|\n");
    for (size_t i = 0; i < gpu->high_len && i < HIGH_MAX; i++) {
        gpu_row(w, &gpu->high[i]);
        jsonl_printf(w, "%s |\n", pressure_name(gpu->high[i].pressure));
    }
    md_rest(w, gpu->high_len, HIGH_MAX, "test");
}

static void gpu_line(struct jsonl_writer *w, const char *label, double percent)
{
    jsonl_printf(w, "%-22s", label);
    gpu_percent(w, percent);
    jsonl_puts(w, "\n");
}

static void gpu_summary(struct jsonl_writer *w, const struct report *r)
{
    const struct report_gpu *gpu = &r->gpu;

    jsonl_puts(w, "\n### GPU Utilization Summary\n\n"
                  "Averages and maxima are those of the tests' means.\n\n```\n"
                  "Sample interval:      ");
    md_number(w, r->samples.interval_s * 1000, 0, "ms");
    jsonl_printf(w, "\nCorrelated tests:     %zu\nCold-start tests:     %zu\n", gpu->tests, gpu->colds_len);
    gpu_line(w, "GPU Device avg:", gpu->device.mean);
    gpu_line(w, "GPU Device max:", gpu->device.max);
    if (gpu->renderer.n > 0) {
        gpu_line(w, "GPU Renderer avg:", gpu->renderer.mean);
        gpu_line(w, "GPU Renderer max:", gpu->renderer.max);
    }
    jsonl_puts(w, "```\n");
}

void md_gpu(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "GPU Analysis");
    if (r->gpu.samples == 0) {
        jsonl_puts(w, "Not known: no sample tells the GPU's utilization.\n");
        return;
    }
    if (r->gpu.tests == 0) {
        jsonl_puts(w, "Not known: no test of ");
        md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s or more has samples of the GPU.\n");
        return;
    }
    jsonl_puts(w, "Means over the samples taken while a test ran, of tests that took at least ");
    md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s.\n\n");
    gpu_colds(w, &r->gpu);
    gpu_high(w, r);
    gpu_summary(w, r);
}
