/* SPDX-License-Identifier: Apache-2.0 */
#include "fold.h"

#include <stdlib.h>

/* Some records that follow one another in a file. */
struct fold {
    struct timeline timeline;
    struct jsonl_rules *rules;
    struct jsonl_error *error; /* why the record in hand is refused */
};

struct whole {
    struct timeline *timeline;
    const struct jsonl_config *config;
};

static bool refuse(struct fold *f, const char *what)
{
    jsonl_error_set(f->error, "%s has no time between the years 1970 and 9999", what);
    return false;
}

static bool fold_event_of(struct fold *f, const struct jsonl_value *root)
{
    struct jsonl_event e;
    if (!jsonl_event_read(root, &e, f->error))
        return false;
    return timeline_add_event(&f->timeline, &e) || refuse(f, "event");
}

static bool fold_event(struct fold *f, const struct jsonl_record *record)
{
    return fold_event_of(f, record->root);
}

static bool fold_sample(struct fold *f, const struct jsonl_record *record)
{
    struct jsonl_sample s;
    if (!jsonl_sample_read(record->root, &s, f->error))
        return false;
    if (!timeline_add_sample(&f->timeline, &s))
        return refuse(f, "sample");
    bool ok = true;
    const struct jsonl_value *e = s.events && s.events->len ? s.events + 1 : NULL;
    for (size_t i = 0; e && i < s.events->len; i++, e += e->span)
        ok = fold_event_of(f, e) && ok;
    return ok;
}

static bool fold_test(struct fold *f, const struct jsonl_record *record)
{
    struct jsonl_test test;
    if (!jsonl_test_read(record->root, &test, f->error))
        return false;
    return timeline_add_test(&f->timeline, &test) || refuse(f, "test");
}

static bool fold_log(struct fold *f, const struct jsonl_record *record)
{
    struct jsonl_event e;
    if (jsonl_rules_apply(f->rules, record->root, &e))
        return timeline_add_event(&f->timeline, &e) || refuse(f, "log line");
    double ts = jsonl_time(jsonl_get(record->root, "ts"));
    struct jsonl_text model = jsonl_model_id(jsonl_text(jsonl_get(record->root, "model")));
    return timeline_add_use(&f->timeline, ts, model) || refuse(f, "log line");
}

static bool fold_summary(struct fold *f, const struct jsonl_record *record)
{
    if (!machine_summary(&f->timeline.machine, jsonl_get(record->root, "summary")))
        f->timeline.failed = true;
    return true;
}

static bool fold_other(struct fold *f, const struct jsonl_record *record)
{
    (void)f;
    (void)record;
    return true;
}

static bool fold_record(void *part, const struct jsonl_record *record, struct jsonl_error *err)
{
    static bool (*const folds[JSONL_KINDS])(struct fold *, const struct jsonl_record *) = {
        [JSONL_KIND_SUMMARY] = fold_summary, [JSONL_KIND_TEST] = fold_test, [JSONL_KIND_SAMPLE] = fold_sample,
        [JSONL_KIND_EVENT] = fold_event,     [JSONL_KIND_LOG] = fold_log,   [JSONL_KIND_OTHER] = fold_other,
    };
    struct fold *f = part;
    f->error = err;
    return folds[record->kind](f, record);
}

/* ---- Parts */

static void fold_free(void *part)
{
    struct fold *f = part;
    timeline_free(&f->timeline);
    jsonl_rules_free(f->rules);
    free(f);
}

static void *fold_begin(void *whole)
{
    const struct whole *w = whole;
    struct jsonl_error err;
    struct fold *f = calloc(1, sizeof *f);
    if (!f)
        return NULL;
    timeline_init(&f->timeline);
    f->rules = jsonl_rules_new(w->config, &err); /* each pattern has been compiled once already, by who read it */
    if (f->rules)
        return f;
    fold_free(f);
    return NULL;
}

static bool fold_join(void *whole, void *part)
{
    struct whole *w = whole;
    struct fold *f = part;
    timeline_join(w->timeline, &f->timeline);
    timeline_free(&f->timeline);
    return !w->timeline->failed;
}

bool fold_files(struct timeline *t, const struct jsonl_config *config, const char *const *files, size_t n,
                size_t threads, struct jsonl_input_stats *stats)
{
    static const struct jsonl_fold fold = {fold_begin, fold_record, fold_join, fold_free};
    struct whole whole = {.timeline = t, .config = config};
    return jsonl_input_fold(files, n, threads, &fold, &whole, stats);
}
