/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool duration_parse(const char *text, double unit_ns, double min, double max, int64_t *ns)
{
    size_t digits = strspn(text, "0123456789");
    size_t fraction = text[digits] == '.' ? strspn(text + digits + 1, "0123456789") : 0;
    size_t used = digits + (text[digits] == '.') + fraction;
    if (digits + fraction == 0 || text[used] != '\0')
        return false;
    double units = strtod(text, NULL);
    if (!(units >= min && units <= max))
        return false;
    *ns = (int64_t)llround(units * unit_ns);
    return *ns > 0;
}

static bool duration_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;
    jsonl_error_set(err, "should be a number of seconds above 0, up to 1000000000");
    return duration_parse(argument, 1e9, 0, 1e9, &o->duration_ns);
}

static bool interval_set(void *options, const char *argument, struct jsonl_error *err)
{
    struct options *o = options;
    jsonl_error_set(err, "should be a number of milliseconds, 1 to 3600000");
    return duration_parse(argument, 1e6, 1, 3600000, &o->interval_ns);
}

/* Where a command was meant, by -- or by an argument, an empty one is a variable that is not set: to take it for none
 * would be to record until somebody notices. */
static int command_take(struct options *o, const struct tool *tool, const struct tool_operands *rest)
{
    if (rest->n == 0 && rest->dashes)
        return jsonl_tool_misused(tool, "-- without a command");
    if (rest->n > 0 && !*rest->at[0])
        return jsonl_tool_misused(tool, "the command is empty");
    o->command = rest->n > 0 ? rest->at : NULL;
    return TOOL_GO;
}

int options_parse(struct options *o, int argc, char **argv)
{
    const struct tool_option table[] = {
        {'C', "config", "file", "configuration, else $MLXK_BENCH_CONFIG, else defaults", .text = &o->config},
        {'d', "duration", "sec", "stop sampling after so many seconds, fractions allowed", .set = duration_set},
        {'e', "events", "fifo", "make a FIFO; JSON lines written there ride in the next sample", .text = &o->events},
        {'i', "interval", "ms", "time between samples, 1 to 3600000; 200 if not given", .set = interval_set},
        {'o', "output", "file", "append the samples to file, not to standard output", .text = &o->output},
        {'q', "quiet", NULL, "nothing on standard error but errors", .flag = &o->quiet},
        {'v', "verbose", NULL, "a line on standard error for each sample", .flag = &o->verbose},
    };
    const struct tool tool = {
        .name = "memmon",
        .usage = "[-qv] [-C file] [-d sec] [-e fifo] [-i ms] [-o file] [--] [command [arg ...]]",
        .about = "Samples memory, CPU and GPU into JSON Lines while a command runs.",
        .exits = "Exit status: the command's, 128+n if signal n ended it; 125 memmon failed, 126 the\n"
                 "command cannot be run, 127 it is not there.  Without a command: 0, or 3 if the\n"
                 "recording could not be written.  2: wrong usage.",
        .options = table,
        .options_len = sizeof table / sizeof table[0],
        .context = o,
        .runs_command = true,
    };
    struct tool_operands rest;
    *o = (struct options){.interval_ns = 200000000};
    int status = jsonl_tool_options(&tool, argc, argv, &rest);
    return status == TOOL_GO ? command_take(o, &tool, &rest) : status;
}
