/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline.h"

#include "devices.h"
#include "grow.h"
#include "recordings.h"
#include "samples.h"

#include <math.h>
#include <stdlib.h>

static int32_t name_of(struct timeline *t, struct jsonl_text text)
{
    int32_t i = names_add(&t->names, text);
    if (i < NAME_NONE) {
        t->failed = true;
        return NAME_NONE;
    }
    return i;
}

void timeline_init(struct timeline *t)
{
    *t = (struct timeline){.sorted = true};
    machine_init(&t->machine);
}

void timeline_free(struct timeline *t)
{
    names_free(&t->names);
    machine_free(&t->machine);
    free(t->ts);
    for (size_t i = 0; i < series_len; i++)
        free(t->column[i]);
    devices_free(t);
    free(t->run);
    free(t->recording);
    free(t->test);
    free(t->event);
    free(t->brk);
    free(t->region);
    timeline_init(t);
}

/* ---- Samples */

bool timeline_add_sample(struct timeline *t, const struct jsonl_sample *s)
{
    if (!jsonl_time_usable(s->ts))
        return false;
    const struct sample_clock clock = {s->ts, s->elapsed_s, s->session != NULL};
    if (!recordings_add(t, &clock) || !samples_add(t, s)) {
        t->failed = true;
        return true;
    }
    bool ok = !s->session || (machine_session(&t->machine, s->session, s->ts) &&
                              devices_name(t, s->ts, jsonl_get(s->session, "gpus")));
    if (!ok || (s->gpus && !devices_add(t, s->ts, s->gpus)))
        t->failed = true;
    return true;
}

/* ---- Tests and events */

/* "tests/live/test_x.py::TestY::test_z[p-1]" -> "test_z[p-1]" */
static struct jsonl_text label_of(struct jsonl_text id)
{
    struct jsonl_text name = jsonl_test_name(id);
    if (!name.s || name.s < id.s || name.s > id.s + id.n)
        return id;
    return (struct jsonl_text){name.s, id.n - (size_t)(name.s - id.s)};
}

bool timeline_add_test(struct timeline *t, const struct jsonl_test *test)
{
    double end = jsonl_time_usable(test->end) ? test->end : test->start;
    double start = jsonl_time_usable(test->start) ? test->start : end;
    if (!jsonl_time_usable(end) || !jsonl_time_usable(start))
        return false;
    if (!GROW(t->test, t->tests + 1, t->tests_size)) {
        t->failed = true;
        return true;
    }
    struct timeline_test *to = &t->test[t->tests++];
    *to = (struct timeline_test){
        .start = fmin(start, end),
        .end = fmax(start, end),
        .outcome = test->outcome,
        .tokens_per_sec = test->tokens_per_sec,
        .ttft_s = test->ttft_s,
    };
    to->id = name_of(t, test->id);
    to->label = name_of(t, label_of(test->id));
    to->model = name_of(t, test->model);
    to->modality = name_of(t, test->modality);
    to->skip_reason = name_of(t, test->skip_reason);
    to->version = name_of(t, test->suite_version);
    if (!machine_test(&t->machine, test->chip, to->start))
        t->failed = true;
    return true;
}

static bool event_add(struct timeline *t, double ts, enum timeline_event_kind kind, struct jsonl_text model,
                      struct jsonl_text label, bool kill)
{
    if (!jsonl_time_usable(ts))
        return false;
    int32_t named = name_of(t, model), labelled = name_of(t, label);
    if (GROW(t->event, t->events + 1, t->events_size))
        t->event[t->events++] = (struct timeline_event){ts, kind, named, labelled, kill};
    else
        t->failed = true;
    return true;
}

static struct jsonl_text mark_label(const struct jsonl_event *e, enum timeline_event_kind kind)
{
    static const char killed[] = "killed for want of memory", elsewhere[] = "killed for want of memory elsewhere";
    if (kind != EVENT_MARK)
        return (struct jsonl_text){NULL, 0};
    if (!jsonl_text_is(e->name, "mark"))
        return jsonl_text_is(e->scope, "machine") ? (struct jsonl_text){elsewhere, sizeof elsewhere - 1}
                                                  : (struct jsonl_text){killed, sizeof killed - 1};
    return e->label.n ? e->label : e->name;
}

bool timeline_add_event(struct timeline *t, const struct jsonl_event *e)
{
    static const struct {
        const char *name;
        enum timeline_event_kind kind;
        bool kill;
    } kinds[] = {
        {"model_load_start", EVENT_LOAD_START, false},
        {"model_load", EVENT_LOAD, false},
        {"model_unload", EVENT_UNLOAD, false},
        {"mark", EVENT_MARK, false},
        {"oom_kill", EVENT_MARK, true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (jsonl_text_is(e->name, kinds[i].name))
            return event_add(t, e->ts, kinds[i].kind, e->model, mark_label(e, kinds[i].kind), kinds[i].kill);
    return timeline_add_use(t, e->ts, e->model);
}

bool timeline_add_use(struct timeline *t, double ts, struct jsonl_text model)
{
    if (!model.s)
        return true; /* says nothing of a model: not our matter */
    return event_add(t, ts, EVENT_USE, model, (struct jsonl_text){NULL, 0}, false);
}
