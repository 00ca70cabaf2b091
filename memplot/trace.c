/* SPDX-License-Identifier: Apache-2.0
 * The Trace Event Format, as chrome://tracing and Perfetto (ui.perfetto.dev) read it: one JSON object, an event a line.
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 *
 * Times are whole microseconds since the first of all that is in it, which otherData has.  A counter holds until its
 * next event, so only changes are written; a gap cannot be said in this format. */
#include "axis.h"
#include "devices.h"
#include "format.h"
#include "title.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Processes, in the order in which they stand in the picture. */
enum { PID_MACHINE = 1, PID_TESTS, PID_MODELS };

struct trace {
    struct jsonl_writer *w;
    const struct timeline *t;
    const struct format_options *options;
    int64_t start; /* microseconds */
    bool any;      /* an event was written: a comma is due */
};

static void event_begin(struct trace *tr, const char *ph, int pid, int64_t tid)
{
    jsonl_puts(tr->w, tr->any ? ",\n" : "\n");
    tr->any = true;
    jsonl_printf(tr->w, "{\"ph\":\"%s\",\"pid\":%d,\"tid\":%lld,\"name\":\"", ph, pid, (long long)tid);
}

/* A name in parts: text of ours and of the data. */
static void event_name(struct trace *tr, const char *ours, struct jsonl_text theirs)
{
    jsonl_puts(tr->w, ours);
    jsonl_write_escaped(tr->w, JSONL_TO_JSON, theirs);
    jsonl_puts(tr->w, "\"");
}

static int64_t trace_us(const struct trace *tr, double ts)
{
    return jsonl_time_us(ts) - tr->start;
}

static void event_ts(struct trace *tr, double ts)
{
    jsonl_printf(tr->w, ",\"ts\":%lld", (long long)trace_us(tr, ts));
}

static void arg_text(struct trace *tr, const char **comma, const char *key, struct jsonl_text text)
{
    if (!text.s)
        return;
    jsonl_printf(tr->w, "%s\"%s\":\"", *comma, key);
    jsonl_write_escaped(tr->w, JSONL_TO_JSON, text);
    jsonl_puts(tr->w, "\"");
    *comma = ",";
}

static void arg_number(struct trace *tr, const char **comma, const char *key, double v)
{
    if (isnan(v))
        return;
    jsonl_printf(tr->w, "%s\"%s\":", *comma, key);
    jsonl_write_number(tr->w, v, JSONL_SHORTEST);
    *comma = ",";
}

static struct jsonl_text name_of(const struct trace *tr, int32_t name)
{
    return names_text(&tr->t->names, name);
}

/* ---- Metadata */

static void process_write(struct trace *tr, int pid, const char *name, struct jsonl_text more)
{
    event_begin(tr, "M", pid, 0);
    jsonl_puts(tr->w, "process_name\",\"args\":{\"name\":\"");
    event_name(tr, name, more);
    jsonl_puts(tr->w, "}}");
    event_begin(tr, "M", pid, 0);
    jsonl_printf(tr->w, "process_sort_index\",\"args\":{\"sort_index\":%d}}", pid);
}

/* A thread 0 is the idle one to some readers. */
static int64_t test_tid(uint32_t lane)
{
    return (int64_t)lane + 1;
}

static void lane_write(struct trace *tr, uint32_t lane)
{
    event_begin(tr, "M", PID_TESTS, test_tid(lane));
    jsonl_printf(tr->w, "thread_name\",\"args\":{\"name\":\"Lane %u\"}}", lane + 1);
}

static void metadata_write(struct trace *tr)
{
    const struct timeline *t = tr->t;
    struct jsonl_text none = {NULL, 0};
    if (t->samples)
        process_write(tr, PID_MACHINE, t->machine.fact[MACHINE_HOSTNAME].s ? "" : "Machine",
                      t->machine.fact[MACHINE_HOSTNAME]);
    if (t->tests)
        process_write(tr, PID_TESTS, "Tests", none);
    for (uint32_t lane = 0; lane < t->lanes; lane++)
        lane_write(tr, lane);
    if (t->regions)
        process_write(tr, PID_MODELS, "Models in RAM", none);
}

/* ---- Counters */

/* Some columns that are one counter, stacked.  Written where one of them changes, and at the end. */
static void counter_write(struct trace *tr, const char *prefix, const char *name, const double *const *v,
                          const char *const *keys, size_t n)
{
    const struct timeline *t = tr->t;
    double last[2] = {NAN, NAN};
    for (size_t i = 0; i < t->samples; i++) {
        bool changed = i + 1 == t->samples, any = false;
        for (size_t k = 0; k < n; k++) {
            any = any || !isnan(v[k][i]);
            changed = changed || (!isnan(v[k][i]) && v[k][i] != last[k]);
        }
        if (!changed || !any)
            continue;
        const char *comma = "";
        event_begin(tr, "C", PID_MACHINE, 0);
        jsonl_printf(tr->w, "%s%s\"", prefix, name);
        event_ts(tr, t->ts[i]);
        jsonl_puts(tr->w, ",\"args\":{");
        for (size_t k = 0; k < n; k++) {
            arg_number(tr, &comma, keys[k], v[k][i]);
            last[k] = isnan(v[k][i]) ? last[k] : v[k][i];
        }
        jsonl_puts(tr->w, "}}");
    }
}

static const char *unit_key(const struct series *s)
{
    return *s->unit ? s->unit : "value";
}

static void counters_write(struct trace *tr)
{
    const struct timeline *t = tr->t;
    const double *user = timeline_column(t, JSONL_METRIC_cpu_user), *sys = timeline_column(t, JSONL_METRIC_cpu_sys);
    if (user && sys)
        counter_write(tr, "", "CPU (%)", (const double *[]){user, sys}, (const char *[]){"user", "system"}, 2);
    for (size_t i = 0; i < series_len; i++) {
        const struct series *s = &series_table[i];
        bool both = user && sys && (s->metric == JSONL_METRIC_cpu_user || s->metric == JSONL_METRIC_cpu_sys);
        const char *row = s->row == ROW_GPU ? "GPU " : s->row == ROW_CPU && *s->unit == '%' ? "CPU " : "";
        if (t->column[i] && !both)
            counter_write(tr, row, s->label, (const double *[]){t->column[i]}, (const char *[]){unit_key(s)}, 1);
    }
}

static bool devices_write(struct trace *tr)
{
    const struct timeline *t = tr->t;
    double *v = t->devices ? malloc((t->samples + 1) * sizeof *v) : NULL;
    for (size_t d = 0; v && d < t->devices; d++)
        for (size_t i = 0; i < series_len; i++) {
            char prefix[32];
            snprintf(prefix, sizeof prefix, "GPU %zu ", d);
            if (devices_column(t, d, series_table[i].metric, v))
                counter_write(tr, prefix, series_table[i].label, (const double *[]){v},
                              (const char *[]){unit_key(&series_table[i])}, 1);
        }
    free(v);
    return v || !t->devices;
}

/* ---- Tests: complete slices in a thread a lane, which viewers of call stacks read, too */

static void test_args(struct trace *tr, const struct timeline_test *test)
{
    const char *comma = "";
    const char *outcome = jsonl_outcome_names[test->outcome];
    jsonl_puts(tr->w, ",\"args\":{");
    arg_text(tr, &comma, "test", name_of(tr, test->id));
    jsonl_printf(tr->w, "%s\"outcome\":\"%s\"", comma, outcome);
    comma = ",";
    arg_text(tr, &comma, test->inferred ? "model (was loaded)" : "model", name_of(tr, test->model));
    arg_text(tr, &comma, "modality", name_of(tr, test->modality));
    arg_text(tr, &comma, "skip_reason", name_of(tr, test->skip_reason));
    arg_text(tr, &comma, "version", name_of(tr, test->version));
    arg_number(tr, &comma, "tokens_per_sec", test->tokens_per_sec);
    arg_number(tr, &comma, "ttft_s", test->ttft_s);
    jsonl_puts(tr->w, "}");
}

static bool tests_write(struct trace *tr)
{
    const struct timeline *t = tr->t;
    double *next = malloc(((size_t)t->lanes + 1) * sizeof *next); /* start of the lane's next test */
    double *ends = malloc((t->tests + 1) * sizeof *ends);
    bool ok = next && ends;
    for (uint32_t lane = 0; ok && lane < t->lanes; lane++)
        next[lane] = INFINITY;
    for (size_t i = t->tests; ok && i-- > 0;) { /* slices of one thread must not overlap */
        ends[i] = fmin(t->test[i].end, next[t->test[i].lane]);
        next[t->test[i].lane] = t->test[i].start;
    }
    for (size_t i = 0; ok && i < t->tests; i++) {
        const struct timeline_test *test = &t->test[i];
        int64_t dur = trace_us(tr, ends[i]) - trace_us(tr, test->start);
        event_begin(tr, dur > 0 ? "X" : "i", PID_TESTS, test_tid(test->lane));
        event_name(tr, "", name_of(tr, test->label));
        event_ts(tr, test->start);
        if (dur > 0)
            jsonl_printf(tr->w, ",\"dur\":%lld", (long long)dur);
        else
            jsonl_puts(tr->w, ",\"s\":\"t\"");
        jsonl_puts(tr->w, ",\"cat\":\"test\"");
        if (test->outcome == JSONL_FAILED)
            jsonl_puts(tr->w, ",\"cname\":\"terrible\"");
        test_args(tr, test);
        jsonl_puts(tr->w, "}");
    }
    free(next);
    free(ends);
    return ok;
}

/* ---- Models, which may be in RAM at once: asynchronous slices; and events */

static void slice_write(struct trace *tr, const char *name, struct jsonl_text model, size_t id, double start,
                        double end)
{
    const double times[] = {start, end};
    if (trace_us(tr, end) <= trace_us(tr, start))
        return;
    for (int i = 0; i < 2; i++) {
        event_begin(tr, i ? "e" : "b", PID_MODELS, 0);
        event_name(tr, name, model);
        jsonl_printf(tr->w, ",\"cat\":\"model\",\"id\":\"model %zu\"", id);
        event_ts(tr, times[i]);
        jsonl_puts(tr->w, "}");
    }
}

static void regions_write(struct trace *tr)
{
    for (size_t i = 0; i < tr->t->regions; i++) {
        const struct timeline_region *r = &tr->t->region[i];
        struct jsonl_text model = jsonl_model_name(tr->options->config, name_of(tr, r->model));
        slice_write(tr, "", model, 2 * i, r->start, r->end);
        slice_write(tr, "loading ", model, 2 * i + 1, r->start, r->ready);
    }
}

static void events_write(struct trace *tr)
{
    static const char *const names[] = {
        [EVENT_LOAD_START] = "model_load_start ",
        [EVENT_LOAD] = "model_load ",
        [EVENT_UNLOAD] = "model_unload ",
        [EVENT_USE] = "used ",
        [EVENT_MARK] = "",
    };
    for (size_t i = 0; i < tr->t->events; i++) {
        const struct timeline_event *e = &tr->t->event[i];
        bool mark = e->kind == EVENT_MARK;
        event_begin(tr, "i", mark ? PID_MACHINE : PID_MODELS, 0);
        event_name(tr, names[e->kind], name_of(tr, mark ? e->label : e->model));
        event_ts(tr, e->ts);
        jsonl_printf(tr->w, ",\"s\":\"%s\"}", mark ? "g" : "p");
    }
}

bool trace_render(struct jsonl_writer *w, const struct timeline *t, const struct format_options *options)
{
    char buf[JSONL_TIME_SIZE];
    double start = t->events ? fmin(t->start, t->event[0].ts) : t->start;
    struct trace tr = {.w = w, .t = t, .options = options, .start = jsonl_time_us(start)};
    struct jsonl_writer *title = jsonl_writer_new(-1);
    if (!title)
        return false;
    title_write(title, t, options);
    jsonl_puts(w, "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"title\":\"");
    jsonl_write_escaped(w, JSONL_TO_JSON, jsonl_writer_text(title));
    jsonl_printf(w, "\",\"start\":\"%s\",\"generator\":\"memplot " JSONL_VERSION "\"},\n\"traceEvents\":[",
                 jsonl_time_format(buf, tr.start, 6));
    metadata_write(&tr);
    counters_write(&tr);
    bool ok = devices_write(&tr) && tests_write(&tr) && !jsonl_writer_error(title);
    regions_write(&tr);
    events_write(&tr);
    jsonl_puts(w, "\n]}\n");
    jsonl_writer_free(title);
    return ok;
}
