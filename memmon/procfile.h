/* SPDX-License-Identifier: Apache-2.0
 * A file of /proc that is opened once and read again and again from its start: open and close would double
 * the cost of a reading. */
#ifndef MEMMON_PROCFILE_H
#define MEMMON_PROCFILE_H

#include "jsonl.h"

#include <stddef.h>

/* Opens DIR/NAME for reading; -1 with *err set. */
int procfile_open(const char *dir, const char *name, struct jsonl_error *err);

/* Its first size bytes at most, in one read.  Bytes read; 0: empty, or it cannot be read now. */
size_t procfile_read(int fd, char *buf, size_t size);

/* Opens, reads and closes DIRFD/NAME (dirfd AT_FDCWD: a path). */
size_t procfile_slurp(int dirfd, const char *name, char *buf, size_t size);

/* The same, to the file's end in as many reads as that takes: the kernel gives some files a page at a time. */
size_t procfile_all(int dirfd, const char *name, char *buf, size_t size);

/* Its first line without white space at the end, into buf, a string; "" if there is none.  (The device tree's texts end
 * in NUL.) */
void procfile_line(int dirfd, const char *name, char *buf, size_t size);

/* From where an open file stands to its end, size bytes at most. */
size_t procfile_rest(int fd, char *buf, size_t size);

#endif
