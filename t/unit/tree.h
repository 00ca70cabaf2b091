/* SPDX-License-Identifier: Apache-2.0
 * A tree of files that stands in for /proc and /sys, in a directory of its own. */
#ifndef TREE_H
#define TREE_H

#include "jsonl.h"
#include "unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64]; /* its path */

/* Writes ROOT/NAME, with the directories above it. */
JSONL_PRINTF(2, 3) static inline void put(const char *name, const char *format, ...)
{
    char path[256];
    int n = snprintf(path, sizeof path, "%s/%s", root, name);
    ck_assert_int_lt(n, (int)sizeof path);
    for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        (void)mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    va_list args;
    va_start(args, format);
    ck_assert_int_ge(vfprintf(f, format, args), 0);
    va_end(args);
    ck_assert_int_eq(fclose(f), 0);
}

/* Takes ROOT/NAME away, with what is below it. */
static inline void take(const char *name)
{
    char command[256];
    (void)snprintf(command, sizeof command, "rm -rf %s/%s", root, name);
    ck_assert_int_eq(system(command), 0);
}

static inline void tree_begin(void)
{
    (void)snprintf(root, sizeof root, "/tmp/memmon.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static inline void tree_end(void)
{
    take("");
}

#endif
