/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "gate.h"
#include "md_limit.h"

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

/* A number of digits alone; false: it is none, or has more than `most` of them. */
static bool digits_only(const char *text, size_t most)
{
    size_t n = strlen(text);

    return n > 0 && n <= most && strspn(text, "0123456789") == n;
}

static bool options_epoch(struct options *o)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");

    if (!text || !*text)
        return true;
    if (!digits_only(text, 12)) {
        jsonl_warn("SOURCE_DATE_EPOCH is not a number of seconds: %s", text);
        return false;
    }
    o->generated_s = strtod(text, NULL);
    return true;
}

static bool options_format(struct options *o, const char *name)
{
    o->format = format_find(name);
    if (!o->format)
        jsonl_warn("unknown format: %s", name);
    return o->format;
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
    o->max_bytes = digits_only(text, 15) ? (size_t)strtoull(text, NULL, 10) : 0;
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

enum { STRICT = 256, VERSION, MAX_BYTES };

/* false: its argument is wrong, which has been said, or getopt has said what is. */
static bool options_set(struct options *o, int option, const char *argument)
{
    switch (option) {
    case 'C':
        o->config = argument;
        return true;
    case 'c':
        o->baselines[o->baselines_len++] = argument;
        return true;
    case 'f':
        return options_format(o, argument);
    case 'g':
        return options_gates(o, argument);
    case 'm':
        o->files[o->files_len++] = argument;
        return true;
    case 'o':
        o->out = argument;
        return true;
    case 'O':
        o->dir = argument;
        return true;
    case MAX_BYTES:
        return options_bytes(o, argument);
    case STRICT:
        o->strict = true;
        return true;
    default:
        return false;
    }
}

/* The operands, or standard input, before the files of -m. */
static void options_files(struct options *o, char **operands, size_t n)
{
    size_t first = n > 0 ? n : 1;

    memmove(o->files + first, o->files, o->files_len * sizeof *o->files);
    o->files[0] = "-";
    for (size_t i = 0; i < n; i++)
        o->files[i] = operands[i];
    o->files_len += first;
}

bool options_parse(struct options *o, int argc, char **argv)
{
    static const struct option longs[] = {
        {"help", no_argument, NULL, 'h'},
        {"max-bytes", required_argument, NULL, MAX_BYTES},
        {"strict", no_argument, NULL, STRICT},
        {"version", no_argument, NULL, VERSION},
        {NULL, 0, NULL, 0},
    };
    size_t room = (size_t)argc + 1;

    *o = (struct options){.format = &formats[0], .generated_s = NAN, .status = JSONL_EXIT_USAGE};
    o->files = malloc(room * sizeof *o->files);
    o->baselines = malloc(room * sizeof *o->baselines);
    if (!o->files || !o->baselines) {
        jsonl_warn("out of memory");
        o->status = JSONL_EXIT_IO;
        return false;
    }
    for (int c; (c = getopt_long(argc, argv, "C:c:f:g:hm:o:O:", longs, NULL)) != -1;) {
        if (c == 'h' || c == VERSION) {
            o->status = c == 'h' ? jsonl_print(usage, help) : jsonl_print("genreport " JSONL_VERSION, "\n");
            return false;
        }
        if (!options_set(o, c, optarg)) {
            fputs(usage, stderr);
            return false;
        }
    }
    if (!options_agree(o)) {
        fputs(usage, stderr);
        return false;
    }
    options_files(o, argv + optind, (size_t)(argc - optind));
    return options_epoch(o);
}

void options_free(struct options *o)
{
    free(o->files);
    free(o->baselines);
}
