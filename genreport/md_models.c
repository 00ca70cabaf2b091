/* SPDX-License-Identifier: Apache-2.0
 * Per-Model Statistics: the table, the size classes, and what a server had in RAM. */
#include "md_compare.h"

enum { SERVERS_MAX = 50 };

static const char *const ram_legends[] = {
    [REPORT_RAM_NONE] = "No data on RAM.",
    [REPORT_RAM_HEALTH] = "RAM (GB): lowest to highest free RAM at the end of these tests.",
    [REPORT_RAM_SAMPLES] = "RAM (GB): lowest to highest free RAM sampled during these tests.",
    [REPORT_RAM_PEAK] = "RAM (GB): lowest to highest peak use, as these tests report it.",
};

/* Of the tests that the baselines have too. */
static void models_old(struct jsonl_writer *w, const struct report_model *m)
{
    double more = m->pairs_s - m->old_s;

    jsonl_puts(w, " | ");
    md_seconds(w, m->old_s);
    jsonl_puts(w, " | ");
    md_more_seconds(w, more);
    jsonl_puts(w, " | ");
    md_effect(w, more / m->old_s);
}

static void models_table(struct jsonl_writer *w, const struct report *r)
{
    if (r->comparison.made)
        jsonl_puts(w, "| Model | Size | Mode | Tests | Time | Old | Δ | Change | RAM (GB) |\n"
                      "|-------|-----:|:----:|------:|-----:|----:|--:|-------:|---------:|\n");
    else
        jsonl_puts(w, "| Model | Size | Mode | Tests | Time | RAM (GB) |\n"
                      "|-------|-----:|:----:|------:|-----:|---------:|\n");
    for (size_t i = 0; i < r->models_len; i++) {
        const struct report_model *m = &r->models[i];

        jsonl_puts(w, "| ");
        md_text(w, m->label);
        jsonl_puts(w, " | ");
        md_size(w, m->size_gb);
        jsonl_puts(w, " | ");
        md_mode(w, m->mode, false);
        jsonl_printf(w, " | %zu | ", m->tests);
        md_seconds(w, m->time_s);
        if (r->comparison.made)
            models_old(w, m);
        jsonl_puts(w, " | ");
        md_range(w, m->ram_gb, 1);
        jsonl_puts(w, " |\n");
    }
}

/* "≥20 GB" and the like. */
static void class_bounds(struct jsonl_writer *w, enum report_class c, const struct jsonl_config *config)
{
    switch (c) {
    case REPORT_LARGE:
        jsonl_puts(w, "LARGE MODELS (≥");
        md_number(w, config->size_large, JSONL_SHORTEST, "GB)");
        break;
    case REPORT_MEDIUM:
        jsonl_puts(w, "MEDIUM MODELS (");
        md_number(w, config->size_medium, JSONL_SHORTEST, "");
        jsonl_puts(w, "-");
        md_number(w, config->size_large, JSONL_SHORTEST, "GB)");
        break;
    case REPORT_SMALL:
        jsonl_puts(w, "SMALL MODELS (<");
        md_number(w, config->size_medium, JSONL_SHORTEST, "GB)");
        break;
    default:
        jsonl_puts(w, "MODELS OF UNKNOWN SIZE");
        break;
    }
}

static void models_class(struct jsonl_writer *w, const struct report *r, enum report_class c)
{
    const struct report_size *size = &r->sizes[c];

    class_bounds(w, c, r->config);
    jsonl_puts(w, ": ");
    md_count(w, size->models, "model");
    jsonl_puts(w, "\n");
    if (c != REPORT_UNSIZED) {
        jsonl_puts(w, "  Avg size:               ");
        md_size(w, size->size_gb);
        jsonl_puts(w, "\n");
    }
    for (size_t i = 0; i < size->modes_len; i++) {
        const struct report_mode *m = &size->modes[i];

        jsonl_puts(w, "  ");
        md_mode(w, m->mode, true);
        jsonl_printf(w, " Tests:\n    Models tested:        %zu\n    Avg test time:        ", m->models);
        md_seconds(w, m->test_s);
        if (m->ram_gb.n > 0) {
            jsonl_puts(w, "\n    RAM range:            ");
            md_range(w, m->ram_gb, 1);
            jsonl_puts(w, " GB");
        }
        jsonl_puts(w, "\n");
    }
}

static void models_classes(struct jsonl_writer *w, const struct report *r)
{
    bool said = false;

    jsonl_puts(w, "\n### Model Categories\n\n"
                  "Avg test time is the mean over models of each model's mean test.\n\n```\n");
    for (enum report_class c = 0; c < REPORT_CLASSES; c++) {
        if (r->sizes[c].models == 0)
            continue;
        jsonl_puts(w, said ? "\n" : "");
        said = true;
        models_class(w, r, c);
    }
    jsonl_puts(w, "```\n");
}

static void models_servers(struct jsonl_writer *w, const struct report *r)
{
    if (r->servers_len == 0)
        return;
    jsonl_puts(w,
               "\n### Server Tests\n\n"
               "Passed tests that name no model and were served by one, as the log tells, with what the server had in "
               "RAM meanwhile, the longest first. "
               "They are not in the statistics above.\n\n"
               "| Test | Time | Models in RAM |\n"
               "|------|-----:|---------------|\n");
    for (size_t i = 0; i < r->servers_len && i < SERVERS_MAX; i++) {
        const struct report_server *s = &r->servers[i];

        jsonl_puts(w, "| ");
        md_text(w, s->id);
        jsonl_puts(w, " | ");
        md_seconds(w, s->duration_s);
        jsonl_puts(w, " | ");
        for (size_t k = 0; k < s->models.len; k++) {
            jsonl_puts(w, k > 0 ? ", " : "");
            md_text(w, s->models.list[k]);
        }
        jsonl_puts(w, s->more ? ", … |\n" : " |\n");
    }
    md_rest(w, r->servers_len, SERVERS_MAX, "server test");
}

void md_models(struct jsonl_writer *w, const struct report *r)
{
    md_section(w, "Per-Model Statistics");
    if (r->models_len == 0) {
        jsonl_puts(w, "No passed test names a model and took ");
        md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s or more.\n");
    } else {
        jsonl_puts(w, "Passed tests with a model that took at least ");
        md_number(w, r->config->inference_min_s, JSONL_SHORTEST, "s. Time: all of them added up. ");
        jsonl_puts(w, ram_legends[r->ram]);
        if (r->comparison.made)
            jsonl_puts(w, " Old, Δ, Change: the very same tests in the baseline, the whole run's effect included; the "
                          "Comparison says what of it is more than noise.");
        jsonl_puts(w, "\n\n");
        models_table(w, r);
        models_classes(w, r);
    }
    models_servers(w, r);
}
