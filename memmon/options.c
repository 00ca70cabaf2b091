/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: memmon [-qv] [-C file] [-d sec] [-e fifo] [-i ms] [-o file] [--] [command [arg ...]]\n";

static const char help[] = "\n"
                           "Samples memory, CPU and GPU into JSON Lines while a command runs.\n"
                           "\n"
                           "  -C, --config file    configuration, else $MLXK_BENCH_CONFIG, else defaults\n"
                           "  -d, --duration sec   stop sampling after so many seconds, fractions allowed\n"
                           "  -e, --events fifo    make a FIFO; JSON lines written there ride in the next sample\n"
                           "  -h, --help           this text\n"
                           "  -i, --interval ms    time between samples, 1 to 3600000; 200 if not given\n"
                           "  -o, --output file    append the samples to file instead of standard output\n"
                           "  -q, --quiet          nothing on standard error but errors\n"
                           "  -v, --verbose        a line on standard error for each sample\n"
                           "      --version        the version\n"
                           "\n"
                           "Exit status: the command's, 128+n if signal n ended it; 125 memmon failed, 126 the\n"
                           "command cannot be run, 127 it is not there.  Without a command: 0, or 3 if the\n"
                           "recording could not be written.  2: wrong usage.\n";

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

static bool usage_error(void)
{
    fputs(usage, stderr);
    return false;
}

/* Returns false when the option's argument is wrong, which has been said. */
static bool options_set(struct options *o, int option, const char *argument)
{
    switch (option) {
    case 'C':
        o->config = argument;
        return true;
    case 'd':
        if (duration_parse(argument, 1e9, 0, 1e9, &o->duration_ns))
            return true;
        jsonl_warn("-d %s: not a number of seconds above 0, up to 1000000000", argument);
        return usage_error();
    case 'e':
        o->events = argument;
        return true;
    case 'i':
        if (duration_parse(argument, 1e6, 1, 3600000, &o->interval_ns))
            return true;
        jsonl_warn("-i %s: not a number of milliseconds from 1 to 3600000", argument);
        return usage_error();
    case 'o':
        o->output = argument;
        return true;
    case 'q':
        o->quiet = true;
        return true;
    case 'v':
        o->verbose = true;
        return true;
    default:
        return usage_error(); /* getopt has said why */
    }
}

/* Where a command was meant, by -- or by an argument, an empty one is a variable that is not set: to take it for none
 * would be to record until somebody notices. */
static bool options_command(struct options *o, char **argv, bool announced)
{
    if (argv[optind] && *argv[optind]) {
        o->command = argv + optind;
        return true;
    }
    if (!argv[optind] && !announced)
        return true;
    jsonl_warn(argv[optind] ? "the command is empty" : "-- without a command");
    return usage_error();
}

bool options_parse(struct options *o, int argc, char **argv)
{
    enum { VERSION = 256 };
    static const struct option names[] = {
        {"config", required_argument, NULL, 'C'},   {"duration", required_argument, NULL, 'd'},
        {"events", required_argument, NULL, 'e'},   {"help", no_argument, NULL, 'h'},
        {"interval", required_argument, NULL, 'i'}, {"output", required_argument, NULL, 'o'},
        {"quiet", no_argument, NULL, 'q'},          {"verbose", no_argument, NULL, 'v'},
        {"version", no_argument, NULL, VERSION},    {0},
    };
    *o = (struct options){.interval_ns = 200000000, .status = JSONL_EXIT_USAGE};
    int read = 1; /* arguments, before getopt has looked for one more option */
    for (int option; (option = getopt_long(argc, argv, "+C:d:e:hi:o:qv", names, NULL)) != -1;) {
        if (option == 'h' || option == VERSION) {
            o->status = option == 'h' ? jsonl_print(usage, help) : jsonl_print("memmon ", JSONL_VERSION "\n");
            return false;
        }
        if (!options_set(o, option, optarg))
            return false;
        read = optind;
    }
    return options_command(o, argv, optind > read);
}
