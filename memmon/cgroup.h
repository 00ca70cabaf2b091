/* SPDX-License-Identifier: Apache-2.0
 * Where a process stands in Linux's tree of control groups (version 2), and what its memory controller says: pure
 * functions from the texts of /proc and of the group's files to numbers and paths.
 *
 * Formats: cgroups(7), proc(5), Documentation/admin-guide/cgroup-v2.rst.  `text` need not end in NUL. */
#ifndef MEMMON_CGROUP_H
#define MEMMON_CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CGROUP_PATH = 1024 }; /* longer paths are not followed */

/* The path of /proc/PID/cgroup's line "0::PATH", as a string.  false: it has none, one that is too long, or one outside
 * of what this process may see ("/../…"). */
bool cgroup_path_parse(const char *text, size_t n, char path[CGROUP_PATH]);

/* Where /proc/PID/mountinfo has the tree, as strings: the directory, and which part of the tree is to be seen there.
 * false: nowhere. */
struct cgroup_mount {
    char dir[CGROUP_PATH];
    char root[CGROUP_PATH];
};
bool cgroup_mount_parse(const char *text, size_t n, struct cgroup_mount *out);

/* The directory of a group, DIR + what PATH has below ROOT.  false: it is not below, or too long. */
bool cgroup_dir(const struct cgroup_mount *mount, const char *path, char dir[CGROUP_PATH]);

/* Does cgroup.controllers, a line of names, have this one? */
bool cgroup_controllers_have(const char *text, size_t n, const char *name);

/* memory.current, memory.peak, memory.max: bytes; "max", no limit, is infinite.  NAN: it is neither. */
double cgroup_bytes_parse(const char *text, size_t n);

/* memory.events: how often, since the group was made.  What the text lacks is 0. */
struct cgroup_events {
    uint64_t high, max, oom, oom_kill;
};
void cgroup_events_parse(const char *text, size_t n, struct cgroup_events *out);

/* The counter oom_kill of /proc/vmstat: processes killed for want of memory since boot.  false: it has none. */
bool vmstat_oom_kill_parse(const char *text, size_t n, uint64_t *out);

#endif
