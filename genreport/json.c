/* SPDX-License-Identifier: Apache-2.0
 * The report as one JSON object: every number of it, in a stable order. */
#include "json.h"
#include "fields.h"
#include "format.h"

#include <math.h>

static void json_texts(struct jsonl_writer *w, const char *name, struct report_texts texts)
{
    jsonl_key(w, name);
    jsonl_begin_array(w);
    for (size_t i = 0; i < texts.len; i++)
        jsonl_string(w, texts.list[i]);
    jsonl_end_array(w);
}

static void json_head(struct jsonl_writer *w, const struct report *r)
{
    jsonl_key(w, "template");
    jsonl_cstring(w, REPORT_TEMPLATE);
    jsonl_key(w, "generator");
    jsonl_cstring(w, "genreport " JSONL_VERSION);
    fields_time(w, "generated", r->generated_s);
    fields_time(w, "first", r->first_s);
    fields_time(w, "last", r->last_s);
    json_texts(w, "versions", r->versions);
    json_texts(w, "schemas", r->schemas);
    json_texts(w, "hardware", r->hardware);
    fields_real(w, "ram_total_gb", r->ram_total_gb);
    fields_real(w, "gpu_memory_gb", r->gpu_memory_gb);
    jsonl_key(w, "sources");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->sources_len; i++) {
        jsonl_begin_object(w);
        fields_text(w, "name", r->sources[i].name);
        for (enum jsonl_kind k = 0; k < JSONL_KINDS; k++)
            if (r->sources[i].kinds[k] > 0)
                fields_count(w, jsonl_kind_name(k), r->sources[i].kinds[k]);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

/* What the report judges by, and says beside its figures. */
static void json_limits(struct jsonl_writer *w, const struct jsonl_config *c)
{
    jsonl_key(w, "limits");
    jsonl_begin_object(w);
    fields_real(w, "inference_min_s", c->inference_min_s);
    fields_real(w, "ram_free_min_gb", c->quality_ram_free_min_gb);
    fields_real(w, "zombies_max", c->quality_zombies_max);
    fields_real(w, "swap_growth_mb", c->quality_swap_growth_mb);
    fields_real(w, "size_large_gb", c->size_large);
    fields_real(w, "size_medium_gb", c->size_medium);
    fields_real(w, "gpu_high", c->gpu_high);
    fields_real(w, "outlier_distance", OUTLIER_SCORE);
    fields_count(w, "outlier_min_tests", OUTLIER_MIN);
    fields_real(w, "leak_min_gb", LEAK_GB_MIN);
    fields_count(w, "leak_min_breaks", LEAK_BREAKS_MIN);
    fields_real(w, "compare_alpha", c->compare_alpha);
    fields_real(w, "compare_effect", c->compare_effect);
    fields_real(w, "compare_min_pairs", c->compare_min_pairs);
    fields_count(w, "trend_min_runs", TREND_RUNS);
    jsonl_end_object(w);
}

static void json_summary(struct jsonl_writer *w, const struct report *r)
{
    const struct report_totals *t = &r->totals;

    jsonl_key(w, "summary");
    jsonl_begin_object(w);
    fields_count(w, "tests", t->tests);
    for (enum jsonl_outcome o = 0; o < JSONL_OUTCOMES; o++)
        fields_count(w, jsonl_outcome_names[o], t->outcomes[o]);
    fields_count(w, "with_model", t->with_model);
    fields_count(w, "inference", t->inference);
    fields_count(w, "infrastructure", t->outcomes[JSONL_PASSED] - t->with_model);
    fields_count(w, "models", t->models);
    fields_count(w, "served", t->served);
    fields_count(w, "timed", t->timed);
    fields_count(w, "refused", t->refused);
    fields_real(w, "duration_s", t->duration_s);
    fields_real(w, "wall_s", t->wall_s);
    fields_count(w, "rerun", t->rerun);
    fields_count(w, "repeated", t->repeated);
    jsonl_end_object(w);

    jsonl_key(w, "failures");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->failures_len; i++) {
        const struct report_failure *f = &r->failures[i];

        jsonl_begin_object(w);
        fields_text(w, "test", f->id);
        fields_text(w, "model", f->model);
        fields_count(w, "failed", f->failed);
        fields_count(w, "runs", f->runs);
        fields_real(w, "longest_s", f->longest_s);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);

    jsonl_key(w, "skips");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->skips_len; i++) {
        jsonl_begin_object(w);
        fields_text(w, "reason", r->skips[i].reason);
        fields_count(w, "tests", r->skips[i].tests);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_seconds(struct jsonl_writer *w, const char *name, int64_t us)
{
    fields_real(w, name, (double)us / 1e6);
}

static void json_pressure(struct jsonl_writer *w, const struct report_pressure *p)
{
    fields_real(w, "psi_some_max", p->psi_some_max);
    fields_real(w, "psi_full_max", p->psi_full_max);
    if (p->samples == 0)
        return;
    jsonl_key(w, "memory_pressure");
    jsonl_begin_object(w);
    fields_count(w, "n", p->samples);
    json_seconds(w, "known_s", p->known_us);
    json_seconds(w, "warn_s", p->warn_us);
    json_seconds(w, "critical_s", p->critical_us);
    if (!isnan(p->longest_s)) {
        jsonl_key(w, "longest");
        jsonl_begin_object(w);
        jsonl_key(w, "level");
        jsonl_cstring(w, p->critical_us > 0 ? "critical" : "warn");
        fields_time(w, "from", p->longest_s);
        json_seconds(w, "length_s", p->longest_us);
        jsonl_end_object(w);
    }
    jsonl_key(w, "tests");
    jsonl_begin_array(w);
    for (size_t i = 0; i < p->tests_len; i++) {
        jsonl_begin_object(w);
        fields_text(w, "test", p->tests[i].id);
        fields_text(w, "model", p->tests[i].model);
        json_seconds(w, "length_s", p->tests[i].length_us);
        json_seconds(w, "warn_s", p->tests[i].warn_us);
        json_seconds(w, "critical_s", p->tests[i].critical_us);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
    jsonl_end_object(w);
}

static void json_health(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;

    jsonl_key(w, "system_health");
    jsonl_begin_object(w);
    fields_count(w, "tests", h->tests);
    fields_count(w, "judged", h->judged);
    fields_count(w, "clean", h->clean);
    fields_count(w, "degraded_ram", h->degraded_ram);
    fields_count(w, "degraded_zombies", h->degraded_zombies);
    fields_count(w, "flagged_swap", h->flagged_swap);
    fields_range(w, "swap_mb", h->swap_mb);
    fields_range(w, "ram_free_gb", h->ram_free_gb);
    fields_range(w, "zombies", h->zombies);
    jsonl_key(w, "samples");
    jsonl_begin_object(w);
    fields_count(w, "n", r->samples.len);
    fields_real(w, "interval_s", r->samples.interval_s);
    fields_real(w, "length_s", r->samples.length_s);
    fields_count(w, "tests", r->samples.tests);
    fields_count(w, "tests_timed", r->samples.tests_timed);
    fields_range(w, "swap_mb", h->sample_swap_mb);
    fields_range(w, "ram_free_gb", h->sample_ram_free_gb);
    fields_range(w, "zombies", h->sample_zombies);
    json_pressure(w, &r->pressure);
    jsonl_end_object(w);
    jsonl_end_object(w);
}

static void json_sizes(struct jsonl_writer *w, const struct report *r)
{
    static const char *const names[] = {"large", "medium", "small", "unknown"};

    jsonl_key(w, "categories");
    jsonl_begin_array(w);
    for (enum report_class c = 0; c < REPORT_CLASSES; c++) {
        const struct report_size *s = &r->sizes[c];

        if (s->models == 0)
            continue;
        jsonl_begin_object(w);
        jsonl_key(w, "category");
        jsonl_cstring(w, names[c]);
        fields_count(w, "models", s->models);
        fields_real(w, "size_gb", s->size_gb);
        jsonl_key(w, "modes");
        jsonl_begin_array(w);
        for (size_t i = 0; i < s->modes_len; i++) {
            jsonl_begin_object(w);
            fields_text(w, "mode", s->modes[i].mode);
            fields_count(w, "models", s->modes[i].models);
            fields_real(w, "test_s", s->modes[i].test_s);
            fields_real(w, "ram_min_gb", s->modes[i].ram_gb.min);
            fields_real(w, "ram_max_gb", s->modes[i].ram_gb.max);
            jsonl_end_object(w);
        }
        jsonl_end_array(w);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_tests(struct jsonl_writer *w, const struct report *r)
{
    jsonl_key(w, "tests");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->tests_len; i++) {
        const struct report_test *t = &r->tests[i];

        jsonl_begin_object(w);
        fields_text(w, "name", t->name);
        fields_text(w, "mode", t->mode);
        fields_count(w, "models", t->models);
        fields_count(w, "tests", t->tests);
        fields_real(w, "fastest_s", t->fastest_s);
        fields_text(w, "fastest", t->fastest);
        fields_real(w, "slowest_s", t->slowest_s);
        fields_text(w, "slowest", t->slowest);
        fields_real(w, "median_s", t->median_s);
        if (r->comparison.made) {
            fields_real(w, "pairs_s", t->pairs_s);
            fields_real(w, "old_s", t->old_s);
        }
        jsonl_end_object(w);
    }
    jsonl_end_array(w);

    jsonl_key(w, "server_tests");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->servers_len; i++) {
        jsonl_begin_object(w);
        fields_text(w, "test", r->servers[i].id);
        fields_real(w, "duration_s", r->servers[i].duration_s);
        json_texts(w, "models", r->servers[i].models);
        if (r->servers[i].more)
            fields_bool(w, "more_models", true);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_gpu_tests(struct jsonl_writer *w, const char *name, const struct report_gpu_test *list, size_t n)
{
    jsonl_key(w, name);
    jsonl_begin_array(w);
    for (size_t i = 0; i < n; i++) {
        jsonl_begin_object(w);
        fields_text(w, "name", list[i].name);
        fields_text(w, "model", list[i].model);
        fields_real(w, "device", list[i].device);
        fields_real(w, "renderer", list[i].renderer);
        fields_real(w, "pressure", list[i].pressure);
        fields_count(w, "samples", list[i].samples);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_gpu(struct jsonl_writer *w, const struct report *r)
{
    jsonl_key(w, "gpu");
    jsonl_begin_object(w);
    fields_count(w, "samples", r->gpu.samples);
    fields_count(w, "tests", r->gpu.tests);
    fields_range(w, "device", r->gpu.device);
    fields_range(w, "renderer", r->gpu.renderer);
    json_gpu_tests(w, "cold_starts", r->gpu.colds, r->gpu.colds_len);
    json_gpu_tests(w, "high", r->gpu.high, r->gpu.high_len);
    jsonl_end_object(w);
}

bool json_render(struct jsonl_writer *w, const struct report *r)
{
    jsonl_begin_object(w);
    json_head(w, r);
    json_limits(w, r->config);
    json_summary(w, r);
    json_health(w, r);
    json_models(w, r);
    json_sizes(w, r);
    json_tests(w, r);
    json_gpu(w, r);
    json_anomalies(w, r);
    json_schedule(w, r);
    json_comparison(w, r);
    jsonl_end_object(w);
    jsonl_end_line(w);
    return true;
}
