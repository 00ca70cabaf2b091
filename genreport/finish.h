/* SPDX-License-Identifier: Apache-2.0
 * How report_make divides its work; only its parts, and those of report_compare, include this.
 *
 * Each part fills its members of the report, and needs those before it in the list.  false: out of
 * memory. */
#ifndef GENREPORT_FINISH_H
#define GENREPORT_FINISH_H

#include "order.h"
#include "report.h"

struct finish {
    struct report *report;
    struct run *run;
    const struct jsonl_config *config;
    struct windows windows;            /* of the run's samples */
    const struct run_test **tests;     /* all, sorted by id, model, time and the rest */
    const struct run_test **inference; /* those that count as inference, in the same order */
    size_t inference_len;
    struct jsonl_text *labels;        /* of models, by number in the run's names */
    double *sizes;                    /* of models, by number: the largest that any test tells, GB; NAN */
    struct span *spans;               /* by number of the run's test: its samples */
    bool *parallel;                   /* by number of the run's test: another one ran at the time */
    const struct run_test **by_model; /* those of `inference`, as the rows of report.models follow each other */
    const struct run_test **by_start; /* those that have times and were not skipped, in the order of start, end, id */
    size_t by_start_len;
    double *loads_s; /* by model: usual time of the loads that the memory shows, seconds; NAN */
};

bool finish_labels(struct finish *f);      /* labels.c: labels */
bool finish_totals(struct finish *f);      /* totals.c: versions, schemas, hardware, times, totals */
bool finish_outcomes(struct finish *f);    /* outcomes.c: failures, skips */
bool finish_health(struct finish *f);      /* health.c: health */
bool finish_pressure(struct finish *f);    /* pressure.c: pressure */
bool finish_shortage(struct finish *f);    /* shortage.c: shortage */
bool finish_models(struct finish *f);      /* models.c: sizes, by_model, ram, models */
bool finish_performance(struct finish *f); /* performance.c: performance, memory */
bool finish_sizes(struct finish *f);       /* sizes.c: sizes */
bool finish_tests(struct finish *f);       /* tests.c: tests */
bool finish_servers(struct finish *f);     /* servers.c: servers */
bool finish_gpu(struct finish *f);         /* gpu.c: gpu */
bool finish_leak(struct finish *f);        /* leak.c: leak */
bool finish_zombies(struct finish *f);     /* zombies.c: zombies */
bool finish_outliers(struct finish *f);    /* outliers.c: outliers */
bool finish_loads(struct finish *f);       /* loads.c: loads */
bool finish_schedule(struct finish *f);    /* schedule.c: schedule, of loads */
bool finish_machines(struct finish *f);    /* machines.c: machines */

/* The samples of a test. */
static inline struct span finish_span(const struct finish *f, const struct run_test *t)
{
    return f->spans[t - f->run->tests];
}

/* A test's profile, with `parallel`. */
struct profile finish_profile(const struct finish *f, const struct run_test *t);

/* How many of by_start had started by ts. */
size_t finish_started(const struct finish *f, double ts);

/* The test that ran at ts, of several the one that began last; NULL: none did. */
const struct run_test *finish_test_at(const struct finish *f, double ts);

/* A name's text. */
static inline struct jsonl_text finish_name(const struct finish *f, uint32_t number)
{
    return f->run->names.texts[number];
}

#endif
