/* SPDX-License-Identifier: Apache-2.0
 * Reading by several threads: any number of them gives the same report, in every format, and the same messages, as a
 * fold of one record after another. */
#include "../../genreport/format.h"
#include "../../genreport/input.h"
#include "../../genreport/lines.h"
#include "unit.h"

#include <fcntl.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BIG_LINES = 40000 }; /* some 7 MB: far beyond what one thread would read alone */

static struct jsonl_config config;
static char dir[32], err_name[48], big_name[48];

static void enter(void)
{
    ck_assert(jsonl_config_load(&config, NULL, NULL, NULL));
    jsonl_tool("genreport");
    strcpy(dir, "/tmp/genreport.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    snprintf(err_name, sizeof err_name, "%s/err", dir);
    snprintf(big_name, sizeof big_name, "%s/big.jsonl", dir);
}

static void leave(void)
{
    unlink(err_name);
    unlink(big_name);
    rmdir(dir);
    jsonl_config_free(&config);
}

/* What input_read does, without parts. */
static bool read_one_by_one(const char *const *files, size_t n, struct run *run, struct report_source *sources,
                            struct jsonl_input_stats *stats)
{
    struct jsonl_rules *rules = jsonl_rules_new(&config, NULL);
    struct jsonl_input *in = jsonl_input_open(files, n);
    struct jsonl_record record;
    size_t at = 0, line = 0;

    ck_assert(rules && in);
    for (size_t i = 0; i < n; i++)
        sources[i] = (struct report_source){.name = {files[i], strlen(files[i])}};
    while (jsonl_input_next(in, &record)) {
        struct jsonl_error err;
        enum run_result result = run_add(run, rules, record.root, record.kind, &err);

        at += record.line <= line; /* numbers grow within a file */
        while (at < n && strcmp(files[at], record.file) != 0)
            at++;
        ensure(at < n, "a record of no file");
        line = record.line;
        ensure(result != RUN_NO_MEMORY, "out of memory");
        if (result == RUN_REFUSED) {
            jsonl_input_reject(in, "%s", err.message);
            continue;
        }
        sources[at].kinds[record.kind]++;
        ensure(record.kind != JSONL_KIND_TEST || lines_add(run->lines, &record), "out of memory");
    }
    *stats = jsonl_input_close(in);
    jsonl_rules_free(rules);
    return true;
}

enum { ONE_BY_ONE = 1000 }; /* threads */

/* All formats of the report on these files, and what was said of them; free() it. */
static char *made(const char *const *files, size_t n, size_t threads)
{
    struct run run;
    struct lines kept = {0};
    struct jsonl_input_stats stats;
    struct report r;
    struct report_source *sources = calloc(n, sizeof *sources);
    struct jsonl_writer *w = jsonl_writer_new(-1);
    static char said[65536];
    int err = open(err_name, O_RDWR | O_CREAT | O_TRUNC, 0600), old = dup(STDERR_FILENO);

    ck_assert(run_init(&run) && sources && w && err >= 0 && old >= 0);
    dup2(err, STDERR_FILENO);
    run.lines = &kept;
    bool read = threads == ONE_BY_ONE ? read_one_by_one(files, n, &run, sources, &stats)
                                      : input_read(files, n, threads, &run, &config, sources, &stats);
    dup2(old, STDERR_FILENO);
    ck_assert(read && run.tests_len > 0 && kept.len == run.tests_len);
    ck_assert(report_make(&r, &run, &config, sources, n, NAN));
    r.lines = &kept;
    for (size_t i = 0; i < formats_len; i++)
        ck_assert(formats[i].render(w, &r));
    ssize_t len = pread(err, said, sizeof said - 1, 0);
    ck_assert_int_ge(len, 0);
    said[len] = '\0';
    jsonl_printf(w, "%s%zu records, %zu bad, %zu truncated, %zu failed\n", said, stats.records, stats.bad,
                 stats.truncated, stats.failed);
    for (size_t k = 0; k < JSONL_KINDS; k++)
        jsonl_printf(w, "%zu %zu %zu\n", k, run.kinds[k], stats.kinds[k]);
    char *text = strdup(jsonl_writer_text(w).s);
    ck_assert_ptr_nonnull(text);
    close(err);
    close(old);
    jsonl_writer_free(w);
    report_free(&r);
    lines_free(&kept);
    run_free(&run);
    free(sources);
    return text;
}

static void same_for_any_number(const char *const *files, size_t n)
{
    static const size_t threads[] = {1, 2, 7, 0};
    char *want = made(files, n, ONE_BY_ONE);

    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        char *got = made(files, n, threads[i]);

        ck_assert_msg(strcmp(got, want) == 0, "%zu threads: another report", threads[i]);
        free(got);
    }
    free(want);
}

/* Each file three times, by names of their own, as a command line has them. */
START_TEST(golden_inputs)
    {
        glob_t g;

        enter();
        ck_assert_int_eq(glob("t/data/golden/genreport/*/*.jsonl", 0, NULL, &g), 0);
        ck_assert_int_eq(glob("reports/*.jsonl", GLOB_APPEND, NULL, &g), 0);
        ck_assert_int_eq(glob("t/data/handbook/*.jsonl", GLOB_APPEND, NULL, &g), 0);
        size_t n = 3 * g.gl_pathc;
        char **files = calloc(n, sizeof *files);
        for (size_t i = 0; i < n; i++)
            files[i] = strdup(g.gl_pathv[i % g.gl_pathc]);
        same_for_any_number((const char *const *)files, n);
        for (size_t i = 0; i < n; i++)
            free(files[i]);
        free(files);
        globfree(&g);
        leave();
    }
END_TEST

static void write_big(void)
{
    FILE *f = fopen(big_name, "w");

    ck_assert_ptr_nonnull(f);
    for (int i = 0; i < BIG_LINES; i++) {
        if (i % 977 == 5)
            fprintf(f, i % 2 ? "{\"broken\":\n" : "{\"outcome\":\"passed\"}\n");
        else if (i % 31 == 3)
            fprintf(f,
                    "{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test_%d[%d]\",\"outcome\":\"%s\",\"mlx_knife_"
                    "version\":\"2.0.%d\",\"timestamp\":\"1970-01-12T13:46:40Z\",\"duration\":%d.%d,\"test_start_ts\":"
                    "%d,\"test_end_ts\":%d.5,\"model\":{\"id\":\"o/m%d\",\"size_gb\":8},\"resources\":{\"n\":%d}}\n",
                    i / 500, i % 7, i % 101 == 7 ? "failed" : "passed", i / 9000, 2 + i % 3, i % 10, 1000000 + i,
                    1000009 + i, i / 1000, i);
        else if (i % 47 == 9)
            fprintf(f, "{\"ts\":%d,\"event\":\"model_%s\",\"model\":\"o/m%d\"}\n", 1000000 + i,
                    i % 2 ? "load" : "unload", i / 1000);
        else if (i % 53 == 9)
            fprintf(f, "{\"ts\":%d,\"level\":\"INFO\",\"msg\":\"Switched to model: o/m%d\"}\n", 1000000 + i, i / 1000);
        else
            fprintf(f,
                    "{\"ts\":%d.25,\"elapsed_s\":%d,\"ram_free_gb\":%d.5,\"swap_used_mb\":%d,\"zombies\":%d,\"memory_"
                    "pressure\":%d,\"psi_some\":%d,\"gpu_device_util\":%d%s}\n",
                    1000000 + i, i, 20 + i % 9, i / 99, i / 9999, i % 90 > 80 ? 4 : 1, i % 83, i % 100,
                    i % 4000 == 0 ? ",\"session\":{\"model\":\"Mac\",\"cores_physical\":12}"
                    : i % 4000 == 2500
                        ? ",\"session\":{\"model\":\"Mac\",\"cores_physical\":12,\"gpus\":[{\"name\":\"A\"}]}"
                        : "");
    }
    fputs("{\"ts\":2,\"ev", f);
    ck_assert_int_eq(fclose(f), 0);
}

START_TEST(a_long_file_that_is_given_twice)
    {
        enter();
        write_big();
        char again[sizeof big_name];
        strcpy(again, big_name);
        const char *const files[] = {big_name, "/nowhere", again};
        same_for_any_number(files, 3);
        leave();
    }
END_TEST

/* A session that tells more than one before it, or after it, is of the same machine. */
START_TEST(sessions_in_any_order)
    {
        static const char *const texts[] = {"{\"model\":\"M1\"}",
                                            "{\"model\":\"M1\",\"cores_physical\":1}",
                                            "{\"model\":\"M1\",\"cores_physical\":1,\"gpus\":[{\"name\":\"A\"}]}",
                                            "{\"model\":\"M1\",\"cores_physical\":1,\"gpus\":[{\"name\":\"B\"}]}",
                                            "{\"model\":\"M1 core\",\"cores_physical\":1}",
                                            "{\"model\":\"M14\"}"};
        enum { TEXTS = sizeof texts / sizeof *texts };

        enter();
        for (size_t shift = 0; shift < TEXTS; shift++) {
            FILE *f = fopen(big_name, "w");
            ck_assert_ptr_nonnull(f);
            for (size_t i = 0; i < TEXTS; i++)
                fprintf(f, "{\"ts\":%zu,\"elapsed_s\":0,\"session\":%s}\n", i, texts[(i + shift) % TEXTS]);
            fputs("{\"schema_version\":\"0.2.2\",\"test\":\"t.py::test\",\"outcome\":\"passed\",\"mlx_knife_version\":"
                  "\"2.0.0\",\"timestamp\":\"1970-01-12T13:46:40Z\",\"duration\":1}\n",
                  f);
            ck_assert_int_eq(fclose(f), 0);
            const char *const files[] = {big_name};
            char *got = made(files, 1, 1);
            ck_assert_ptr_nonnull(strstr(got, "\"hardware\":[\"M1 core, 1 core\",\"M1, 1 core, A\",\"M1, 1 core, "
                                              "B\",\"M14\"]"));
            free(got);
        }
        leave();
    }
END_TEST

UNIT_MAIN("genreport-input", golden_inputs, a_long_file_that_is_given_twice, sessions_in_any_order)
