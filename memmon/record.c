/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <math.h>

void sample_init(struct jsonl_sample *sample)
{
    *sample = (struct jsonl_sample){.gpu_active = -1};
    for (size_t m = 0; m < JSONL_METRICS; m++)
        sample->metric[m] = NAN;
}

int sample_decimals(int64_t interval_ns)
{
    return interval_ns < 10000000 ? 6 : 3;
}

/* One array of both, as a reader knows but one. */
static void write_events(const struct sample_parts *parts, struct jsonl_writer *w)
{
    if (!parts->happened || incidents_empty(parts->happened)) {
        if (!parts->events.n)
            return;
        jsonl_key(w, "events");
        jsonl_raw(w, parts->events);
        return;
    }
    jsonl_key(w, "events");
    jsonl_begin_array(w);
    incidents_write(parts->happened, w);
    if (parts->events.n) /* without its brackets: elements */
        jsonl_raw(w, (struct jsonl_text){parts->events.s + 1, parts->events.n - 2});
    jsonl_end_array(w);
}

void sample_write(const struct jsonl_sample *sample, const struct sample_parts *parts, struct jsonl_writer *w)
{
    jsonl_begin_object(w);
    jsonl_key(w, "ts");
    jsonl_real(w, sample->ts, parts->decimals);
    jsonl_key(w, "elapsed_s");
    jsonl_real(w, sample->elapsed_s, parts->decimals);
    for (size_t m = 0; m < JSONL_METRICS; m++) {
        if (m == JSONL_METRIC_gpu_device_util && sample->gpu_active >= 0) {
            jsonl_key(w, "gpu_active");
            jsonl_bool(w, sample->gpu_active != 0);
        }
        if (isnan(sample->metric[m]))
            continue;
        jsonl_key(w, jsonl_metrics[m].name);
        jsonl_real(w, sample->metric[m], jsonl_metrics[m].decimals);
    }
    if (parts->gpus)
        gpus_write(parts->gpus, w);
    if (parts->session) {
        jsonl_key(w, "session");
        session_write(parts->session, w);
    }
    write_events(parts, w);
    jsonl_end_object(w);
    jsonl_end_line(w);
}
