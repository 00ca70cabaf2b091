/* SPDX-License-Identifier: Apache-2.0
 *
 * genreport - one run's tests, samples and events in, a report out. */
#include "baseline.h"
#include "compare.h"
#include "filename.h"
#include "format.h"
#include "gate.h"
#include "input.h"
#include "jsonl.h"
#include "lines.h"
#include "md_limit.h"
#include "report.h"
#include "run.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: genreport [--strict] [-C file] [-c old] [-f format] [-g finding,...] [-m memory] [--max-bytes n] "
    "[-o file | -O dir] [file ...]\n";

static const char help[] =
    "\n"
    "Reads test records, samples and events of one run, in any order and from any number\n"
    "of files (none or -: standard input), and writes a report.\n"
    "\n"
    "  -C file      configuration (YAML), else $MLXK_BENCH_CONFIG\n"
    "  -c old       compare with this run; may be repeated, the oldest first; the recording of\n"
    "               x-benchmark.jsonl is x-memory.jsonl, if there is one\n"
    "  -f format    markdown (the default), json, jsonl (each test record with its resources),\n"
    "               csv, openmetrics, junit, gab, gab-bigger (github-action-benchmark)\n"
    "  -g finding   exit 1 if there is any such: regressed, failed, degraded, or several with\n"
    "               commas between them; says each on standard error\n"
    "  -m memory    one more file to read, with or without others; may be repeated\n"
    "  --max-bytes n  leave out sections of Markdown until it fits; n is at least 8192\n"
    "  -o file      write there, not to standard output\n"
    "  -O dir       write to dir/BENCHMARK-v" REPORT_TEMPLATE "-VERSION-DATE.md, and print that\n"
    "               name on standard error\n"
    "  --strict     exit 1 if any line of the input was bad\n"
    "  -h, --help   print this\n"
    "  --version    print the version\n";

struct options {
    const struct format *format;
    const char *out, *dir, *config;
    bool strict;
    unsigned gates;     /* enum gate, or-ed */
    size_t max_bytes;   /* of Markdown; 0: no limit */
    const char **files; /* those of -m come last */
    size_t files_len;
    const char **baselines; /* oldest first */
    size_t baselines_len;
    double generated_s; /* $SOURCE_DATE_EPOCH, or NAN */
};

static int usage_error(void)
{
    fputs(usage, stderr);
    return JSONL_EXIT_USAGE;
}

static bool options_epoch(struct options *o)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");

    o->generated_s = NAN;
    if (!text || !*text)
        return true;
    if (strspn(text, "0123456789") != strlen(text) || strlen(text) > 12) {
        jsonl_warn("SOURCE_DATE_EPOCH is not a number of seconds: %s", text);
        return false;
    }
    o->generated_s = strtod(text, NULL);
    return true;
}

static bool options_gates(struct options *o, const char *text)
{
    const char *wrong = gate_read(text, &o->gates);

    if (wrong)
        jsonl_warn("-g: not one of regressed, failed, degraded: %s", wrong);
    return !wrong;
}

static bool options_bytes(struct options *o, const char *text)
{
    bool ok = *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 16;

    o->max_bytes = ok ? (size_t)strtoull(text, NULL, 10) : 0;
    if (o->max_bytes < MD_LIMIT_MIN)
        jsonl_warn("--max-bytes: not a number from %d on: %s", MD_LIMIT_MIN, text);
    return o->max_bytes >= MD_LIMIT_MIN;
}

/* Options that do not go together. */
static bool options_agree(const struct options *o)
{
    if (o->out && o->dir)
        jsonl_warn("-o and -O exclude each other");
    else if (o->max_bytes > 0 && o->format->render != markdown_render)
        jsonl_warn("--max-bytes is for markdown");
    else if (o->gates & GATE_REGRESSED && o->baselines_len == 0)
        jsonl_warn("-g regressed needs a baseline, -c");
    else
        return true;
    return false;
}

/* Returns -1 to go on, else the exit status.  `memory` has place for argc names. */
static int options_read(struct options *o, int argc, char **argv, const char **memory)
{
    enum { STRICT = 256, VERSION, MAX_BYTES };
    static const struct option longs[] = {
        {"help", no_argument, NULL, 'h'},
        {"max-bytes", required_argument, NULL, MAX_BYTES},
        {"strict", no_argument, NULL, STRICT},
        {"version", no_argument, NULL, VERSION},
        {NULL, 0, NULL, 0},
    };
    size_t memory_len = 0;
    int c;

    while ((c = getopt_long(argc, argv, "C:c:f:g:hm:o:O:", longs, NULL)) != -1) {
        switch (c) {
        case 'C':
            o->config = optarg;
            break;
        case 'c':
            o->baselines[o->baselines_len++] = optarg;
            break;
        case 'f':
            o->format = format_find(optarg);
            if (!o->format) {
                jsonl_warn("unknown format: %s", optarg);
                return usage_error();
            }
            break;
        case 'g':
            if (!options_gates(o, optarg))
                return usage_error();
            break;
        case 'h':
            return jsonl_print(usage, help);
        case 'm':
            memory[memory_len++] = optarg;
            break;
        case 'o':
            o->out = optarg;
            break;
        case 'O':
            o->dir = optarg;
            break;
        case MAX_BYTES:
            if (!options_bytes(o, optarg))
                return usage_error();
            break;
        case STRICT:
            o->strict = true;
            break;
        case VERSION:
            return jsonl_print("genreport " JSONL_VERSION, "\n");
        default:
            return usage_error();
        }
    }
    if (!options_agree(o))
        return usage_error();
    while (optind < argc)
        o->files[o->files_len++] = argv[optind++];
    if (o->files_len == 0)
        o->files[o->files_len++] = "-";
    for (size_t i = 0; i < memory_len; i++)
        o->files[o->files_len++] = memory[i];
    return options_epoch(o) ? -1 : JSONL_EXIT_USAGE;
}

static int write_report(const struct options *o, const struct report *report)
{
    char name[FILENAME_SIZE], *path = NULL;
    struct jsonl_error err;

    if (o->dir) {
        size_t size = strlen(o->dir) + sizeof name + 1;

        path = malloc(size);
        if (!path) {
            jsonl_warn("out of memory");
            return JSONL_EXIT_IO;
        }
        filename_of_report(name, report, o->format->suffix);
        snprintf(path, size, "%s/%s", *o->dir ? o->dir : ".", name);
    }
    const char *to = path ? path : o->out;
    struct jsonl_output *out = jsonl_output_open(to, &err);
    bool ok = out != NULL;
    if (ok && !o->format->render(jsonl_output_writer(out), report)) {
        jsonl_error_set(&err, "out of memory");
        jsonl_output_abandon(out);
        ok = false;
    } else if (ok) {
        ok = jsonl_output_close(out, &err);
    }
    if (!ok)
        jsonl_warn_at(to && strcmp(to, "-") != 0 ? to : NULL, 0, 0, "%s", err.message);
    else if (path)
        fprintf(stderr, "%s\n", path);
    free(path);
    return ok ? JSONL_EXIT_OK : JSONL_EXIT_IO;
}

/* *stats: of the baselines. */
static int compare_and_write(const struct options *o, struct report *report, struct run *run, struct jsonl_rules *rules,
                             struct jsonl_input_stats *stats)
{
    struct baseline *baselines = calloc(o->baselines_len + 1, sizeof *baselines);
    bool ok = baselines && baselines_read(baselines, o->baselines, o->baselines_len, rules, stats) &&
              (o->baselines_len == 0 || report_compare(report, run, baselines, o->baselines_len));
    int status = JSONL_EXIT_IO;

    if (ok)
        status = write_report(o, report);
    if (ok && gate_findings(report, o->gates) > 0 && status == JSONL_EXIT_OK)
        status = JSONL_EXIT_FOUND;
    if (!ok)
        jsonl_warn("out of memory");
    if (baselines)
        baselines_free(baselines, o->baselines_len);
    free(baselines);
    return status;
}

static int run_report(const struct options *o, struct run *run, const struct jsonl_config *config,
                      struct jsonl_rules *rules, struct report_source *sources)
{
    struct jsonl_input_stats stats, old = {0};
    struct report report;
    struct lines lines = {0};
    int status;

    run->lines = o->format->needs_lines ? &lines : NULL;
    if (input_read(o->files, o->files_len, run, rules, sources, &stats) != INPUT_OK) {
        jsonl_warn("out of memory");
        lines_free(&lines);
        return JSONL_EXIT_IO;
    }
    if (run->tests_len == 0) {
        jsonl_warn("no test records in the input");
        return stats.failed > 0 ? JSONL_EXIT_IO : JSONL_EXIT_FOUND;
    }
    if (report_make(&report, run, config, sources, o->files_len, o->generated_s)) {
        report.lines = &lines;
        report.max_bytes = o->max_bytes;
        status = compare_and_write(o, &report, run, rules, &old);
    } else {
        jsonl_warn("out of memory");
        status = JSONL_EXIT_IO;
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
        jsonl_warn("out of memory");
    } else {
        status = run_report(o, &run, &config, rules, sources);
    }
    run_free(&run);
    free(sources);
    jsonl_rules_free(rules);
    jsonl_config_free(&config);
    return status;
}

int main(int argc, char **argv)
{
    struct options options = {.format = &formats[0]};

    jsonl_tool("genreport");
    options.files = calloc((size_t)argc + 1, sizeof *options.files);
    options.baselines = calloc((size_t)argc + 1, sizeof *options.baselines);
    const char **memory = calloc((size_t)argc + 1, sizeof *memory);
    int status = JSONL_EXIT_IO;
    if (options.files && options.baselines && memory) {
        status = options_read(&options, argc, argv, memory);
        if (status == -1)
            status = configure_and_run(&options);
    } else {
        jsonl_warn("out of memory");
    }
    free(memory);
    free(options.files);
    free(options.baselines);
    return status;
}
