/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <math.h>

void sample_init(struct jsonl_sample *sample)
{
    *sample = (struct jsonl_sample){.gpu_active = -1};
    for (size_t m = 0; m < JSONL_METRICS; m++)
        sample->metric[m] = NAN;
}

void sample_write(const struct jsonl_sample *sample, const struct gpus *gpus, const struct session *session,
                  struct jsonl_text events, struct jsonl_writer *w)
{
    jsonl_begin_object(w);
    jsonl_key(w, "ts");
    jsonl_real(w, sample->ts, 3);
    jsonl_key(w, "elapsed_s");
    jsonl_real(w, sample->elapsed_s, 3);
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
    gpus_write(gpus, w);
    if (session) {
        jsonl_key(w, "session");
        session_write(session, w);
    }
    if (events.n) {
        jsonl_key(w, "events");
        jsonl_raw(w, events);
    }
    jsonl_end_object(w);
    jsonl_end_line(w);
}
