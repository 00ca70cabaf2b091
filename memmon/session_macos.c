/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"
#include "sysctl_macos.h"

#include <stdio.h>
#include <sys/utsname.h>

/* 0: not known. */
static int count_of(const char *name)
{
    double n = sysctl_number_of(name);
    return n > 0 && n < 1e6 ? (int)n : 0;
}

/* There are no roots here: the kernel is asked by name. */
void session_collect(struct session *s, const char *proc, const char *sys)
{
    struct utsname name;
    (void)proc;
    (void)sys;
    char version[SESSION_TEXT - 8];
    if (uname(&name) == 0) {
        (void)snprintf(s->platform, SESSION_TEXT, "%s", name.sysname); /* Darwin */
        (void)snprintf(s->platform_version, SESSION_TEXT, "%s", name.release);
        (void)snprintf(s->hostname, SESSION_TEXT, "%s", name.nodename);
    }
    sysctl_text("kern.osproductversion", version, sizeof version);
    (void)snprintf(s->os, SESSION_TEXT, "macOS%s%s", *version ? " " : "", version);
    sysctl_text("machdep.cpu.brand_string", s->chip, SESSION_TEXT);
    sysctl_text("hw.model", s->model, SESSION_TEXT);
    s->cores_physical = count_of("hw.physicalcpu");
    s->cores_logical = count_of("hw.logicalcpu");
    s->cores_efficiency = count_of("hw.perflevel1.physicalcpu");
    if (s->cores_efficiency) /* else all are of one kind */
        s->cores_performance = count_of("hw.perflevel0.physicalcpu");
    s->ram_total_gb = sysctl_number_of("hw.memsize") / 1e9;
}
