/* SPDX-License-Identifier: Apache-2.0
 * Opening and reading, whatever comes between; not installed. */
#ifndef JSONL_DESCRIPTOR_H
#define JSONL_DESCRIPTOR_H

#include <sys/types.h>

/* open(2), again after a signal, which can interrupt it on a FIFO or a file of another machine; -1 with errno set. */
int descriptor_open(const char *path, int flags);

/* read(2), again after a signal, and waiting where the descriptor itself does not. */
ssize_t descriptor_read(int fd, void *to, size_t n);

#endif
