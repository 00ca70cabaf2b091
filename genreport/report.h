/* SPDX-License-Identifier: Apache-2.0
 * The report: all that is said about a run, worked out and sorted, with nothing left to compute but how
 * it looks.  Renderers read this and never see a run or JSON.
 *
 * Texts and arrays live in the report's arena or in the run's names; the run, the configuration and
 * the sources must outlive the report.  Numbers that are not known are NAN, texts absent. */
#ifndef GENREPORT_REPORT_H
#define GENREPORT_REPORT_H

#include "analysis.h"
#include "comparison.h"
#include "jsonl.h"
#include "number.h"
#include "profile.h"
#include "run.h"
#include "windows.h"

#define REPORT_TEMPLATE "1.2"

/* A file that was read, and what was in it. */
struct report_source {
    struct jsonl_text name; /* as given */
    size_t kinds[JSONL_KINDS];
};

/* Texts without repetition, sorted. */
struct report_texts {
    struct jsonl_text *list;
    size_t len;
};

struct report_totals {
    size_t tests; /* records */
    size_t outcomes[JSONL_OUTCOMES];
    size_t with_model; /* passed tests that name a model */
    size_t inference;  /* of these, at least inference_min_s long: what the statistics are made of */
    size_t models;     /* distinct ones in tests that ran, passed or not */
    size_t served;     /* distinct ones of the server tests */
    size_t timed;      /* tests with a duration */
    size_t refused;    /* tests whose duration cannot be: negative, or beyond all measure */
    double duration_s; /* of all of these, added up; NAN if none has one */
    double wall_s;     /* from the first test's start to the last test's end */
    size_t rerun;      /* ids that ran more than once (with the same model) */
    size_t repeated;   /* records beyond the first of the same test at the very same time */
};

/* A test that failed at least once, by id and model. */
struct report_failure {
    struct jsonl_text id;    /* with parameters */
    struct jsonl_text model; /* label */
    size_t failed, runs;     /* records: failed, and in all */
    double longest_s;        /* of the failed ones */
};

struct report_skip {
    struct jsonl_text reason; /* absent: none given */
    size_t tests;
};

/* System health: tests carry it at their end, samples all the time. */
struct report_health {
    size_t tests;                                 /* that carry system_health */
    size_t judged;                                /* of these, with free RAM, zombies or the suite's own flags */
    size_t clean, degraded_ram, degraded_zombies; /* a test may be degraded for both reasons */
    size_t flagged_swap;                          /* that the suite flagged degraded_swap, whatever else */
    struct number_range swap_mb, ram_free_gb, zombies;
    struct number_range sample_swap_mb, sample_ram_free_gb, sample_zombies;
    double swap_climb_mb, swap_from_mb, swap_to_mb; /* the largest rise within the run; NAN if records are mixed */
    bool swap_grew;                                 /* by more than quality.swap_growth_mb */
};

/* Where the RAM (GB) of the statistics comes from: one source for all rows, so that they can be compared. */
enum report_ram {
    REPORT_RAM_NONE,
    REPORT_RAM_HEALTH,  /* free at the end of a test */
    REPORT_RAM_SAMPLES, /* free while a test ran */
    REPORT_RAM_PEAK,    /* used at most, as tests tell it */
};

/* Inference tests of one model in one modality. */
struct report_model {
    struct jsonl_text id;    /* as written */
    struct jsonl_text label; /* for people */
    struct jsonl_text mode;  /* modality as written; absent */
    double size_gb;
    size_t tests;
    double time_s;              /* of these tests, added up */
    struct number_range ram_gb; /* from where report.ram says; .mean is not set */
    size_t pairs;               /* of these tests, those that the baselines have too */
    double pairs_s, old_s;      /* seconds that they took, added up, and took in the baselines; NAN */
};

/* Models of one size class: large, medium, small, and those that do not tell their size. */
enum report_class { REPORT_LARGE, REPORT_MEDIUM, REPORT_SMALL, REPORT_UNSIZED, REPORT_CLASSES };

struct report_mode {
    struct jsonl_text mode;
    size_t models;
    double test_s;              /* mean over models of their mean test time */
    struct number_range ram_gb; /* .mean is not set */
};

struct report_size {
    size_t models;  /* distinct */
    double size_gb; /* mean */
    struct report_mode *modes;
    size_t modes_len;
};

/* Inference tests of one name in one modality. */
struct report_test {
    struct jsonl_text name; /* without parameters */
    struct jsonl_text mode;
    size_t models, tests;
    double fastest_s, slowest_s, median_s;
    struct jsonl_text fastest, slowest; /* labels of the models */
    double pairs_s, old_s;              /* median of those that the baselines have too, and there; NAN */
};

/* A passed test without a model that a server ran: see servers.c. */
struct report_server {
    struct jsonl_text id;
    double duration_s;
    struct report_texts models; /* labels, the longest in RAM first */
    bool more;                  /* there were others */
};

/* What the GPU did while a test ran: means over its samples, in per cent. */
struct report_gpu_test {
    struct jsonl_text name;  /* without parameters */
    struct jsonl_text model; /* label */
    double device, renderer; /* NAN: the machine does not tell */
    double pressure;         /* highest memory_pressure; NAN */
    size_t samples;          /* that tell the device's use */
};

/* Of tests that ran for inference_min_s or more and have samples of the GPU. */
struct report_gpu {
    size_t samples;                /* of the run that tell the device's use */
    size_t tests;                  /* correlated */
    struct report_gpu_test *colds; /* each model's first test, in the order of time */
    size_t colds_len;
    struct report_gpu_test *high; /* those above gpu_high, the highest first */
    size_t high_len;
    struct number_range device, renderer; /* of the tests' means */
};

struct report_samples {
    size_t len;
    double interval_s;  /* median */
    double length_s;    /* first to last */
    size_t tests;       /* that have samples */
    size_t tests_timed; /* that tell when they ran */
};

struct report {
    struct jsonl_arena arena;
    const struct jsonl_config *config;
    const struct report_source *sources;
    size_t sources_len;
    struct report_texts versions, schemas, hardware;
    bool mixed; /* records of several machines: what follows from one value to the next in time cannot be told */
    double ram_total_gb, gpu_memory_gb;
    double first_s, last_s; /* when the tests ran, epoch seconds; NAN */
    double generated_s;     /* epoch seconds; NAN */
    struct report_totals totals;
    struct report_failure *failures;
    size_t failures_len;
    struct report_skip *skips;
    size_t skips_len;
    struct report_health health;
    enum report_ram ram;
    struct report_model *models;
    size_t models_len;
    struct report_size sizes[REPORT_CLASSES];
    struct report_test *tests;
    size_t tests_len;
    struct report_server *servers;
    size_t servers_len;
    struct report_samples samples;
    struct report_gpu gpu;
    struct report_performance *performance; /* one for each of `models` */
    struct report_memory *memory;           /* likewise */
    struct report_pressure pressure;
    struct report_shortage shortage;
    struct report_leak leak;
    struct report_zombies zombies;
    struct report_outlier *outliers; /* the farthest first */
    size_t outliers_len;
    size_t outliers_judged; /* tests that have others to be compared with */
    struct report_loads loads;
    struct report_schedule schedule;
    struct report_machine *machines; /* none if there is but one */
    size_t machines_len;
    const struct finish *details; /* for report_record */
    const struct lines *lines;    /* the tests' records as read, for the format that needs them; NULL */
    size_t max_bytes;             /* of Markdown; 0: as many as there are */
    struct comparison comparison; /* filled by report_compare (compare.h), if at all */
};

/* Works the report out; sorts the run's arrays in place.  generated_s NAN: the time of the last record.
 * false: out of memory; report_free is due in both cases. */
bool report_make(struct report *report, struct run *run, const struct jsonl_config *config,
                 const struct report_source *sources, size_t sources_len, double generated_s);
void report_free(struct report *report);

/* A test record with what the samples say of it.  Its texts live as long as the run. */
struct report_record {
    struct jsonl_text id, name;     /* with, and without file, class and parameters */
    struct jsonl_text model, label; /* id, and for people */
    struct jsonl_text mode, skip_reason, version, schema, hardware;
    const struct run_test *test; /* its numbers */
    struct profile profile;
};

/* The i-th of totals.tests: sorted by id, model and time; and in the order in which they were read. */
struct report_record report_record(const struct report *report, size_t i);
struct report_record report_record_read(const struct report *report, size_t i);

/* Only the test, or its id, of report_record. */
const struct run_test *report_test_at(const struct report *report, size_t i);
struct jsonl_text report_id_at(const struct report *report, size_t i);

#endif
