/* SPDX-License-Identifier: Apache-2.0
 * The kinds of records, and samples and events as structs. */
#include "record.h"

#include "no_memory.h"

#include <math.h>

const struct jsonl_metric_info jsonl_metrics[JSONL_METRICS] = {
#define METRIC_INFO(name, decimals, unit) {#name, unit, decimals},
    JSONL_SAMPLE_METRICS(METRIC_INFO)
#undef METRIC_INFO
};

const char *jsonl_kind_name(enum jsonl_kind kind)
{
    static const char *const names[JSONL_KINDS] = {
        [JSONL_KIND_SUMMARY] = "summary", [JSONL_KIND_TEST] = "test", [JSONL_KIND_SAMPLE] = "sample",
        [JSONL_KIND_EVENT] = "event",     [JSONL_KIND_LOG] = "log",   [JSONL_KIND_OTHER] = "other",
    };
    return names[kind];
}

static const struct jsonl_value *of_type(const struct jsonl_value *v, enum jsonl_type type)
{
    return v && v->type == type ? v : NULL;
}

enum jsonl_kind jsonl_kind_by_marks(const struct jsonl_value *const at[JSONL_MARKS])
{
    if (of_type(at[JSONL_MARK_SUMMARY], JSONL_OBJECT))
        return JSONL_KIND_SUMMARY;
    if (at[JSONL_MARK_OUTCOME] || (at[JSONL_MARK_SCHEMA_VERSION] && at[JSONL_MARK_TEST]))
        return JSONL_KIND_TEST;
    if (of_type(at[JSONL_MARK_TS], JSONL_NUMBER) && of_type(at[JSONL_MARK_ELAPSED_S], JSONL_NUMBER))
        return JSONL_KIND_SAMPLE;
    if (at[JSONL_MARK_TS] && of_type(at[JSONL_MARK_EVENT], JSONL_STRING))
        return JSONL_KIND_EVENT;
    if (at[JSONL_MARK_TS] && at[JSONL_MARK_LEVEL] && at[JSONL_MARK_MSG])
        return JSONL_KIND_LOG;
    return JSONL_KIND_OTHER;
}

enum jsonl_kind jsonl_kind(const struct jsonl_value *root)
{
    const struct record_tables *tables = record_tables();
    const struct jsonl_value *at[JSONL_MARKS];
    if (!tables)
        return JSONL_KIND_OTHER;
    jsonl_paths_find(tables->marks, root, at);
    return jsonl_kind_by_marks(at);
}

double jsonl_amount(double value)
{
    return value >= 0 && value < 1e12 ? value : (double)NAN;
}

double jsonl_metric_amount(enum jsonl_metric metric, double value)
{
    if (metric == JSONL_METRIC_memory_pressure)
        return value == 1 || value == 2 || value == 4 ? value : (double)NAN;
    if (metric == JSONL_METRIC_gpu_temp_c)
        return fabs(value) < 1e12 ? value : (double)NAN;
    if (value > 100 && jsonl_metrics[metric].unit[0] == '%' && metric != JSONL_METRIC_proc_cpu)
        return (double)NAN;
    return jsonl_amount(value);
}

bool jsonl_time_usable(double ts)
{
    return ts >= 0 && ts < 253402300800.0; /* the year 10000 */
}

bool jsonl_sample_read(const struct jsonl_value *root, struct jsonl_sample *out, struct jsonl_error *err)
{
    const struct record_tables *tables = record_tables();
    const struct jsonl_value *values[SAMPLE_MEMBERS];
    *out = (struct jsonl_sample){.ts = NAN, .elapsed_s = NAN, .gpu_active = -1};
    if (!tables)
        return error_no_memory(err);
    jsonl_paths_find(tables->sample, root, values);
    for (int i = 0; i < JSONL_METRICS; i++)
        out->metric[i] = jsonl_metric_amount((enum jsonl_metric)i, record_number(values[i]));
    out->ts = record_number(values[SAMPLE_TS]);
    out->elapsed_s = record_number(values[SAMPLE_ELAPSED]);
    if (values[SAMPLE_GPU_ACTIVE])
        out->gpu_active = values[SAMPLE_GPU_ACTIVE]->type == JSONL_TRUE    ? 1
                          : values[SAMPLE_GPU_ACTIVE]->type == JSONL_FALSE ? 0
                                                                           : -1;
    out->gpus = of_type(values[SAMPLE_GPUS], JSONL_ARRAY);
    out->session = of_type(values[SAMPLE_SESSION], JSONL_OBJECT);
    out->events = of_type(values[SAMPLE_EVENTS], JSONL_ARRAY);
    if (jsonl_time_usable(out->ts))
        return true;
    jsonl_error_set(err, "the sample's 'ts' " RECORD_NO_TIME);
    return false;
}

bool jsonl_event_read(const struct jsonl_value *root, struct jsonl_event *out, struct jsonl_error *err)
{
    *out = (struct jsonl_event){
        .ts = jsonl_time(jsonl_get(root, "ts")),
        .name = jsonl_text(jsonl_get(root, "event")),
        .model = jsonl_model_id(jsonl_text(jsonl_get(root, "model"))),
        .label = jsonl_text(jsonl_get(root, "label")),
        .scope = jsonl_text(jsonl_get(root, "scope")),
        .count = jsonl_amount(jsonl_number(jsonl_get(root, "count"))),
    };
    if (!out->name.s)
        jsonl_error_set(err, "the event has no 'event' name");
    else if (!jsonl_time_usable(out->ts))
        jsonl_error_set(err, "the event's 'ts' " RECORD_NO_TIME);
    else
        return true;
    return false;
}
