/* SPDX-License-Identifier: Apache-2.0
 * What the report says beyond the sections of Template v1.1: performance and memory by model, anomalies, loads that the
 * memory shows, scheduling, machines.
 *
 * Numbers that are not known are NAN, texts absent. */
#ifndef GENREPORT_ANALYSIS_H
#define GENREPORT_ANALYSIS_H

#include "jsonl.h"
#include "number.h"

#include <stdint.h>

/* Of one row of report.models: inference tests of a model in a modality. */
struct report_performance {
    struct number_spread tokens_per_s, ttft_s, load_s, cleanup_s; /* as the tests tell */
    double net_tokens_per_s; /* all completion tokens by all of duration - load - ttft, see net_tests */
    size_t net_tests; /* that tell completion tokens, load and ttft; duration is performance's or else the test's */
    struct number_spread gpu_energy_j; /* a test, by the samples' power */
    double gpu_j_per_1000_tokens;      /* of tests that tell their completion tokens */
};

struct report_memory {
    size_t tests;                    /* that have samples */
    size_t parallel;                 /* of these, shared the machine with another test */
    struct number_range ram_free_gb; /* over all their samples */
    struct number_spread ram_use_gb; /* of the tests' peak use over the level before */
    struct number_range gpu_mem_gb;  /* over all their samples */
    struct number_spread gpu_mem_use_gb;
    double told_gb; /* highest peak_ram_gb */
};

/* RAM that is not given back: the highest free RAM in each break between tests, over time. */
struct report_leak {
    size_t breaks;          /* with samples; 0 if records of several machines are mixed */
    double gb_per_hour;     /* Theil-Sen; negative: RAM gets less.  NAN with fewer than LEAK_BREAKS_MIN breaks */
    double p;               /* Mann-Kendall, two-sided */
    double lost_gb, over_s; /* what the slope comes to from the first to the last */
    bool found;             /* RAM gets less, significantly, and by more than LEAK_GB_MIN; and not by_model */
    bool by_model;          /* it does, but goes by which model ran before, as where models stay loaded */
};
#define LEAK_GB_MIN 0.5
enum { LEAK_BREAKS_MIN = 8 };

/* Zombie processes: where their number first rose. */
struct report_zombies {
    double max;           /* over samples and tests' ends */
    double at_s;          /* epoch seconds; NAN: it never rose, or records of several machines are mixed */
    double from, to;      /* before and after */
    struct jsonl_text id; /* the test that ran then, or that tells it */
};

/* Want of memory, by the samples. */
struct report_shortage {
    bool judged;                 /* the machine has more RAM than quality.ram_free_min_gb, so that less of it is low */
    size_t samples, low;         /* that tell free RAM; of these, with less than that, if judged */
    double lowest_gb, lowest_s;  /* the least of them, and when, epoch seconds; NAN */
    struct jsonl_text lowest_id; /* the test that ran then */
    double killed;               /* processes killed for want of memory */
    double killed_s;             /* when the first of them was noticed, epoch seconds; NAN: none */
    struct jsonl_text killed_id; /* the test that ran then, or had just failed */
};

/* A test that ran under memory pressure. */
struct report_pressed {
    struct jsonl_text id, model; /* label */
    int64_t warn_us, critical_us, length_us;
    size_t rank; /* among all tests by id, model and time */
};

/* Memory pressure as the samples tell it.  A sample's level holds until the next one, but for no more than four of the
 * usual intervals. */
struct report_pressure {
    size_t samples;                         /* that tell it; 0: nothing is known */
    bool critical;                          /* in one of them at least */
    int64_t known_us, warn_us, critical_us; /* microseconds; known: at any level */
    int64_t longest_us;                     /* the longest time without a break at the worst level, warn or critical */
    double longest_s;                       /* when that began, epoch seconds; NAN */
    double psi_some_max, psi_full_max;      /* per cent of the time that some, or all, waited for memory; NAN */
    struct report_pressed *tests;           /* the worst first */
    size_t tests_len, tests_critical;
};

/* A test far from the others: more than OUTLIER_SCORE times 1.4826 of the median distance from the median. */
struct report_outlier {
    struct jsonl_text id;
    struct jsonl_text model, mode; /* label */
    double duration_s, median_s, score;
    size_t of; /* how many were compared */
    bool runs; /* with other runs of the same test and model; else with those of the same name and modality */
};
#define OUTLIER_SCORE 3.5
enum { OUTLIER_MIN = 5 };

/* Loads and unloads of a model that the memory shows and no event tells. */
struct report_load {
    struct jsonl_text id, model; /* label */
    size_t loads, unloads;
    struct number_spread step_gb; /* of the loads and unloads */
    struct number_spread load_s;  /* how long the loads' rise took */
};

struct report_loads {
    bool gpu; /* seen in GPU memory, else in free RAM */
    struct report_load *models;
    size_t len;
};

struct report_schedule {
    size_t tests;            /* with a model, in the order of time; 0 if records of several machines are mixed */
    size_t overlapping;      /* not among these: they began while a test of another model ran */
    size_t switches, fewest; /* from a model to another: as it was, ordered by model */
    double saved_s;          /* that an order by model would save: each model's usual load for each return to it */
    size_t priced, unpriced; /* returns whose load time is known, and not */
};

/* One machine, if there are several. */
struct report_machine {
    struct jsonl_text hardware;
    size_t tests, failed;
    double duration_s, first_s;
};

#endif
