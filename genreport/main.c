/* SPDX-License-Identifier: Apache-2.0
 * genreport - one run's tests, samples and events in, a report out. */
#include "baseline.h"
#include "compare.h"
#include "filename.h"
#include "gate.h"
#include "input.h"
#include "lines.h"
#include "no_memory.h"
#include "options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* No report replaces what it is about, or is added to it: neither the run nor a baseline, with its recording. */
static bool output_spares(const struct options *o, const char *to)
{
    bool memory = true, among = jsonl_output_among(to, o->files, o->files_len);

    for (size_t i = 0; i < o->baselines_len && memory && !among; i++) {
        char *beside = baseline_memory_name(o->baselines[i], &memory);
        const char *const files[] = {o->baselines[i], beside};

        among = memory && jsonl_output_among(to, files, beside ? 2 : 1);
        free(beside);
    }
    if (!memory)
        jsonl_tool_no_memory();
    else if (among)
        jsonl_warn_at(jsonl_output_name(to), 0, 0, "cannot write: it is an input, too");
    return memory && !among;
}

static int write_report(const struct options *o, const struct report *report)
{
    char name[FILENAME_SIZE], *path = NULL;
    struct jsonl_error err;

    if (o->dir) {
        size_t size = strlen(o->dir) + sizeof name + 1;

        path = malloc(size);
        if (!path)
            return jsonl_tool_no_memory();
        filename_of_report(name, report, o->format->suffix);
        snprintf(path, size, "%s/%s", *o->dir ? o->dir : ".", name);
    }
    const char *to = path ? path : o->out;
    if (path && !output_spares(o, path)) {
        free(path);
        return JSONL_EXIT_IO;
    }
    struct jsonl_output *out = jsonl_output_open(to, &err);
    bool ok = out != NULL;
    if (ok && !o->format->render(jsonl_output_writer(out), report)) {
        error_no_memory(&err);
        jsonl_output_abandon(out);
        ok = false;
    } else if (ok) {
        ok = jsonl_output_close(out, &err);
    }
    if (!ok)
        jsonl_warn_at(jsonl_output_name(to), 0, 0, "%s", err.message);
    else if (path)
        fprintf(stderr, "%s\n", path);
    free(path);
    return ok ? JSONL_EXIT_OK : JSONL_EXIT_IO;
}

/* *stats: of the baselines. */
static int compare_and_write(const struct options *o, struct report *report, struct run *run,
                             const struct jsonl_config *config, struct jsonl_input_stats *stats)
{
    struct baseline *baselines = calloc(o->baselines_len + 1, sizeof *baselines);
    bool ok = baselines && baselines_read(baselines, o->baselines, o->baselines_len, config, stats) &&
              (o->baselines_len == 0 || report_compare(report, run, baselines, o->baselines_len));
    int status = JSONL_EXIT_IO;

    if (ok)
        status = write_report(o, report);
    if (ok && gate_findings(report, o->gates) > 0 && status == JSONL_EXIT_OK)
        status = JSONL_EXIT_FOUND;
    if (!ok)
        jsonl_tool_no_memory();
    if (baselines)
        baselines_free(baselines, o->baselines_len);
    free(baselines);
    return status;
}

static int run_report(const struct options *o, struct run *run, const struct jsonl_config *config,
                      struct report_source *sources)
{
    struct jsonl_input_stats stats, old = {0};
    struct report report;
    struct lines lines = {0};
    int status;

    if (!o->dir && !output_spares(o, o->out)) /* with -O it has no name yet */
        return JSONL_EXIT_IO;
    run->lines = o->format->needs_lines ? &lines : NULL;
    if (!input_read(o->files, o->files_len, 0, run, config, sources, &stats)) {
        lines_free(&lines);
        return jsonl_tool_no_memory();
    }
    if (run->tests_len == 0) {
        jsonl_warn("no test records in the input");
        return stats.failed > 0 ? JSONL_EXIT_IO : JSONL_EXIT_FOUND;
    }
    if (report_make(&report, run, config, sources, o->files_len, o->generated_s)) {
        report.lines = &lines;
        report.max_bytes = o->max_bytes;
        status = compare_and_write(o, &report, run, config, &old);
    } else {
        status = jsonl_tool_no_memory();
    }
    report_free(&report);
    lines_free(&lines);
    if (status <= JSONL_EXIT_FOUND && stats.failed + old.failed > 0)
        status = JSONL_EXIT_IO;
    if (status == JSONL_EXIT_OK && o->strict && stats.bad + old.bad > 0)
        status = JSONL_EXIT_FOUND;
    return status;
}

static int configure_and_run(const struct options *o)
{
    struct jsonl_config config;
    struct jsonl_error err;
    const char *file;
    struct run run;

    if (!jsonl_config_load(&config, o->config, &file, &err)) {
        jsonl_warn_at(file, err.line, err.column, "%s", err.message);
        return JSONL_EXIT_USAGE;
    }
    int status = JSONL_EXIT_IO;
    struct jsonl_rules *rules = jsonl_rules_new(&config, &err);
    struct report_source *sources = calloc(o->files_len, sizeof *sources);
    bool memory = run_init(&run) && sources;
    if (!rules) {
        jsonl_warn("%s", err.message);
        status = JSONL_EXIT_USAGE;
    } else if (!memory) {
        jsonl_tool_no_memory();
    } else {
        status = run_report(o, &run, &config, sources);
    }
    run_free(&run);
    free(sources);
    jsonl_rules_free(rules);
    jsonl_config_free(&config);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;

    jsonl_tool("genreport");
    int status = options_parse(&options, argc, argv);

    if (status == TOOL_GO)
        status = configure_and_run(&options);
    options_free(&options);
    return status;
}
