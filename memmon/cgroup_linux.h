/* SPDX-License-Identifier: Apache-2.0
 * A process's control group (version 2), found in the file system. */
#ifndef MEMMON_CGROUP_LINUX_H
#define MEMMON_CGROUP_LINUX_H

#include "cgroup.h"

/* Where memmon itself sees the tree; false: nowhere.  proc as in struct probe_env. */
bool cgroup_find_mount(const char *proc, struct cgroup_mount *out);

/* The group of a process, by its name below proc: "self", "123".  false: not known. */
bool cgroup_find_path(const char *proc, const char *process, char path[CGROUP_PATH]);

/* The memory limit that holds for a group: the least of its own and those of the groups above it, bytes.  NAN: none. */
double cgroup_limit(const struct cgroup_mount *mount, const char *path);

#endif
