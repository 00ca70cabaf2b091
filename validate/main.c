/* SPDX-License-Identifier: Apache-2.0
 * validate - check JSON Lines against JSON Schema. */
#include "ascii.h"
#include "crew.h"
#include "folder.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "usage: validate [-Fqu] [-d draft] [-f format] [-j threads] [-k count] [-r [uri=]dir] [-s schema] [file ...]\n";

static const char help[] =
    "\n"
    "Valid lines go to standard output as they are; what is wrong with the others is said on standard error.\n"
    "\n"
    "  -d draft       of schemas without $schema: 4, 6, 7, 2019-09 or 2020-12 (default)\n"
    "  -F             check `format`, which is only a note otherwise\n"
    "  -f format      what standard output gets: pass (default) the valid lines, quiet nothing;\n"
    "                 flag, basic or detailed a line of JSON for each line, github annotations\n"
    "  -j threads     how many share the work (default: one for each processor)\n"
    "  -k count       stop after so many invalid lines\n"
    "  -q             say nothing about invalid lines on standard error\n"
    "  -r [uri=]dir   where references may find other schemas: by $id, or at uri (repeatable)\n"
    "  -s schema      check every line against this schema, JSON or YAML, not that of its kind\n"
    "  -u             upgrade: write valid reports of old versions as ones of the current version\n"
    "  -h, --help     print this\n"
    "  --version      print the version\n"
    "\n"
    "Exit status: 0 all lines are valid, 1 some are not, 2 usage or a bad schema, 3 input or output failed.\n";

enum { OPTION_VERSION = 256, THREADS_MAX = 4096 };

static const struct option long_options[] = {
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

struct options {
    const char *schema;
    size_t threads;
    bool done;  /* nothing is left to do */
    int status; /* with which to exit then */
};

static bool parse_count(const char *s, size_t most, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(s, &end, 10);
    *out = (size_t)n;
    return is_digit(*s) && !*end && errno == 0 && n >= 1 && n <= most;
}

/* One option; false: it is used wrongly, and that has been said. */
static bool option_apply(struct options *o, struct wishes *w, struct chooser *c, int option, const char *value)
{
    struct jsonl_error err;
    switch (option) {
    case 'd':
        if (!draft_by_name(value, &c->store.draft)) {
            jsonl_warn("-d %s: should be 4, 6, 7, 2019-09 or 2020-12", value);
            return false;
        }
        return true;
    case 'F':
        c->formats = true;
        return true;
    case 'f':
        w->output = output_find(value);
        if (!w->output)
            jsonl_warn("-f %s: should be pass, quiet, flag, basic, detailed or github", value);
        return w->output;
    case 'j':
        if (parse_count(value, THREADS_MAX, &o->threads))
            return true;
        jsonl_warn("-j %s: should be a number of threads, 1 to %d", value, THREADS_MAX);
        return false;
    case 'k':
        if (parse_count(value, SIZE_MAX, &w->invalid_max))
            return true;
        jsonl_warn("-k %s: should be a number of lines, at least 1", value);
        return false;
    case 'q':
        w->silent = true;
        return true;
    case 'r':
        if (folder_add(&c->store, value, &err))
            return true;
        jsonl_warn("-r %s: %s", value, err.message);
        return false;
    case 's':
        o->schema = value;
        return true;
    case 'u':
        w->upgrades = true;
        return true;
    default:
        fputs(usage, stderr);
        return false;
    }
}

static struct options options_parse(int argc, char **argv, struct wishes *w, struct chooser *c)
{
    struct options o = {.threads = jsonl_processors()};
    int option;
    while (!o.done && (option = getopt_long(argc, argv, "d:Ff:hj:k:qr:s:u", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_VERSION) {
            o.done = true;
            o.status = option == 'h' ? jsonl_print(usage, help) : jsonl_print("validate ", JSONL_VERSION "\n");
        } else if (!option_apply(&o, w, c, option, optarg)) {
            o.done = true;
            o.status = JSONL_EXIT_USAGE;
        }
    }
    return o;
}

/* The schemas, ready to run. */
static bool schemas_load(struct chooser *c, const char *path, bool upgrades)
{
    struct complaint complaint = {0};
    bool ok = chooser_open(c, path, upgrades, &complaint);
    if (!ok)
        jsonl_warn_at(complaint.file, complaint.error.line, complaint.error.column, "%s", complaint.error.message);
    return ok;
}

/* On a terminal, unless lines of stdout stand there as well. */
static void terminal_look(struct filter *f, struct jsonl_writer *screen)
{
    bool shared = f->wishes.output->passes && isatty(STDOUT_FILENO);
    f->wishes.colours = jsonl_terminal_colours(STDERR_FILENO);
    f->terminal = isatty(STDERR_FILENO) && !shared;
    progress_init(&f->progress, f->terminal && !f->wishes.silent && jsonl_terminal_live(STDERR_FILENO) ? screen : NULL);
}

static int filter_files(struct filter *f, const struct chooser *c, char **files, int n, size_t threads)
{
    char *standard_input[] = {"-"};
    f->wishes.several = n > 1;
    if (!crew_run(f, c, n > 0 ? files : standard_input, n > 0 ? (size_t)n : 1, threads)) {
        jsonl_warn("out of memory");
        return JSONL_EXIT_IO;
    }
    filter_finish(f);
    return (int)f->status;
}

int main(int argc, char **argv)
{
    struct filter f = {.wishes = {.output = output_find("pass"), .invalid_max = SIZE_MAX},
                       .out = jsonl_writer_new(1),
                       .err = jsonl_writer_new(2)};
    struct chooser chooser = {.store.draft = DRAFT_2020_12};
    struct jsonl_writer *screen = jsonl_writer_new(2);
    int status = JSONL_EXIT_IO;
    jsonl_tool("validate");
    if (!f.out || !f.err || !screen) {
        jsonl_warn("out of memory");
    } else {
        struct options o = options_parse(argc, argv, &f.wishes, &chooser);
        if (o.done)
            status = o.status;
        else if (!schemas_load(&chooser, o.schema, f.wishes.upgrades))
            status = JSONL_EXIT_USAGE;
        else {
            terminal_look(&f, screen);
            status = filter_files(&f, &chooser, argv + optind, argc - optind, o.threads);
        }
    }
    chooser_free(&chooser);
    jsonl_writer_free(f.out);
    jsonl_writer_free(f.err);
    jsonl_writer_free(screen);
    return status;
}
