/* SPDX-License-Identifier: Apache-2.0
 * The names and paths of all records.  A parser starts with these names, so that the records of its lines are read
 * without a search. */
#include "names.h"
#include "record.h"

#include <pthread.h>
#include <string.h>

const char *const jsonl_marks[JSONL_MARKS] = {
    [JSONL_MARK_SUMMARY] = "summary", [JSONL_MARK_OUTCOME] = "outcome", [JSONL_MARK_SCHEMA_VERSION] = "schema_version",
    [JSONL_MARK_TEST] = "test",       [JSONL_MARK_TS] = "ts",           [JSONL_MARK_ELAPSED_S] = "elapsed_s",
    [JSONL_MARK_EVENT] = "event",     [JSONL_MARK_LEVEL] = "level",     [JSONL_MARK_MSG] = "msg",
};

static const char *const sample_paths[SAMPLE_MEMBERS] = {
#define METRIC_NAME(name, decimals, unit) #name,
    JSONL_SAMPLE_METRICS(METRIC_NAME)
#undef METRIC_NAME
        [SAMPLE_TS] = "ts",
    [SAMPLE_ELAPSED] = "elapsed_s",
    [SAMPLE_GPU_ACTIVE] = "gpu_active",
    [SAMPLE_GPUS] = "gpus",
    [SAMPLE_SESSION] = "session",
    [SAMPLE_EVENTS] = "events",
};

static struct record_tables tables;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void tables_make(void)
{
    const char *all[JSONL_MARKS + SAMPLE_MEMBERS + TEST_MEMBERS];
    memcpy(all, jsonl_marks, sizeof jsonl_marks);
    memcpy(all + JSONL_MARKS, sample_paths, sizeof sample_paths);
    memcpy(all + JSONL_MARKS + SAMPLE_MEMBERS, test_paths, sizeof test_paths);
    tables.names = paths_names_new(all, sizeof all / sizeof all[0]);
    if (!tables.names)
        return;
    tables.marks = jsonl_paths_new(jsonl_marks, JSONL_MARKS, tables.names);
    tables.sample = jsonl_paths_new(sample_paths, SAMPLE_MEMBERS, tables.names);
    tables.test = jsonl_paths_new(test_paths, TEST_MEMBERS, tables.names);
}

const struct record_tables *record_tables(void)
{
    pthread_once(&tables_once, tables_make);
    return tables.marks && tables.sample && tables.test ? &tables : NULL;
}
