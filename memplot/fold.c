/* SPDX-License-Identifier: Apache-2.0 */
#include "fold.h"

#include <math.h>

static bool refuse(struct fold *f, const char *what)
{
    jsonl_error_set(&f->reason, "%s has no time between the years 1970 and 9999", what);
    return false;
}

static bool fold_event_of(struct fold *f, const struct jsonl_value *root)
{
    struct jsonl_event e;
    if (!jsonl_event_read(root, &e, &f->reason))
        return false;
    return timeline_add_event(f->timeline, &e) || refuse(f, "event");
}

static bool fold_event(struct fold *f, const struct jsonl_record *record)
{
    return fold_event_of(f, record->root);
}

static bool fold_sample(struct fold *f, const struct jsonl_record *record)
{
    struct jsonl_sample s;
    if (!jsonl_sample_read(record->root, &s, &f->reason))
        return false;
    if (f->file != record->file)
        timeline_begin_recording(f->timeline);
    f->file = record->file;
    if (!timeline_add_sample(f->timeline, &s))
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
    if (!jsonl_test_read(record->root, &test, &f->reason))
        return false;
    return timeline_add_test(f->timeline, &test) || refuse(f, "test");
}

static bool fold_log(struct fold *f, const struct jsonl_record *record)
{
    struct jsonl_event e;
    if (jsonl_rules_apply(f->rules, record->root, &e))
        return timeline_add_event(f->timeline, &e) || refuse(f, "log line");
    double ts = jsonl_time(jsonl_get(record->root, "ts"));
    struct jsonl_text model = jsonl_text(jsonl_get(record->root, "model"));
    return timeline_add_use(f->timeline, ts, model) || refuse(f, "log line");
}

static bool fold_summary(struct fold *f, const struct jsonl_record *record)
{
    struct timeline *t = f->timeline;
    const struct jsonl_value *summary = jsonl_get(record->root, "summary");
    struct jsonl_text command = jsonl_text(jsonl_get(summary, "command"));
    if (t->command == NAME_NONE && command.s) {
        t->command = names_add(&t->names, command);
        if (t->command < NAME_NONE)
            t->failed = true;
    }
    if (isnan(t->exit_code))
        t->exit_code = jsonl_number(jsonl_get(summary, "exit_code"));
    return true;
}

static bool fold_other(struct fold *f, const struct jsonl_record *record)
{
    (void)f;
    (void)record;
    return true;
}

bool fold_record(struct fold *f, const struct jsonl_record *record)
{
    static bool (*const folds[JSONL_KINDS])(struct fold *, const struct jsonl_record *) = {
        [JSONL_KIND_SUMMARY] = fold_summary, [JSONL_KIND_TEST] = fold_test, [JSONL_KIND_SAMPLE] = fold_sample,
        [JSONL_KIND_EVENT] = fold_event,     [JSONL_KIND_LOG] = fold_log,   [JSONL_KIND_OTHER] = fold_other,
    };
    return folds[record->kind](f, record);
}
