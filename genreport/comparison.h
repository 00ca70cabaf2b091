/* SPDX-License-Identifier: Apache-2.0
 * The comparison: what changed between a run and its baselines, judged.  Renderers read this; compare.c makes it.
 *
 * Each row is one model and modality, or one test (without parameters) and modality, in one metric, over the
 * pairs that both sides passed.  Effects are of time: +0.06 is 6 % slower, also for tokens per second, whose ratio is
 * turned; -0.06 is 6 % faster.  Rates and effects are fractions, not per cent.  What is not known is NAN.
 *
 * Texts and arrays live as long as the report. */
#ifndef GENREPORT_COMPARISON_H
#define GENREPORT_COMPARISON_H

#include "jsonl.h"

enum compare_metric {
    COMPARE_DURATION, /* of a test, seconds; without a model's first test */
    COMPARE_COLD,     /* duration of a model's first test, which loads it */
    COMPARE_TOKENS,   /* tokens/s */
    COMPARE_TTFT,     /* time to the first token, seconds */
    COMPARE_LOAD,     /* time to load the model, seconds */
    COMPARE_METRICS,
};

/* The worse, the later. */
enum compare_verdict {
    COMPARE_NOT_JUDGED, /* see compare_row.reason */
    COMPARE_NO_CHANGE,  /* the interval lies within the effect that counts */
    COMPARE_UNDECIDED,  /* it reaches beyond, and says too little: more runs are needed */
    COMPARE_IMPROVED,
    COMPARE_SUSPECT_FASTER, /* improved, but one run each cannot tell the code from the night */
    COMPARE_SUSPECT_SLOWER,
    COMPARE_REGRESSED,
    COMPARE_VERDICTS,
};

/* Why a row is not judged. */
enum compare_reason {
    COMPARE_JUDGED,
    COMPARE_FEW_PAIRS,   /* fewer than compare.min_pairs */
    COMPARE_FEW_RUNS,    /* three or more baselines, but fewer than three of them have it */
    COMPARE_NO_SPREAD,   /* too few other pairs, or tests, to know how much they vary */
    COMPARE_ONE_RUN,     /* the whole run, against one or two baselines */
    COMPARE_OTHER_PLACE, /* the baselines ran on other machines */
    COMPARE_REASONS,
};

/* How a row was judged. */
enum compare_basis {
    COMPARE_BY_PAIRS,     /* one run against one or two: by how much its pairs vary */
    COMPARE_BY_REPEATS,   /* tests repeated within the runs, at least four times on both sides: exact rank test */
    COMPARE_BY_BASELINES, /* against three or more: by how much the baselines vary */
};

/* As in reports: "suspect-slower", "tokens_per_sec". */
extern const char *const compare_verdict_names[COMPARE_VERDICTS];
extern const char *const compare_metric_names[COMPARE_METRICS];
extern const char *const compare_metric_units[COMPARE_METRICS]; /* of old and new_: "s", "tokens/s" */
extern const char *const compare_reason_texts[COMPARE_REASONS]; /* a sentence without a stop; "" if judged */

struct compare_row {
    struct jsonl_text name; /* model's label, or test without file, class and parameters; absent: the whole run */
    struct jsonl_text id;   /* model as written, or test without parameters */
    struct jsonl_text mode; /* modality as written; absent */
    enum compare_metric metric;
    enum compare_verdict verdict;
    enum compare_reason reason;
    enum compare_basis basis;
    double effect;    /* fraction of time, less the whole run's effect; NAN if there is no pair */
    double low, high; /* its 95 % interval; NAN if not judged */
    double p, q;      /* two-sided, and after Benjamini-Hochberg: of models over the models of the same metric, of
                         tests and the run over all its rows; NAN if not judged */
    size_t pairs;     /* new values that have old ones, times the baselines that have them */
    double old, new_; /* geometric means over the pairs, in the metric's unit */
    double more_runs; /* undecided: about how many more runs of both sides would decide it; else NAN */
};

/* A test that is not on both sides, or came out otherwise. */
struct compare_change {
    struct jsonl_text id;    /* with parameters */
    struct jsonl_text model; /* label; absent */
    struct jsonl_text mode;
    enum jsonl_outcome old, new_; /* JSONL_OUTCOMES: it was not there */
};

struct compare_changes {
    struct compare_change *list; /* sorted by id, model, mode */
    size_t len;
};

struct compare_baseline {
    struct jsonl_text name;              /* file as given */
    struct jsonl_text memory;            /* its recording, found beside it; absent */
    struct jsonl_text version, hardware; /* of the suite, of the machine; several joined; absent */
    double first_s, last_s;              /* when its tests ran, epoch seconds */
    double ram_total_gb;                 /* of the machine */
    size_t tests;                        /* records */
    size_t pairs;                        /* tests of the run that it has a partner for */
    double ram_free_min_gb, swap_max_mb; /* over its recording, or at the ends of its tests */
    bool used;                           /* it ran on the same kind of machine, and has tests */
    bool failed;                         /* it could not be read to its end */
    bool itself;                         /* it holds the very records of the run */
    struct jsonl_text same;              /* the baseline before it that holds the very records of this one; absent */
};

/* A level that a series of runs left for another.  Needs TREND_RUNS runs. */
enum { TREND_RUNS = 8, TREND_BLIND = 3 };

struct trend_step {
    struct jsonl_text name, id, mode; /* as in a row; absent name: the whole run */
    enum compare_metric metric;
    size_t run;           /* the first on the new level: 0 is the oldest baseline */
    struct jsonl_text at; /* that run's file */
    double at_s;          /* when its tests began, epoch seconds; NAN */
    double before, after; /* medians in the metric's unit; of the whole run: 1 and 1 + effect */
    double effect;        /* fraction of time, + is slower */
    double p, q;
};

/* Why nothing at all was judged, a sentence without a stop; NULL: something was. */
struct comparison;
const char *compare_nothing(const struct comparison *c);

/* The whole run took longer by the effect that counts or more, and whether that is the day's doing is not judged: the
 * rows, which are without it, say nothing of it. */
bool compare_run_unjudged(const struct comparison *c, double effect);

struct comparison {
    bool made;                          /* there are baselines; else all is zero */
    struct compare_baseline *baselines; /* oldest first */
    size_t baselines_len;
    size_t used;      /* of them */
    size_t tests_all; /* distinct tests of the run, by id, model and mode */
    size_t pairs;     /* of these, those that any baseline has passed, too */
    bool centred;     /* effects are without the whole run's; else there are too few rows to tell it from theirs */
    struct compare_row run_effect;
    struct compare_row *models, *tests; /* sorted: name, mode, metric */
    size_t models_len, tests_len;
    struct compare_changes added, removed, outcomes; /* against the newest baseline used */
    size_t counts[COMPARE_VERDICTS];                 /* rows and the run effect, by verdict */
    size_t trend_runs;                               /* baselines used, and the run */
    size_t trend_series;                             /* that were long enough */
    struct trend_step *steps;                        /* by run, then name, mode, metric */
    size_t steps_len;
};

/* What -g regressed asks of a row: with one baseline all that can be had is a suspicion, so that counts. */
static inline bool compare_slower(enum compare_verdict verdict)
{
    return verdict == COMPARE_REGRESSED || verdict == COMPARE_SUSPECT_SLOWER;
}

static inline bool compare_faster(enum compare_verdict verdict)
{
    return verdict == COMPARE_IMPROVED || verdict == COMPARE_SUSPECT_FASTER;
}

#endif
