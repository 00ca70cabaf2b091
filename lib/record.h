/* SPDX-License-Identifier: Apache-2.0
 * What the record readers share; not installed. */
#ifndef JSONL_RECORD_H
#define JSONL_RECORD_H

#include "jsonl.h"

#include <math.h>

/* Members of a sample: its metrics, by enum jsonl_metric, then these. */
enum sample_member {
    SAMPLE_TS = JSONL_METRICS,
    SAMPLE_ELAPSED,
    SAMPLE_GPU_ACTIVE,
    SAMPLE_GPUS,
    SAMPLE_SESSION,
    SAMPLE_EVENTS,
    SAMPLE_MEMBERS,
};

enum { TEST_MEMBERS = 44 };
extern const char *const test_paths[TEST_MEMBERS];

/* Made once, for all parsers and threads. */
struct record_tables {
    struct jsonl_names *names; /* all that the paths need */
    struct jsonl_paths *marks, *sample, *test;
};

/* NULL: out of memory. */
const struct record_tables *record_tables(void);

/* The number of a value; NAN: it is none, or one beyond the doubles, which no reckoning survives. */
static inline double record_number(const struct jsonl_value *v)
{
    return v && v->type == JSONL_NUMBER && isfinite(v->u.num) ? v->u.num : (double)NAN;
}

#define RECORD_NO_TIME "is not a time between the years 1970 and 9999"

#endif
