/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "gate.h"
#include "md_limit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool format_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;

    jsonl_error_set(err, "should be markdown, json, jsonl, csv, openmetrics, junit, gab or gab-bigger");
    o->format = format_find(argument);
    return o->format;
}

static bool gates_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;

    jsonl_error_set(err, "should be regressed, failed, degraded, or several of them with commas between");
    return !gate_read(argument, &o->gates);
}

static bool bytes_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;

    jsonl_error_set(err, "should be a number of bytes, at least %d", MD_LIMIT_MIN);
    return jsonl_tool_count(argument, MD_LIMIT_MIN, SIZE_MAX, &o->max_bytes);
}

static bool baseline_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;

    (void)err;
    o->baselines[o->baselines_len++] = argument;
    return true;
}

static bool memory_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;

    (void)err;
    o->files[o->files_len++] = argument;
    return true;
}

/* Options that do not go together. */
static int options_agree(const struct options *o, const struct tool *tool)
{
    if (o->out && o->dir)
        return jsonl_tool_misused(tool, "-o and -O cannot be used together");
    if (o->max_bytes > 0 && o->format->render != markdown_render)
        return jsonl_tool_misused(tool, "--max-bytes is for markdown");
    if (o->gates & GATE_REGRESSED && o->baselines_len == 0)
        return jsonl_tool_misused(tool, "-g regressed needs a baseline, -c");
    return TOOL_GO;
}

static int epoch_take(struct options *o)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    size_t seconds;

    if (!text || !*text)
        return TOOL_GO;
    if (!jsonl_tool_count(text, 0, 999999999999, &seconds)) {
        jsonl_warn("SOURCE_DATE_EPOCH %s: should be a number of seconds", text);
        return JSONL_EXIT_USAGE;
    }
    o->generated_s = (double)seconds;
    return TOOL_GO;
}

/* The operands, or standard input, before the files of -m. */
static void files_take(struct options *o, const struct tool_operands *operands)
{
    size_t first = operands->n > 0 ? operands->n : 1;

    memmove(o->files + first, o->files, o->files_len * sizeof *o->files);
    o->files[0] = "-";
    for (size_t i = 0; i < operands->n; i++)
        o->files[i] = operands->at[i];
    o->files_len += first;
}

static int command_line_read(struct options *o, int argc, char **argv)
{
    const struct tool_option table[] = {
        {'C', "config", "file", "configuration, else $MLXK_BENCH_CONFIG, else defaults", .text = &o->config},
        {'c', "compare", "old",
         "compare with this run (repeatable, the oldest first);\nthe recording of x-benchmark.jsonl is "
         "x-memory.jsonl,\n"
         "if there is one",
         .set = baseline_set},
        {'f', "format", "format",
         "markdown (default), json, jsonl (each test record with\nits resources), csv, openmetrics, junit, gab or\n"
         "gab-bigger (github-action-benchmark)",
         .set = format_set},
        {'g', "gate", "finding",
         "exit 1 if there is any such: regressed, failed,\ndegraded, or several with commas between them; says\n"
         "each on standard error",
         .set = gates_set},
        {'m', "memory", "file", "one more file to read, with or without others\n(repeatable)", .set = memory_set},
        {'O', "output-dir", "dir",
         "write to dir/BENCHMARK-v" REPORT_TEMPLATE "-VERSION-DATE.md, and print that\nname on standard error",
         .text = &o->dir},
        {'o', "output", "file", "write to file, not to standard output", .text = &o->out},
        {0, "max-bytes", "n", "leave out sections of Markdown until it fits; n is at\nleast 8192", .set = bytes_set},
        {0, "strict", NULL, "exit 1 if a line of the input was bad; a last line that\nis cut off is not",
         .flag = &o->strict},
    };
    const struct tool tool = {
        .name = "genreport",
        .usage = "[-C file] [-c old] [-f format] [-g finding,...] [-m file] [-O dir | -o file] [--max-bytes n] "
                 "[--strict] [file ...]",
        .about = "Reads test records, samples and events of one run, in any order and from any number\n"
                 "of files (none or -: standard input), and writes a report.",
        .exits = "Exit status: 0 the report is written, 1 it has a finding of -g, there are no tests, or a\n"
                 "line was bad and --strict given, 2 wrong usage or configuration, 3 input or output failed.",
        .options = table,
        .options_len = sizeof table / sizeof table[0],
        .context = o,
    };
    struct tool_operands operands;
    int status = jsonl_tool_options(&tool, argc, argv, &operands);

    if (status == TOOL_GO)
        status = options_agree(o, &tool);
    if (status != TOOL_GO)
        return status;
    files_take(o, &operands);
    return epoch_take(o);
}

int options_parse(struct options *o, int argc, char **argv)
{
    size_t room = (size_t)argc + 1;

    *o = (struct options){.format = &formats[0], .generated_s = NAN};
    o->files = malloc(room * sizeof *o->files);
    o->baselines = malloc(room * sizeof *o->baselines);
    return o->files && o->baselines ? command_line_read(o, argc, argv) : jsonl_tool_no_memory();
}

void options_free(struct options *o)
{
    free(o->files);
    free(o->baselines);
}
