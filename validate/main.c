/* SPDX-License-Identifier: Apache-2.0
 * validate - check JSON Lines against JSON Schema. */
#include "filter.h"
#include "terminal.h"

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
    "  -j threads     accepted; one thread does the work\n"
    "  -k count       stop after so many invalid lines\n"
    "  -q             say nothing about invalid lines on standard error\n"
    "  -r [uri=]dir   where references may find other schemas: by $id, or at uri (repeatable)\n"
    "  -s schema      check every line against this schema, JSON or YAML, not that of its kind\n"
    "  -u             upgrade: write valid reports of old versions as ones of the current version\n"
    "  -h, --help     print this\n"
    "  --version      print the version\n"
    "\n"
    "Exit status: 0 all lines are valid, 1 some are not, 2 usage or a bad schema, 3 input or output failed.\n";

enum { OPTION_VERSION = 256 };

static const struct option long_options[] = {
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPTION_VERSION},
    {0},
};

struct options {
    const char *schema;
    bool done;  /* nothing is left to do */
    int status; /* with which to exit then */
};

static bool parse_count(const char *s, size_t most, size_t *out)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(s, &end, 10);
    *out = (size_t)n;
    return *s >= '0' && *s <= '9' && !*end && errno == 0 && n >= 1 && n <= most;
}

/* One option; false: it is used wrongly, and that has been said. */
static bool option_apply(struct options *o, struct filter *f, int option, const char *value)
{
    size_t threads;
    switch (option) {
    case 'd':
        if (!draft_by_name(value, &f->judge.chooser.store.draft)) {
            jsonl_warn("-d %s: should be 4, 6, 7, 2019-09 or 2020-12", value);
            return false;
        }
        return true;
    case 'F':
        f->judge.chooser.formats = true;
        return true;
    case 'f':
        f->output = output_find(value);
        if (!f->output)
            jsonl_warn("-f %s: should be pass, quiet, flag, basic, detailed or github", value);
        return f->output;
    case 'j':
        if (!parse_count(value, 4096, &threads))
            jsonl_warn("-j %s: should be a number of threads, 1 to 4096", value);
        return parse_count(value, 4096, &threads);
    case 'k':
        if (parse_count(value, SIZE_MAX, &f->invalid_max))
            return true;
        jsonl_warn("-k %s: should be a number of lines, at least 1", value);
        return false;
    case 'q':
        f->silent = true;
        return true;
    case 'r':
        if (store_folder(&f->judge.chooser.store, value))
            return true;
        jsonl_warn("out of memory");
        return false;
    case 's':
        o->schema = value;
        return true;
    case 'u':
        f->judge.upgrades = true;
        return true;
    default:
        fputs(usage, stderr);
        return false;
    }
}

static struct options options_parse(int argc, char **argv, struct filter *f)
{
    struct options o = {0};
    int option;
    while (!o.done && (option = getopt_long(argc, argv, "d:Ff:hj:k:qr:s:u", long_options, NULL)) != -1) {
        if (option == 'h' || option == OPTION_VERSION) {
            o.done = true;
            o.status = option == 'h' ? jsonl_print(usage, help) : jsonl_print("validate ", JSONL_VERSION "\n");
        } else if (!option_apply(&o, f, option, optarg)) {
            o.done = true;
            o.status = JSONL_EXIT_USAGE;
        }
    }
    return o;
}

/* The schemas, ready to run. */
static bool schemas_load(struct judge *j, const char *path)
{
    struct complaint complaint = {0};
    bool ok = chooser_open(&j->chooser, path, j->upgrades, &complaint);
    if (ok)
        lexicon_teach(&j->chooser.store.lexicon, j->parser);
    else if (complaint.file)
        jsonl_warn_at(complaint.file, complaint.error.line, complaint.error.column, "%s", complaint.error.message);
    else
        jsonl_warn("%s", complaint.error.message);
    return ok;
}

/* On a terminal, unless lines of stdout stand there as well. */
static void terminal_look(struct filter *f, struct jsonl_writer *screen)
{
    bool shared = f->output->passes && isatty(STDOUT_FILENO);
    f->colours = terminal_has_colours(STDERR_FILENO);
    f->terminal = isatty(STDERR_FILENO) && !shared;
    progress_init(&f->progress, f->terminal && !f->silent && terminal_is_live(STDERR_FILENO) ? screen : NULL);
}

static int filter_files(struct filter *f, char **files, int n)
{
    f->several = n > 1;
    if (n == 0)
        filter_file(f, "-");
    for (int i = 0; i < n && !f->stop; i++)
        filter_file(f, files[i]);
    filter_finish(f);
    return (int)f->status;
}

int main(int argc, char **argv)
{
    struct filter f = {.output = output_find("pass"), .out = jsonl_writer_new(1), .err = jsonl_writer_new(2)};
    struct jsonl_writer *screen = jsonl_writer_new(2);
    int status = JSONL_EXIT_IO;
    jsonl_tool("validate");
    if (!judge_init(&f.judge) || !f.out || !f.err || !screen) {
        jsonl_warn("out of memory");
    } else {
        f.judge.chooser.store.draft = DRAFT_2020_12;
        struct options o = options_parse(argc, argv, &f);
        if (o.done)
            status = o.status;
        else if (!schemas_load(&f.judge, o.schema))
            status = JSONL_EXIT_USAGE;
        else {
            terminal_look(&f, screen);
            status = filter_files(&f, argv + optind, argc - optind);
        }
    }
    judge_free(&f.judge);
    jsonl_writer_free(f.out);
    jsonl_writer_free(f.err);
    jsonl_writer_free(screen);
    return status;
}
