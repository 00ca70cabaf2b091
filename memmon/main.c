/* SPDX-License-Identifier: Apache-2.0
 * memmon - sample memory, CPU and GPU while a command runs. */
#include "monitor.h"

#include <fcntl.h>
#include <unistd.h>

/* A standard descriptor that is closed would be taken by the next file that is opened.  Standard output is
 * opened for reading then, so that writing to it fails as it should. */
static void hold_standard_fds(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    static struct monitor monitor;
    static char name[] = "memmon";
    struct sigaction pipe_before, size_before;
    struct options options;
    struct jsonl_config config;
    struct jsonl_error err;
    const char *file;

    hold_standard_fds();                    /* before jsonl_tool does, since the command gets them, too */
    sigaction(SIGPIPE, NULL, &pipe_before); /* before jsonl_tool ignores it */
    sigaction(SIGXFSZ, NULL, &size_before); /* likewise; signals_open takes care of this one */
    jsonl_tool(name);
    sigaction(SIGXFSZ, &size_before, NULL);
    if (argc > 0)
        argv[0] = name; /* getopt's messages begin with it */
    if (!options_parse(&options, argc, argv))
        return options.status;
    if (!jsonl_config_load(&config, options.config, &file, &err)) {
        jsonl_warn_at(file, err.line, err.column, "%s", err.message);
        return JSONL_EXIT_USAGE;
    }
    int status = monitor_open(&monitor, &options, &config, &pipe_before);
    if (status == 0) {
        monitor_run(&monitor);
        status = monitor_close(&monitor);
    }
    jsonl_config_free(&config);
    return status;
}
