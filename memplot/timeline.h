/* SPDX-License-Identifier: Apache-2.0
 * The timeline: what a run's records become, and all that a format draws.
 *
 * Fold:    timeline_add_* for each record, in any order.  Nothing is written or judged.  Records can be folded in parts
 *          of their own, which timeline_join adds.
 * Finish:  timeline_finish, once: sorts all by time, and what is of one time by what it says; finds gaps, the models'
 *          time in RAM and the models of server tests.  After it the timeline is only read, and it is the same in
 *          whatever order the records came.
 *
 * All times are epoch seconds.  A value that a sample lacks is NAN.  8 bytes a value are kept, and only for
 * series that have one. */
#ifndef MEMPLOT_TIMELINE_H
#define MEMPLOT_TIMELINE_H

#include "machine.h"
#include "names.h"
#include "series.h"

/* No sample for more than this many median steps is a gap. */
enum { TIMELINE_GAP_STEPS = 4 };

struct timeline_test {
    double start, end; /* start <= end */
    int32_t id;        /* in names */
    int32_t label;     /* in names: the last part of the id, with parameters */
    int32_t model;     /* in names; NAME_NONE */
    int32_t modality, skip_reason;
    int32_t version; /* in names: of the suite */
    uint32_t lane;   /* from 0: of tests that ran at once each has its own */
    enum jsonl_outcome outcome;
    bool inferred;         /* its record has no model: it is the one that was loaded while it ran */
    double tokens_per_sec; /* NAN: not known */
    double ttft_s;
};

/* In the order in which those of one time count. */
enum timeline_event_kind {
    EVENT_USE, /* a log line that names a model */
    EVENT_LOAD_START,
    EVENT_LOAD,
    EVENT_UNLOAD,
    EVENT_MARK,
};

struct timeline_event {
    double ts;
    enum timeline_event_kind kind;
    int32_t model; /* in names; NAME_NONE */
    int32_t label; /* in names; of a mark, else NAME_NONE */
    bool kill;     /* a mark: a process was killed for want of memory */
};

/* A model in RAM: loading from start, ready from ready, gone at end. */
struct timeline_region {
    double start, ready, end; /* start <= ready <= end */
    int32_t model;            /* in names */
};

/* What of a sample tells of which recording it is. */
struct sample_clock {
    double ts, elapsed_s;
    bool session; /* it has one */
};

/* Lines that follow one another, of one recording and in order. */
struct timeline_run {
    struct sample_clock first, last; /* a session is at the first or nowhere */
    double least, most;              /* of ts - elapsed_s */
};

struct timeline_recording {
    double first, last; /* ts of its first and last sample */
    double elapsed_first, elapsed_last;
    bool begun; /* its beginning is there, with a session */
};

struct timeline_device; /* see devices.h */

struct timeline {
    struct names names; /* once finished, in the order in which tests and events name them */

    size_t samples, samples_size;
    double *ts;                 /* ascending once finished */
    double *column[SERIES_MAX]; /* by index into series_table; NULL: no sample has it */
    bool sorted;
    struct timeline_run *run; /* in order of their lines */
    size_t runs, runs_size;

    struct timeline_device *device; /* GPUs, if there are several */
    size_t devices;

    struct timeline_test *test; /* by start once finished */
    size_t tests, tests_size;
    struct timeline_event *event; /* by ts once finished */
    size_t events, events_size;

    struct machine machine;

    /* Made by timeline_finish. */
    double start, end; /* of all that is in it */
    double step;       /* median between samples, s; NAN with fewer than two */
    double gap;        /* s: more than this between two samples is a gap; NAN likewise */
    bool drawn[SERIES_MAX];
    struct timeline_recording *recording; /* by first */
    size_t recordings;
    double *brk; /* where a recording begins that no other overlaps; ascending */
    size_t brks;
    size_t overlaps;   /* recordings that begin before an earlier one's end */
    size_t duplicates; /* samples left out, since they came twice */
    size_t duplicate_tests;
    struct timeline_region *region;
    size_t regions; /* by start */
    uint32_t lanes; /* how many tests ran at once, at most */
    bool failed;    /* out of memory */
};

void timeline_init(struct timeline *t);
void timeline_free(struct timeline *t);

/* They copy what they keep, and where memory wants they set `failed`.  false: the record has no usable time (from 1970
 * to 9999), and was not added. */
bool timeline_add_sample(struct timeline *t, const struct jsonl_sample *s);
bool timeline_add_test(struct timeline *t, const struct jsonl_test *test);
bool timeline_add_event(struct timeline *t, const struct jsonl_event *e);

/* A log line that is no event but names a model: whoever ran then used it. */
bool timeline_add_use(struct timeline *t, double ts, struct jsonl_text model);

/* Adds a part, of records that follow: the timeline is then what it would be if it had got them itself.  The part stays
 * as it is. */
void timeline_join(struct timeline *t, const struct timeline *part);

/* false: out of memory, now or before.  With neither samples nor tests there is nothing to finish. */
bool timeline_finish(struct timeline *t);

/* ---- Of a finished timeline */

/* The values of a metric, one a sample; NULL: no sample has it. */
const double *timeline_column(const struct timeline *t, enum jsonl_metric metric);

/* The first sample that is not before ts; t->samples: none. */
size_t timeline_sample(const struct timeline *t, double ts);

/* What a picture shows: *from < *to.  A moment stands in the middle of a second. */
void timeline_extent(const struct timeline *t, double *from, double *to);

/* Whether event i is a mark of the picture: in its time, and not the same as the one before. */
bool timeline_is_mark(const struct timeline *t, size_t i);

#endif
