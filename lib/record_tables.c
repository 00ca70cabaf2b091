/* SPDX-License-Identifier: Apache-2.0
 * The names and paths of all records.  A parser starts with these names, so that the records of its lines are read
 * without a search. */
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

enum { PARTS_MAX = JSONL_MARKS + SAMPLE_MEMBERS + TEST_MEMBERS * 3 };

static struct record_tables tables;
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static size_t parts_add(struct jsonl_text *parts, size_t len, const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (const char *s = paths[i]; *s; s += *s == '.') {
            size_t part = strcspn(s, ".");
            parts[len++] = (struct jsonl_text){s, part};
            s += part;
        }
    }
    return len;
}

static void tables_make(void)
{
    struct jsonl_text parts[PARTS_MAX];
    size_t len = parts_add(parts, 0, jsonl_marks, JSONL_MARKS);
    len = parts_add(parts, len, sample_paths, SAMPLE_MEMBERS);
    len = parts_add(parts, len, test_paths, TEST_MEMBERS);
    tables.names = jsonl_names_new(parts, len);
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
