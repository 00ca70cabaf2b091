/* SPDX-License-Identifier: Apache-2.0 */
#include "tool.h"

#include "ascii.h"
#include "nearest.h"
#include "no_memory.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* What getopt returns: an option by its letter, or by its number in the table from here on, if its name was used. */
enum { NAMED = 256 };

int jsonl_tool_no_memory(void)
{
    jsonl_warn(NO_MEMORY);
    return JSONL_EXIT_IO;
}

bool jsonl_tool_count(const char *text, size_t least, size_t most, size_t *out)
{
    size_t n = 0;
    if (!*text)
        return false;
    for (; is_digit(*text); text++) {
        size_t digit = (size_t)(*text - '0');
        if (n > (SIZE_MAX - digit) / 10)
            return false;
        n = 10 * n + digit;
    }
    *out = n;
    return !*text && n >= least && n <= most;
}

/* ---- What is said of the command line */

static int usage_show(const struct tool *t)
{
    fprintf(stderr, "usage: %s %s\n", t->name, t->usage);
    return JSONL_EXIT_USAGE;
}

int jsonl_tool_misused(const struct tool *t, const char *what)
{
    jsonl_warn("%s", what);
    return usage_show(t);
}

/* A long option, as it was written, that is the beginning of no name, or of several. */
static int name_unknown(const struct tool *t, const struct option *longs, const char *written)
{
    const char *names[TOOL_OPTIONS_MAX + 2];
    size_t n = 0, begin_so = 0, len = strcspn(written, "=");
    for (; longs[n].name; n++) {
        names[n] = longs[n].name;
        begin_so += strncmp(names[n], written + 2, len - 2) == 0;
    }
    const char *meant = nearest_name((struct jsonl_text){written + 2, len - 2}, names, n);
    if (begin_so > 1)
        jsonl_warn("%.*s: several options begin so", (int)len, written);
    else
        jsonl_warn("%.*s: no such option%s%s%s", (int)len, written, meant ? "; did you mean --" : "",
                   meant ? meant : "", meant ? "?" : "");
    return usage_show(t);
}

/* What getopt refused; optopt is 0 if that was a name, the option if its argument was wrong. */
static int option_refused(const struct tool *t, const struct option *longs, char **argv)
{
    const struct tool_option *o = NULL;
    if (optopt == 0)
        return name_unknown(t, longs, argv[optind - 1]);
    for (size_t i = 0; i < t->options_len; i++)
        if (optopt == NAMED + (int)i || optopt == t->options[i].letter)
            o = &t->options[i];
    if (optopt < NAMED && !o)
        jsonl_warn("-%c: no such option", optopt);
    else if (optopt < NAMED)
        jsonl_warn("-%c: needs an argument: %s", optopt, o->argument);
    else if (o && o->argument)
        jsonl_warn("--%s: needs an argument: %s", o->name, o->argument);
    else
        jsonl_warn("--%s: takes no argument", longs[optopt - NAMED].name);
    return usage_show(t);
}

/* ---- -h */

static size_t heading_width(const struct tool_option *o)
{
    return strlen(o->name) + (o->argument ? 1 + strlen(o->argument) : 0);
}

static void help_option(struct jsonl_writer *w, const struct tool_option *o, size_t width)
{
    char letter[] = {'-', o->letter, ',', '\0'};
    jsonl_printf(w, "  %3s --%s%s%-*s  ", o->letter ? letter : "", o->name, o->argument ? " " : "",
                 (int)(width - strlen(o->name) - (o->argument != NULL)), o->argument ? o->argument : "");
    for (const char *line = o->help; *line;) {
        size_t n = strcspn(line, "\n");
        jsonl_printf(w, "%*s%.*s\n", line > o->help ? (int)width + 10 : 0, "", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static int help_show(const struct tool *t)
{
    static const struct tool_option common[] = {
        {'h', "help", NULL, "show this", NULL, NULL, NULL},
        {0, "version", NULL, "show the version", NULL, NULL, NULL},
    };
    struct jsonl_writer *w = jsonl_writer_new(-1);
    size_t width = 0;
    if (!w)
        return jsonl_tool_no_memory();
    for (size_t i = 0; i < t->options_len; i++)
        if (heading_width(&t->options[i]) > width)
            width = heading_width(&t->options[i]);
    jsonl_printf(w, "usage: %s %s\n\n%s\n\n", t->name, t->usage, t->about);
    for (size_t i = 0; i < t->options_len; i++)
        help_option(w, &t->options[i], width);
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        help_option(w, &common[i], width);
    jsonl_printf(w, "\n%s\n", t->exits);
    struct jsonl_text text = jsonl_writer_text(w);
    int status = text.s && !jsonl_writer_error(w) ? jsonl_print(text.s, "") : jsonl_tool_no_memory();
    jsonl_writer_free(w);
    return status;
}

static int version_show(const struct tool *t)
{
    char name[64];
    snprintf(name, sizeof name, "%s ", t->name);
    return jsonl_print(name, JSONL_VERSION "\n");
}

/* ---- Reading */

static int option_apply(const struct tool *t, const struct tool_option *o, bool named, const char *argument)
{
    struct jsonl_error err;
    char letter[] = {o->letter, '\0'};
    if (o->flag)
        *o->flag = true;
    if (o->text)
        *o->text = argument;
    if (!o->set || o->set(t->context, argument, &err))
        return TOOL_GO;
    jsonl_warn("%s%s %s: %s", named ? "--" : "-", named ? o->name : letter, argument ? argument : "", err.message);
    return JSONL_EXIT_USAGE;
}

/* What getopt_long wants to know. */
static void options_describe(const struct tool *t, char *letters, struct option *longs)
{
    int n = (int)t->options_len;
    if (t->runs_command)
        *letters++ = '+';
    *letters++ = ':'; /* who lacks an argument is told from who is not there */
    *letters++ = 'h';
    for (int i = 0; i < n; i++) {
        const struct tool_option *o = &t->options[i];
        if (o->letter)
            *letters++ = o->letter;
        if (o->letter && o->argument)
            *letters++ = ':';
        longs[i] = (struct option){o->name, o->argument ? required_argument : no_argument, NULL, NAMED + i};
    }
    *letters = '\0';
    longs[n] = (struct option){"help", no_argument, NULL, NAMED + n};
    longs[n + 1] = (struct option){"version", no_argument, NULL, NAMED + n + 1};
}

int jsonl_tool_options(const struct tool *t, int argc, char **argv, struct tool_operands *operands)
{
    char letters[2 * TOOL_OPTIONS_MAX + 4];
    struct option longs[TOOL_OPTIONS_MAX + 3] = {0};
    int read = 1; /* arguments, before getopt has looked for one more option */
    options_describe(t, letters, longs);
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, letters, longs, NULL)) != -1; read = optind) {
        size_t i = 0;
        if (c == '?' || c == ':')
            return option_refused(t, longs, argv);
        if (c == 'h' || c == NAMED + (int)t->options_len)
            return help_show(t);
        if (c == NAMED + (int)t->options_len + 1)
            return version_show(t);
        while (c != t->options[i].letter && c != NAMED + (int)i)
            i++;
        int status = option_apply(t, &t->options[i], c >= NAMED, optarg);
        if (status != TOOL_GO)
            return status;
    }
    *operands = (struct tool_operands){argv + optind, (size_t)(argc - optind), optind > read};
    return TOOL_GO;
}
