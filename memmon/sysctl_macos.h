/* SPDX-License-Identifier: Apache-2.0
 * Values of macOS' kernel by their names, sysctl(3). */
#ifndef MEMMON_SYSCTL_MACOS_H
#define MEMMON_SYSCTL_MACOS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <sys/sysctl.h>

/* A name that has been looked up, as looking it up costs more than reading it. */
struct sysctl_name {
    int mib[CTL_MAXNAME];
    unsigned len; /* 0: this kernel does not have it */
};

struct sysctl_name sysctl_find(const char *name);

/* An integer of the size that the kernel says: some counters have 32 bits, some 64, and some have grown from one to the
 * other.  NAN: it cannot be read. */
double sysctl_number(const struct sysctl_name *name);
double sysctl_number_of(const char *name);

/* What `mib` of two levels has, if it is of that size; false: it is not, or cannot be read. */
bool sysctl_struct(int first, int second, void *out, size_t size);

/* A text, cut to size, a string; "" if there is none. */
void sysctl_text(const char *name, char *buf, size_t size);

#endif
