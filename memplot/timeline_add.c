/* SPDX-License-Identifier: Apache-2.0 */
#include "timeline.h"

#include "devices.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TS_MAX 253402300799.0 /* the last second of year 9999 */

static bool ts_usable(double ts)
{
    return ts >= 0 && ts <= TS_MAX; /* false for NAN */
}

/* Makes room for one more of `size` elements in *array.  Doubling, so that n additions cost O(n). */
static bool array_grow(void **array, size_t len, size_t *size, size_t element)
{
    if (len < *size)
        return true;
    size_t more = *size ? *size * 2 : 64;
    void *bigger = more > SIZE_MAX / 2 / element ? NULL : realloc(*array, more * element);
    if (!bigger)
        return false;
    *array = bigger;
    *size = more;
    return true;
}
#define GROW(t, array, len, size) \
    (array_grow((void **)&(array), (len), &(size), sizeof *(array)) || ((t)->failed = true, false))

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
    *t = (struct timeline){.sorted = true, .ram_total_gb = NAN, .exit_code = NAN, .last_elapsed = NAN, .last_ts = NAN};
    t->hostname = t->chip = t->hw_model = t->platform = t->gpu = t->command = NAME_NONE;
}

void timeline_free(struct timeline *t)
{
    names_free(&t->names);
    free(t->ts);
    for (size_t i = 0; i < series_len; i++)
        free(t->column[i]);
    devices_free(t);
    free(t->recording);
    free(t->test);
    free(t->event);
    free(t->brk);
    free(t->region);
    timeline_init(t);
}

/* ---- Samples */

static bool samples_grow(struct timeline *t)
{
    if (t->samples < t->samples_size)
        return true;
    size_t size = t->samples_size ? t->samples_size * 2 : 1024;
    double *ts = realloc(t->ts, size * sizeof *ts);
    if (!ts)
        return false;
    t->ts = ts;
    for (size_t i = 0; i < series_len; i++) {
        if (!t->column[i])
            continue;
        double *column = realloc(t->column[i], size * sizeof *column);
        if (!column)
            return false;
        t->column[i] = column;
    }
    t->samples_size = size;
    return true;
}

/* A series' first value: the samples before it had none. */
static bool column_begin(struct timeline *t, size_t series)
{
    double *column = malloc(t->samples_size * sizeof *column);
    if (!column)
        return false;
    for (size_t i = 0; i < t->samples; i++)
        column[i] = NAN;
    t->column[series] = column;
    return true;
}

void timeline_begin_recording(struct timeline *t)
{
    t->last_elapsed = NAN;
}

/* A sample that begins or goes back begins a recording, unless it is earlier by both clocks alike: then only
 * its line has moved.  Clocks that are kept in time run apart by less than a thousandth. */
static bool recording_begins(const struct timeline *t, const struct jsonl_sample *s)
{
    double back = t->last_elapsed - s->elapsed_s;
    if (isnan(back) || back <= 0) /* a session may come again within a recording, but never at its very start */
        return isnan(t->last_elapsed) || (s->session && back == 0);
    return fabs(t->last_ts - s->ts - back) > 1 + back / 1000;
}

static bool recording_extend(struct timeline *t, const struct jsonl_sample *s)
{
    if (recording_begins(t, s)) {
        if (!GROW(t, t->recording, t->recordings, t->recordings_size))
            return false;
        t->recording[t->recordings++] = (struct timeline_recording){s->ts, s->ts};
    }
    struct timeline_recording *r = &t->recording[t->recordings - 1];
    r->first = fmin(r->first, s->ts);
    r->last = fmax(r->last, s->ts);
    t->last_elapsed = isnan(s->elapsed_s) ? 0 : s->elapsed_s;
    t->last_ts = s->ts;
    return true;
}

/* "NVIDIA H200", "2 x NVIDIA H200", "NVIDIA H200 and 1 other GPU" */
static int32_t gpus_name(struct timeline *t, const struct jsonl_value *gpus)
{
    enum { NAME_MAX_BYTES = 200 };
    struct jsonl_text name = jsonl_text(jsonl_get(gpus + 1, "name"));
    if (gpus->len == 1 || !name.s || name.n > NAME_MAX_BYTES)
        return name_of(t, name);
    uint32_t same = 0;
    const struct jsonl_value *v = gpus + 1;
    for (uint32_t i = 0; i < gpus->len; i++, v += v->span) {
        struct jsonl_text other = jsonl_text(jsonl_get(v, "name"));
        same += other.s && jsonl_text_compare(other, name) == 0;
    }
    char text[NAME_MAX_BYTES + 64];
    int n = 0, len = (int)name.n;
    uint32_t others = gpus->len - same;
    if (same > 1)
        n = snprintf(text, sizeof text, "%" PRIu32 " x ", same);
    n += snprintf(text + n, sizeof text - (size_t)n, "%.*s", len, name.s);
    if (others)
        n +=
            snprintf(text + n, sizeof text - (size_t)n, " and %" PRIu32 " other GPU%s", others, others == 1 ? "" : "s");
    return name_of(t, (struct jsonl_text){text, (size_t)n});
}

static void session_keep(struct timeline *t, const struct jsonl_value *session)
{
    const struct {
        int32_t *to;
        const char *member;
    } texts[] = {
        {&t->hostname, "hostname"}, {&t->chip, "chip"},       {&t->hw_model, "model"},
        {&t->platform, "platform"}, {&t->command, "command"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (*texts[i].to == NAME_NONE)
            *texts[i].to = name_of(t, jsonl_text(jsonl_get(session, texts[i].member)));
    const struct jsonl_value *gpus = jsonl_get(session, "gpus");
    if (t->gpu == NAME_NONE && gpus && gpus->type == JSONL_ARRAY && gpus->len)
        t->gpu = gpus_name(t, gpus);
    if (gpus && gpus->type == JSONL_ARRAY && !devices_name(t, gpus))
        t->failed = true;
    if (isnan(t->ram_total_gb))
        t->ram_total_gb = jsonl_number(jsonl_get(session, "ram_total_gb"));
}

bool timeline_add_sample(struct timeline *t, const struct jsonl_sample *s)
{
    if (!ts_usable(s->ts))
        return false;
    if (!samples_grow(t) || !recording_extend(t, s)) {
        t->failed = true;
        return true;
    }
    for (size_t i = 0; i < series_len; i++) {
        double v = s->metric[series_table[i].metric];
        if (!(fabs(v) <= TIMELINE_VALUE_MAX))
            v = NAN;
        if (!t->column[i] && !isnan(v) && !column_begin(t, i)) {
            t->failed = true;
            return true;
        }
        if (t->column[i])
            t->column[i][t->samples] = v;
    }
    if (t->samples && s->ts < t->ts[t->samples - 1])
        t->sorted = false;
    t->ts[t->samples++] = s->ts;
    if (s->session)
        session_keep(t, s->session);
    if (s->gpus && !devices_add(t, s->ts, s->gpus))
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
    double end = ts_usable(test->end) ? test->end : test->start;
    double start = ts_usable(test->start) ? test->start : end;
    if (!ts_usable(end) || !ts_usable(start))
        return false;
    if (!GROW(t, t->test, t->tests, t->tests_size))
        return true;
    struct timeline_test *to = &t->test[t->tests++];
    *to = (struct timeline_test){
        .start = fmin(start, end),
        .end = fmax(start, end),
        .outcome = test->outcome,
        .tokens_per_sec = test->tokens_per_sec,
        .ttft_s = test->ttft_s,
    };
    /* One after the other: names are numbered as they come. */
    to->id = name_of(t, test->id);
    to->label = name_of(t, label_of(test->id));
    to->model = name_of(t, test->model);
    to->modality = name_of(t, test->modality);
    to->skip_reason = name_of(t, test->skip_reason);
    to->version = name_of(t, test->suite_version);
    if (t->chip == NAME_NONE)
        t->chip = name_of(t, test->chip);
    return true;
}

static bool event_add(struct timeline *t, double ts, enum timeline_event_kind kind, struct jsonl_text model,
                      struct jsonl_text label)
{
    if (!ts_usable(ts))
        return false;
    int32_t named = name_of(t, model), labelled = name_of(t, label);
    if (GROW(t, t->event, t->events, t->events_size))
        t->event[t->events++] = (struct timeline_event){ts, kind, named, labelled};
    return true;
}

bool timeline_add_event(struct timeline *t, const struct jsonl_event *e)
{
    static const struct {
        const char *name;
        enum timeline_event_kind kind;
    } kinds[] = {
        {"model_load_start", EVENT_LOAD_START},
        {"model_load", EVENT_LOAD},
        {"model_unload", EVENT_UNLOAD},
        {"mark", EVENT_MARK},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (jsonl_text_is(e->name, kinds[i].name))
            return event_add(t, e->ts, kinds[i].kind, e->model, e->label.s ? e->label : e->name);
    return timeline_add_use(t, e->ts, e->model);
}

bool timeline_add_use(struct timeline *t, double ts, struct jsonl_text model)
{
    if (!model.s)
        return true; /* says nothing of a model: not our matter */
    return event_add(t, ts, EVENT_USE, model, (struct jsonl_text){NULL, 0});
}
