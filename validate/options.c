/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "folder.h"

enum { THREADS_MAX = 4096 };

static bool draft_set(void *options, const char *argument, struct jsonl_error *err)
{
    const struct options *o = options;
    jsonl_error_set(err, "should be 4, 6, 7, 2019-09 or 2020-12");
    return draft_by_name(argument, &o->chooser->store.draft);
}

static bool format_set(void *options, const char *argument, struct jsonl_error *err)
{
    const struct options *o = options;
    jsonl_error_set(err, "should be pass, quiet, flag, basic, detailed or github");
    o->wishes->output = output_find(argument);
    return o->wishes->output;
}

static bool threads_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;
    jsonl_error_set(err, "should be a number of threads, 1 to %d", THREADS_MAX);
    return jsonl_tool_count(argument, 1, THREADS_MAX, &o->threads);
}

static bool invalid_max_set(void *options, const char *argument, struct jsonl_error *err)
{
    const struct options *o = options;
    jsonl_error_set(err, "should be a number of lines, at least 1");
    return jsonl_tool_count(argument, 1, SIZE_MAX, &o->wishes->invalid_max);
}

static bool folder_set(void *options, const char *argument, struct jsonl_error *err)
{
    const struct options *o = options;
    return folder_add(&o->chooser->store, argument, err);
}

int options_parse(struct options *o, int argc, char **argv, struct tool_operands *files)
{
    const struct tool_option table[] = {
        {'d', "draft", "draft", "of schemas without $schema: 4, 6, 7, 2019-09 or\n2020-12 (default)", .set = draft_set},
        {'F', "check-format", NULL, "check `format`, which is only a note otherwise", .flag = &o->chooser->formats},
        {'f', "format", "format",
         "what standard output gets: pass (default) the valid\nlines, quiet nothing; flag, basic or detailed a line "
         "of\n"
         "JSON for each line, github annotations",
         .set = format_set},
        {'j', "threads", "threads", "how many share the work (default: one for each\nprocessor)", .set = threads_set},
        {'k', "max-invalid", "count", "stop after so many invalid lines", .set = invalid_max_set},
        {'q', "quiet", NULL, "say nothing about invalid lines on standard error", .flag = &o->wishes->silent},
        {'r', "resolve", "[uri=]dir", "where references may find other schemas: by $id, or at\nuri (repeatable)",
         .set = folder_set},
        {'s', "schema", "schema", "check every line against this schema, JSON or YAML, not\nthat of its kind",
         .text = &o->schema},
        {'u', "upgrade", NULL, "write valid reports of old versions as ones of the\ncurrent version",
         .flag = &o->wishes->upgrades},
    };
    const struct tool tool = {
        .name = "validate",
        .usage = "[-Fqu] [-d draft] [-f format] [-j threads] [-k count] [-r [uri=]dir] [-s schema] [file ...]",
        .about = "Valid lines go to standard output as they are; what is wrong with the others is said\n"
                 "on standard error.",
        .exits = "Exit status: 0 all lines are valid, 1 some are not, 2 wrong usage or a bad schema,\n"
                 "3 input or output failed.",
        .options = table,
        .options_len = sizeof table / sizeof table[0],
        .context = o,
    };
    o->threads = jsonl_processors();
    return jsonl_tool_options(&tool, argc, argv, files);
}
