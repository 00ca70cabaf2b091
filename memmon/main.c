/* SPDX-License-Identifier: Apache-2.0
 * memmon - sample memory, CPU and GPU while a command runs. */
#include "monitor.h"
#include "tool.h"

/* A slip in the file that stands in the environment for all tools must not cost the recording, which cannot be had
 * again: the built-in defaults take its place.  Who names a file is told at once.  Returns 0, or the exit status. */
static int config_load(struct jsonl_config *config, const struct options *options)
{
    struct jsonl_error err;
    const char *file;
    if (jsonl_config_load(config, options->config, &file, &err))
        return 0;
    jsonl_warn_at(file, err.line, err.column, "%s", err.message);
    if (options->config)
        return JSONL_EXIT_USAGE;
    jsonl_warn("recording with the default configuration");
    if (jsonl_config_load(config, "/dev/null", NULL, &err))
        return 0;
    jsonl_warn("%s", err.message);
    return options->command ? CHILD_EXIT_FAILED : JSONL_EXIT_IO;
}

int main(int argc, char **argv)
{
    static struct monitor monitor;
    struct sigaction pipe_before, size_before;
    struct options options;
    struct jsonl_config config;

    sigaction(SIGPIPE, NULL, &pipe_before); /* before jsonl_tool ignores it */
    sigaction(SIGXFSZ, NULL, &size_before); /* likewise; signals_open takes care of this one */
    jsonl_tool("memmon");
    sigaction(SIGXFSZ, &size_before, NULL);
    int status = options_parse(&options, argc, argv);
    if (status != TOOL_GO)
        return status;
    status = config_load(&config, &options);
    if (status != 0)
        return status;
    status = monitor_open(&monitor, &options, &config, &pipe_before);
    if (status == 0) {
        monitor_run(&monitor);
        status = monitor_close(&monitor);
    }
    jsonl_config_free(&config);
    return status;
}
