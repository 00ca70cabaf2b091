/* SPDX-License-Identifier: Apache-2.0
 * The FIFO through which events come. */
#ifndef MEMMON_FIFO_H
#define MEMMON_FIFO_H

#include "jsonl.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>

struct fifo {
    char *path;  /* string, absolute */
    int fd;      /* for reading, without blocking */
    int hold_fd; /* a writer, so that there is no end of file between the others */
    bool made;   /* by us: so it is ours to remove */
    dev_t dev;
    ino_t ino;
};

/* Makes it (mode 0600), or takes the one that is there.  Refuses anything else at that path.  false with
 * *err set. */
bool fifo_open(struct fifo *f, const char *path, struct jsonl_error *err);

/* What is there, n bytes at most; 0: nothing. */
size_t fifo_read(const struct fifo *f, char *buf, size_t n);

/* Closes it, and removes it if we made it and it is still the same. */
void fifo_close(struct fifo *f);

#endif
