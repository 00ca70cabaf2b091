/* SPDX-License-Identifier: Apache-2.0
 * Any bytes where memmon expects a text of Linux's /proc or /sys.
 *
 * Of what each parser makes of it holds:
 * - It reads no byte beyond the text.  A number is not negative, a name is a string that fits.
 * - A number that a parser finds stands in the text; what it refuses it does not need the rest for: a text that is a
 *   line longer gives meminfo, stat and the like the same values, as their first lines count.
 * - A directory of a control group is below where the tree is mounted. */
#include "../../memmon/procfs.h"
#include "../../memmon/armchip.h"
#include "../../memmon/cgroup.h"
#include "support/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 24 };

static void check_name(const char *name, const char *text, size_t n)
{
    MUST(memchr(name, '\0', NAME), "a name without an end");
    MUST(strlen(name) == 0 || n >= strlen(name), "%s is longer than %.*s", name, (int)n, text);
}

static void check_numbers(const char *text, size_t n)
{
    struct meminfo memory;
    struct stall stall;
    struct cpu_ticks ticks, more;
    struct proc proc;
    double load[3];
    meminfo_parse(text, n, &memory);
    MUST(!(memory.total < 0 || memory.available < 0 || memory.swap_total < 0 || memory.swap_free < 0), "negative");
    (void)stall_parse(text, n, &stall);
    if (loadavg_parse(text, n, load))
        MUST(load[0] >= 0 && load[1] >= 0 && load[2] >= 0, "%g %g %g", load[0], load[1], load[2]);
    if (proc_parse(text, n, &proc))
        MUST(proc.pid >= 0 && proc.ppid >= 0, "%d %d", proc.pid, proc.ppid);
    if (!cpu_ticks_parse(text, n, &ticks))
        return;
    char *longer = fuzz_need(malloc(n + 8));
    memcpy(longer, text, n);
    memcpy(longer + n, "\ncpu0 1\n", 8);
    MUST(cpu_ticks_parse(longer, n + 8, &more) && more.total == ticks.total, "the second line counts");
    free(longer);
}

static void check_lists(const char *text, size_t n)
{
    size_t at = 0, before = 0;
    for (int v; (v = list_next(text, n, &at)) >= 0; before = at)
        MUST(at > before && at <= n, "%zu after %zu", at, before);
    uint64_t kills;
    (void)vmstat_oom_kill_parse(text, n, &kills);
}

static void check_names(const char *text, size_t n)
{
    char name[NAME];
    if (cpuinfo_find(text, n, "model name", name, sizeof name))
        check_name(name, text, n);
    if (os_release_find(text, n, "PRETTY_NAME", name, sizeof name))
        check_name(name, text, n);
    if (armchip_name(text, n, name, sizeof name))
        MUST(memchr(name, '\0', sizeof name) && *name, "no name");
}

static void check_groups(const char *text, size_t n)
{
    struct cgroup_mount mount;
    struct cgroup_events events;
    char path[CGROUP_PATH], dir[CGROUP_PATH];
    double bytes = cgroup_bytes_parse(text, n);
    MUST(isnan(bytes) || bytes >= 0, "%g", bytes);
    cgroup_events_parse(text, n, &events);
    bool known = cgroup_path_parse(text, n, path);
    MUST(!known || *path == '/', "%s", path);
    if (!cgroup_mount_parse(text, n, &mount) || !known || !cgroup_dir(&mount, path, dir))
        return;
    MUST(strncmp(dir, mount.dir, strlen(mount.dir)) == 0, "%s is not below %s", dir, mount.dir);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    check_numbers(text, size);
    check_lists(text, size);
    check_names(text, size);
    check_groups(text, size);
    free(text);
    return 0;
}
