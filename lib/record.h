/* SPDX-License-Identifier: Apache-2.0
 * What the record readers share; not installed. */
#ifndef RECORD_H
#define RECORD_H

#include "jsonl.h"

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

/* A test record is nested; each of its objects has a table of members. */
enum test_object {
    TEST_ROOT,
    TEST_MODEL,
    TEST_PERFORMANCE,
    TEST_METADATA,
    TEST_HEALTH,
    TEST_SYSTEM,
    TEST_HARDWARE,
    TEST_OBJECTS,
};

struct jsonl_records {
    struct jsonl_keys *sample_keys;
    struct jsonl_keys *test_keys[TEST_OBJECTS];
};

/* Makes r->test_keys; false: out of memory. */
bool records_test_keys(struct jsonl_records *r);

#endif
