/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <string.h>

static bool format_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;
    jsonl_error_set(err, "should be html, svg, trace or text");
    for (const struct format *f = format_table; f->name; f++) {
        if (strcmp(f->name, argument) == 0) {
            o->format = f;
            return true;
        }
    }
    return false;
}

int options_parse(struct options *o, int argc, char **argv, struct tool_operands *files)
{
    const struct tool_option table[] = {
        {'C', "config", "file", "configuration, else $MLXK_BENCH_CONFIG, else defaults", .text = &o->config},
        {'f', "format", "format", "html (default), svg, trace or text", .set = format_set},
        {'o', "output", "file", "write to file, not to standard output", .text = &o->output},
        {'t', "title", "title", "title of the picture", .text = &o->render.title},
        {0, "ascii", NULL, "text has no characters beyond ASCII", .flag = &o->render.ascii},
        {0, "strict", NULL, "exit 1 if a line of the input was bad; a last line that is\ncut off is not",
         .flag = &o->strict},
        {0, "utc", NULL, "the page shows times in UTC, not in the reader's time zone", .flag = &o->render.utc},
    };
    const struct tool tool = {
        .name = "memplot",
        .usage = "[-C file] [-f format] [-o file] [-t title] [--ascii] [--strict] [--utc] [file ...]",
        .about = "Draws the samples, tests and events of a run on one time axis.",
        .exits = "Exit status: 0 the picture is written, 1 there is nothing to draw, or a line was bad and\n"
                 "--strict given, 2 wrong usage or configuration, 3 input or output failed.",
        .options = table,
        .options_len = sizeof table / sizeof table[0],
        .context = o,
    };
    *o = (struct options){.format = format_table};
    return jsonl_tool_options(&tool, argc, argv, files);
}
