/* SPDX-License-Identifier: Apache-2.0
 * The fold: what a run's records leave behind.
 *
 * A run grows with its tests, events and samples, 40 bytes a sample.  Records may come in any order, and
 * a run may be folded in parts that are merged afterwards: nothing here depends on the order, all
 * sorting and summing is done by report_make. */
#ifndef GENREPORT_RUN_H
#define GENREPORT_RUN_H

#include "jsonl.h"

#include <stdint.h>

/* Metrics of a sample that the report uses: X(name in jsonl_metrics, parts of a unit that are kept).
 * They are held as whole numbers of such parts, so that sums are exact and in any order the same. */
#define RUN_METRICS_LIST(X)    \
    X(ram_free_gb, 10000)      \
    X(swap_used_mb, 1000)      \
    X(zombies, 1)              \
    X(gpu_device_util, 1000)   \
    X(gpu_renderer_util, 1000) \
    X(memory_pressure, 1)      \
    X(gpu_mem_used_gb, 10000)  \
    X(gpu_power_w, 1000)

enum run_metric {
#define RUN_METRIC_ENUM(name, parts) RUN_##name,
    RUN_METRICS_LIST(RUN_METRIC_ENUM)
#undef RUN_METRIC_ENUM
        RUN_METRICS,
};

extern const double run_parts[RUN_METRICS]; /* parts of a unit */

#define RUN_ABSENT INT32_MIN

/* Epoch seconds in microseconds, held to the years 1970 to 9999; ts must not be NAN. */
int64_t run_time_us(double ts);

struct run_sample {
    double ts;                   /* epoch seconds */
    int32_t metric[RUN_METRICS]; /* in parts, from 0; RUN_ABSENT, also if beyond int32_t */
};

/* Texts are numbers in the run's intern; 0: absent.  Numbers are NAN if absent, negative or absurdly large. */
struct run_test {
    uint32_t id;          /* with parameters */
    uint32_t model;       /* id, as written */
    uint32_t modality;    /* of the inference */
    uint32_t skip_reason; /* as written */
    uint32_t version;     /* of the suite */
    uint32_t schema;      /* version */
    uint32_t hardware;    /* in words: "Mac14,13, 12 cores" */
    uint8_t outcome;      /* enum jsonl_outcome */
    uint8_t quality;      /* enum jsonl_quality, as the suite flagged it */
    bool has_health;
    bool duration_refused; /* it tells one that cannot be */
    double start, end;     /* epoch seconds */
    double duration;       /* seconds */
    double size_gb;
    double peak_ram_gb; /* used by the test */
    double tokens_per_s, prompt_tokens, completion_tokens;
    double inference_s;                   /* performance.duration_s */
    double load_s, ttft_s, cleanup_s;     /* seconds: loading, to the first token, cleaning up */
    double swap_mb, ram_free_gb, zombies; /* system_health */
};

/* What is said of a model; RUN_USE: it is named, by a request say, and nothing else. */
enum run_change { RUN_UNLOAD, RUN_LOAD_START, RUN_LOAD, RUN_USE };

struct run_event {
    double ts;       /* epoch seconds */
    uint32_t model;  /* 0: absent */
    uint32_t change; /* enum run_change */
};

/* Processes that were killed for want of memory, noticed at ts. */
struct run_kill {
    double ts;    /* epoch seconds */
    double count; /* of processes, a whole number from 1 on */
};

struct run {
    struct lines *lines; /* where input_read keeps the records of tests; NULL: nowhere */
    struct jsonl_intern names;
    struct run_test *tests;
    struct run_sample *samples;
    struct run_event *events;
    struct run_kill *kills;
    uint32_t *sessions; /* hardware in words, of each sample that tells another than the last one */
    size_t tests_len, samples_len, events_len, kills_len, sessions_len;
    size_t tests_room, samples_room, events_room, kills_room, sessions_room;
    size_t kinds[JSONL_KINDS];          /* records of each */
    double ram_total_gb, gpu_memory_gb; /* largest that any record tells; NAN */
    double psi_some_max, psi_full_max;  /* per cent; NAN */
    double last_ts;                     /* of the last record, epoch seconds; NAN */
};

bool run_init(struct run *run); /* false: out of memory */
void run_free(struct run *run);

enum run_result { RUN_OK, RUN_REFUSED, RUN_NO_MEMORY };

/* Adds a record, a log line by the rules (NULL: it gives no events).  RUN_REFUSED with *err set if it lacks what makes
 * it one of its kind. */
enum run_result run_add(struct run *run, struct jsonl_rules *rules, const struct jsonl_value *root,
                        enum jsonl_kind kind, struct jsonl_error *err);

/* Adds all of `other`, which stays as it is.  false: out of memory, and run holds a part of it. */
bool run_merge(struct run *run, const struct run *other);

/* When each model was first used, by number, whatever came of that test: epoch seconds, NAN; for free().  NULL: out of
 * memory. */
double *run_first_uses(const struct run *run);

#endif
