/* SPDX-License-Identifier: Apache-2.0 */
#include "process_linux.h"

#include "procfile.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

bool process_read(int proc, int pid, struct proc *out)
{
    char name[32], text[1024]; /* what is of use stands in the first 600 bytes */
    (void)snprintf(name, sizeof name, "%d/stat", pid);
    errno = 0;
    if (proc_parse(text, procfile_slurp(proc, name, text, sizeof text), out))
        return true;
    if (errno != EMFILE && errno != ENFILE && errno != ENOMEM)
        errno = ESRCH;
    return false;
}

int process_number(const char *name)
{
    char *end;
    if (*name < '1' || *name > '9')
        return 0;
    long pid = strtol(name, &end, 10);
    return *end || pid > INT_MAX ? 0 : (int)pid;
}
