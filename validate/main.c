/* SPDX-License-Identifier: Apache-2.0
 * validate - check JSON Lines against JSON Schema. */
#include "crew.h"
#include "options.h"
#include "tool.h"

#include <unistd.h>

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
static void terminal_look(struct filter *f)
{
    bool shared = f->wishes.output->passes && isatty(STDOUT_FILENO);
    f->wishes.colours = jsonl_terminal_colours(STDERR_FILENO);
    f->terminal = isatty(STDERR_FILENO) && !shared;
    jsonl_progress_begin(&f->progress, !shared && !f->wishes.silent, "invalid");
}

static int filter_files(struct filter *f, const struct chooser *c, const struct tool_operands *files, size_t threads)
{
    char *standard_input[] = {"-"};
    f->wishes.several = files->n > 1;
    if (!crew_run(f, c, files->n > 0 ? files->at : standard_input, files->n > 0 ? files->n : 1, threads))
        return jsonl_tool_no_memory();
    filter_finish(f);
    return (int)f->status;
}

static int run(struct filter *f, struct chooser *c, int argc, char **argv)
{
    struct options o = {.wishes = &f->wishes, .chooser = c};
    struct tool_operands files;
    int status = options_parse(&o, argc, argv, &files);
    if (status != TOOL_GO)
        return status;
    if (!schemas_load(c, o.schema, f->wishes.upgrades))
        return JSONL_EXIT_USAGE;
    terminal_look(f);
    return filter_files(f, c, &files, o.threads);
}

int main(int argc, char **argv)
{
    jsonl_tool("validate");
    struct filter f = {.wishes = {.output = output_find("pass"), .invalid_max = SIZE_MAX},
                       .out = jsonl_writer_new(1),
                       .err = jsonl_writer_new(2)};
    struct chooser chooser = {.store.draft = DRAFT_2020_12};
    int status = f.out && f.err ? run(&f, &chooser, argc, argv) : jsonl_tool_no_memory();
    chooser_free(&chooser);
    jsonl_writer_free(f.out);
    jsonl_writer_free(f.err);
    return status;
}
