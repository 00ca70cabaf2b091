/* SPDX-License-Identifier: Apache-2.0 */
#include "armchip.h"
#include "cgroup_linux.h"
#include "procfile.h"
#include "procfs.h"
#include "session.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

static bool path_join(char path[PATH_MAX], const char *dir, const char *name)
{
    int n = snprintf(path, PATH_MAX, "%s/%s", dir, name);
    return n > 0 && n < PATH_MAX;
}

static size_t read_file(const char *dir, const char *name, char *buf, size_t size)
{
    char path[PATH_MAX];
    return path_join(path, dir, name) ? procfile_all(AT_FDCWD, path, buf, size) : 0;
}

static void read_line(const char *dir, const char *name, char *buf, size_t size)
{
    char path[PATH_MAX];
    procfile_line(AT_FDCWD, path_join(path, dir, name) ? path : "", buf, size);
}

/* Cores: processors that stand first in the list of those that share theirs.  0: not known. */
static int count_cores(const char *sys)
{
    char path[PATH_MAX];
    DIR *cpus = path_join(path, sys, "devices/system/cpu") ? opendir(path) : NULL;
    int cores = 0;
    for (struct dirent *entry; cpus && (entry = readdir(cpus));) {
        char name[sizeof entry->d_name + 32], list[256];
        int cpu;
        char rest;
        if (sscanf(entry->d_name, "cpu%d%c", &cpu, &rest) != 1)
            continue; /* cpufreq and other things */
        (void)snprintf(name, sizeof name, "%s/topology/thread_siblings_list", entry->d_name);
        size_t at = 0;
        cores += list_next(list, procfile_slurp(dirfd(cpus), name, list, sizeof list), &at) == cpu;
    }
    if (cpus)
        closedir(cpus);
    return cores;
}

/* Kernels name the processor under different keys, those of Arm's by numbers alone. */
static void read_chip(const char *proc, char chip[SESSION_TEXT])
{
    static const char *const keys[] = {"model name", "Hardware", "uarch", "cpu"};
    static char text[1 << 16];
    size_t n = read_file(proc, "cpuinfo", text, sizeof text);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (cpuinfo_find(text, n, keys[i], chip, SESSION_TEXT))
            return;
    if (!armchip_name(text, n, chip, SESSION_TEXT))
        chip[0] = '\0';
}

/* PRETTY_NAME of os-release(5), a word of shell, of the root directory that memmon has. */
static void read_os(const char *proc, char os[SESSION_TEXT])
{
    char text[4096];
    size_t n = read_file(proc, "self/root/etc/os-release", text, sizeof text);
    if (!os_release_find(text, n, "PRETTY_NAME", os, SESSION_TEXT))
        os[0] = '\0';
}

/* In a container the machine's memory is not all there for the taking. */
static double read_limit(const char *proc)
{
    struct cgroup_mount mount;
    char path[CGROUP_PATH];
    if (!cgroup_find_mount(proc, &mount) || !cgroup_find_path(proc, "self", path))
        return NAN;
    return cgroup_limit(&mount, path) / 1e9;
}

static void read_model(const char *proc, const char *sys, char model[SESSION_TEXT])
{
    char vendor[SESSION_TEXT / 2 - 1], product[SESSION_TEXT / 2];
    read_line(sys, "class/dmi/id/sys_vendor", vendor, sizeof vendor);
    read_line(sys, "class/dmi/id/product_name", product, sizeof product);
    if (*product)
        (void)snprintf(model, SESSION_TEXT, "%s%s%s", vendor, *vendor ? " " : "", product);
    else
        read_line(proc, "device-tree/model", model, SESSION_TEXT);
}

void session_collect(struct session *s, const char *proc, const char *sys)
{
    struct utsname name;
    if (uname(&name) == 0) {
        (void)snprintf(s->platform, SESSION_TEXT, "%s", name.sysname);
        (void)snprintf(s->platform_version, SESSION_TEXT, "%s", name.release);
        (void)snprintf(s->hostname, SESSION_TEXT, "%s", name.nodename);
    }
    read_os(proc, s->os);
    read_chip(proc, s->chip);
    read_model(proc, sys, s->model);
    s->cores_physical = count_cores(sys);
    s->cores_logical = (int)sysconf(_SC_NPROCESSORS_ONLN);

    char text[1024];
    struct meminfo info;
    meminfo_parse(text, read_file(proc, "meminfo", text, sizeof text), &info);
    s->ram_total_gb = info.total / 1e9;
    s->ram_limit_gb = read_limit(proc);
}
