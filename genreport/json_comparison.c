/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"
#include "json.h"

#include <math.h>

static void json_row(struct jsonl_writer *w, const struct compare_row *row, const char *what)
{
    static const char *const bases[] = {
        [COMPARE_BY_PAIRS] = "pairs", [COMPARE_BY_REPEATS] = "repeats", [COMPARE_BY_BASELINES] = "baselines"};

    jsonl_begin_object(w);
    if (what) {
        fields_text(w, what, row->name);
        fields_text(w, "id", row->id);
        fields_text(w, "mode", row->mode);
    }
    jsonl_key(w, "metric");
    jsonl_cstring(w, compare_metric_names[row->metric]);
    jsonl_key(w, "verdict");
    jsonl_cstring(w, compare_verdict_names[row->verdict]);
    if (row->reason != COMPARE_JUDGED) {
        jsonl_key(w, "reason");
        jsonl_cstring(w, compare_reason_texts[row->reason]);
    }
    jsonl_key(w, "by");
    jsonl_cstring(w, bases[row->basis]);
    fields_real(w, "effect", row->effect);
    fields_real(w, "low", row->low);
    fields_real(w, "high", row->high);
    fields_chance(w, "p", row->p);
    fields_chance(w, "q", row->q);
    fields_count(w, "pairs", row->pairs);
    fields_real(w, "old", row->old);
    fields_real(w, "new", row->new_);
    fields_real(w, "more_runs", row->more_runs);
    jsonl_end_object(w);
}

static void json_rows(struct jsonl_writer *w, const char *name, const char *what, const struct compare_row *rows,
                      size_t n)
{
    jsonl_key(w, name);
    jsonl_begin_array(w);
    for (size_t i = 0; i < n; i++)
        json_row(w, &rows[i], what);
    jsonl_end_array(w);
}

static void json_changes(struct jsonl_writer *w, const char *name, const struct compare_changes *changes)
{
    jsonl_key(w, name);
    jsonl_begin_array(w);
    for (size_t i = 0; i < changes->len; i++) {
        const struct compare_change *c = &changes->list[i];

        jsonl_begin_object(w);
        fields_text(w, "test", c->id);
        fields_text(w, "model", c->model);
        fields_text(w, "mode", c->mode);
        if (c->old != JSONL_OUTCOMES) {
            jsonl_key(w, "old");
            jsonl_cstring(w, jsonl_outcome_names[c->old]);
        }
        if (c->new_ != JSONL_OUTCOMES) {
            jsonl_key(w, "new");
            jsonl_cstring(w, jsonl_outcome_names[c->new_]);
        }
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_baselines(struct jsonl_writer *w, const struct comparison *c)
{
    jsonl_key(w, "baselines");
    jsonl_begin_array(w);
    for (size_t i = 0; i < c->baselines_len; i++) {
        const struct compare_baseline *b = &c->baselines[i];

        jsonl_begin_object(w);
        fields_text(w, "name", b->name);
        fields_text(w, "memory", b->memory);
        fields_text(w, "version", b->version);
        fields_text(w, "hardware", b->hardware);
        fields_time(w, "first", b->first_s);
        fields_time(w, "last", b->last_s);
        fields_count(w, "tests", b->tests);
        fields_count(w, "pairs", b->pairs);
        fields_real(w, "ram_total_gb", b->ram_total_gb);
        fields_real(w, "ram_free_min_gb", b->ram_free_min_gb);
        fields_real(w, "swap_max_mb", b->swap_max_mb);
        fields_bool(w, "used", b->used);
        fields_bool(w, "read", !b->failed);
        fields_bool(w, "itself", b->itself);
        fields_text(w, "same_as", b->same);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
}

static void json_trend(struct jsonl_writer *w, const struct comparison *c)
{
    jsonl_key(w, "trend");
    jsonl_begin_object(w);
    fields_count(w, "runs", c->trend_runs);
    fields_count(w, "series", c->trend_series);
    jsonl_key(w, "steps");
    jsonl_begin_array(w);
    for (size_t i = 0; i < c->steps_len; i++) {
        const struct trend_step *s = &c->steps[i];

        jsonl_begin_object(w);
        fields_text(w, "name", s->name);
        fields_text(w, "id", s->id);
        fields_text(w, "mode", s->mode);
        jsonl_key(w, "metric");
        jsonl_cstring(w, compare_metric_names[s->metric]);
        fields_count(w, "run", s->run);
        fields_text(w, "at", s->at);
        fields_time(w, "time", s->at_s);
        fields_real(w, "before", s->before);
        fields_real(w, "after", s->after);
        fields_real(w, "effect", s->effect);
        fields_chance(w, "p", s->p);
        fields_chance(w, "q", s->q);
        jsonl_end_object(w);
    }
    jsonl_end_array(w);
    jsonl_end_object(w);
}

void json_comparison(struct jsonl_writer *w, const struct report *r)
{
    const struct comparison *c = &r->comparison;
    const char *nothing = compare_nothing(c);

    if (!c->made)
        return;
    jsonl_key(w, "comparison");
    jsonl_begin_object(w);
    fields_bool(w, "judged", !nothing);
    if (nothing) {
        jsonl_key(w, "reason");
        jsonl_cstring(w, nothing);
    }
    json_baselines(w, c);
    fields_count(w, "used", c->used);
    fields_count(w, "tests_all", c->tests_all);
    fields_count(w, "pairs", c->pairs);
    fields_bool(w, "centred", c->centred);
    jsonl_key(w, "verdicts");
    jsonl_begin_object(w);
    for (enum compare_verdict v = 0; v < COMPARE_VERDICTS; v++)
        fields_count(w, compare_verdict_names[v], c->counts[v]);
    jsonl_end_object(w);
    jsonl_key(w, "run_effect");
    json_row(w, &c->run_effect, NULL);
    json_rows(w, "models", "model", c->models, c->models_len);
    json_rows(w, "tests", "test", c->tests, c->tests_len);
    json_changes(w, "added", &c->added);
    json_changes(w, "removed", &c->removed);
    json_changes(w, "outcome_changed", &c->outcomes);
    jsonl_end_object(w);
    json_trend(w, c);
}
