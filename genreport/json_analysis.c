/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"
#include "json.h"

#include <math.h>

static void json_performance(struct jsonl_writer *w, const struct report_performance *p)
{
    jsonl_key(w, "performance");
    jsonl_begin_object(w);
    fields_spread(w, "tokens_per_sec", p->tokens_per_s);
    fields_real(w, "net_tokens_per_sec", p->net_tokens_per_s);
    fields_count(w, "net_tests", p->net_tests);
    fields_spread(w, "time_to_first_token_s", p->ttft_s);
    fields_spread(w, "model_load_time_s", p->load_s);
    fields_spread(w, "cleanup_time_s", p->cleanup_s);
    fields_spread(w, "gpu_energy_j", p->gpu_energy_j);
    fields_real(w, "gpu_j_per_1000_tokens", p->gpu_j_per_1000_tokens);
    jsonl_end_object(w);
}

static void json_memory(struct jsonl_writer *w, const struct report_memory *m)
{
    jsonl_key(w, "memory");
    jsonl_begin_object(w);
    fields_count(w, "tests", m->tests);
    fields_count(w, "parallel", m->parallel);
    fields_range(w, "ram_free_gb", m->ram_free_gb);
    fields_spread(w, "ram_use_gb", m->ram_use_gb);
    fields_range(w, "gpu_mem_used_gb", m->gpu_mem_gb);
    fields_spread(w, "gpu_mem_use_gb", m->gpu_mem_use_gb);
    fields_real(w, "peak_ram_gb", m->told_gb);
    jsonl_end_object(w);
}

void json_models(struct jsonl_writer *w, const struct report *r)
{
    static const char *const sources[] = {
        [REPORT_RAM_NONE] = "none",
        [REPORT_RAM_HEALTH] = "free-at-end",
        [REPORT_RAM_SAMPLES] = "free-sampled",
        [REPORT_RAM_PEAK] = "peak-use",
    };

    jsonl_key(w, "ram_source");
    jsonl_cstring(w, sources[r->ram]);
    jsonl_key(w, "models");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->models_len; i++) {
        const struct report_model *m = &r->models[i];

        jsonl_begin_object(w);
        fields_text(w, "id", m->id);
        fields_text(w, "model", m->label);
        fields_text(w, "mode", m->mode);
        fields_real(w, "size_gb", m->size_gb);
        fields_count(w, "tests", m->tests);
        fields_real(w, "time_s", m->time_s);
        if (r->comparison.made) {
            fields_count(w, "pairs", m->pairs);
            fields_real(w, "pairs_s", m->pairs_s);
            fields_real(w, "old_s", m->old_s);
        }
        fields_real(w, "ram_min_gb", m->ram_gb.min);
        fields_real(w, "ram_max_gb", m->ram_gb.max);
        json_performance(w, &r->performance[i]);
        json_memory(w, &r->memory[i]);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_outliers(struct jsonl_writer *w, const struct report *r)
{
    jsonl_key(w, "outliers");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->outliers_len; i++) {
        const struct report_outlier *o = &r->outliers[i];

        jsonl_begin_object(w);
        fields_text(w, "test", o->id);
        fields_text(w, "model", o->model);
        fields_text(w, "mode", o->mode);
        fields_real(w, "duration_s", o->duration_s);
        fields_real(w, "median_s", o->median_s);
        fields_real(w, "distance", o->score);
        fields_count(w, "of", o->of);
        jsonl_key(w, "among");
        jsonl_cstring(w, o->runs ? "runs" : "tests");
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

void json_anomalies(struct jsonl_writer *w, const struct report *r)
{
    const struct report_health *h = &r->health;
    const struct report_shortage *s = &r->shortage;

    jsonl_key(w, "anomalies");
    jsonl_begin_object(w);
    fields_bool(w, "mixed", r->mixed);
    jsonl_key(w, "oom_kills");
    jsonl_begin_object(w);
    fields_bool(w, "found", !isnan(s->killed_s));
    if (!isnan(s->killed_s))
        fields_real(w, "processes", s->killed);
    fields_time(w, "at", s->killed_s);
    fields_text(w, "test", s->killed_id);
    jsonl_end_object(w);
    jsonl_key(w, "low_ram");
    jsonl_begin_object(w);
    fields_bool(w, "found", s->low > 0);
    fields_count(w, "samples", s->samples);
    fields_count(w, "samples_low", s->low);
    fields_real(w, "lowest_gb", s->lowest_gb);
    fields_time(w, "at", s->lowest_s);
    fields_text(w, "test", s->lowest_id);
    jsonl_end_object(w);
    jsonl_key(w, "leak");
    jsonl_begin_object(w);
    fields_bool(w, "found", r->leak.found);
    fields_bool(w, "by_model", r->leak.by_model);
    fields_count(w, "breaks", r->leak.breaks);
    fields_real(w, "ram_free_gb_per_hour", r->leak.gb_per_hour);
    fields_real(w, "lost_gb", r->leak.lost_gb);
    fields_real(w, "over_s", r->leak.over_s);
    fields_chance(w, "p", r->leak.p);
    jsonl_end_object(w);
    jsonl_key(w, "swap");
    jsonl_begin_object(w);
    fields_bool(w, "found", h->swap_grew);
    fields_real(w, "growth_mb", h->swap_climb_mb);
    fields_real(w, "from_mb", h->swap_from_mb);
    fields_real(w, "to_mb", h->swap_to_mb);
    jsonl_end_object(w);
    if (r->pressure.samples > 0) {
        jsonl_key(w, "memory_pressure");
        jsonl_begin_object(w);
        fields_bool(w, "found", r->pressure.critical);
        fields_real(w, "critical_s", (double)r->pressure.critical_us / 1e6);
        fields_count(w, "tests", r->pressure.tests_critical);
        if (!isnan(h->swap_climb_mb))
            fields_bool(w, "with_swap", h->swap_grew);
        jsonl_end_object(w);
    }
    jsonl_key(w, "zombies");
    jsonl_begin_object(w);
    fields_bool(w, "found", !isnan(r->zombies.at_s));
    fields_real(w, "max", r->zombies.max);
    fields_time(w, "at", r->zombies.at_s);
    fields_real(w, "from", r->zombies.from);
    fields_real(w, "to", r->zombies.to);
    fields_text(w, "test", r->zombies.id);
    jsonl_end_object(w);
    fields_count(w, "outliers_judged", r->outliers_judged);
    json_outliers(w, r);
    jsonl_end_object(w);
}

static void json_loads(struct jsonl_writer *w, const struct report *r)
{
    jsonl_key(w, "loads");
    jsonl_begin_object(w);
    jsonl_key(w, "seen_in");
    jsonl_cstring(w, r->loads.gpu ? "gpu_mem_used_gb" : "ram_free_gb");
    jsonl_key(w, "models");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->loads.len; i++) {
        const struct report_load *l = &r->loads.models[i];

        jsonl_begin_object(w);
        fields_text(w, "id", l->id);
        fields_text(w, "model", l->model);
        fields_count(w, "loads", l->loads);
        fields_count(w, "unloads", l->unloads);
        fields_spread(w, "step_gb", l->step_gb);
        fields_spread(w, "load_s", l->load_s);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
    jsonl_end_object(w);
}

void json_schedule(struct jsonl_writer *w, const struct report *r)
{
    const struct report_schedule *s = &r->schedule;

    json_loads(w, r);
    jsonl_key(w, "scheduling");
    jsonl_begin_object(w);
    fields_count(w, "tests", s->tests);
    fields_count(w, "overlapping", s->overlapping);
    fields_count(w, "switches", s->switches);
    fields_count(w, "switches_by_model", s->fewest);
    fields_real(w, "saved_s", s->saved_s);
    fields_count(w, "returns_priced", s->priced);
    fields_count(w, "returns_unpriced", s->unpriced);
    jsonl_end_object(w);
    jsonl_key(w, "machines");
    jsonl_begin_array(w);
    for (size_t i = 0; i < r->machines_len; i++) {
        jsonl_begin_object(w);
        fields_text(w, "hardware", r->machines[i].hardware);
        fields_count(w, "tests", r->machines[i].tests);
        fields_count(w, "failed", r->machines[i].failed);
        fields_real(w, "duration_s", r->machines[i].duration_s);
        fields_time(w, "first", r->machines[i].first_s);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}
