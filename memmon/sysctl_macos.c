/* SPDX-License-Identifier: Apache-2.0 */
#include "sysctl_macos.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

struct sysctl_name sysctl_find(const char *name)
{
    struct sysctl_name found = {.len = 0};
    size_t len = CTL_MAXNAME;
    if (sysctlnametomib(name, found.mib, &len) == 0)
        found.len = (unsigned)len;
    return found;
}

double sysctl_number(const struct sysctl_name *name)
{
    union {
        uint32_t u32;
        uint64_t u64;
    } value = {.u64 = 0};
    size_t size = sizeof value;
    struct sysctl_name n = *name; /* sysctl takes it without const */
    if (!n.len || sysctl(n.mib, n.len, &value, &size, NULL, 0) != 0)
        return NAN;
    if (size == sizeof value.u32)
        return value.u32;
    return size == sizeof value.u64 ? (double)value.u64 : (double)NAN;
}

double sysctl_number_of(const char *name)
{
    const struct sysctl_name found = sysctl_find(name);
    return sysctl_number(&found);
}

bool sysctl_struct(int first, int second, void *out, size_t size)
{
    int mib[] = {first, second};
    size_t got = size;
    return sysctl(mib, 2, out, &got, NULL, 0) == 0 && got == size;
}

void sysctl_text(const char *name, char *buf, size_t size)
{
    size_t n = size - 1;
    if (sysctlbyname(name, buf, &n, NULL, 0) != 0) /* also if it does not fit */
        n = 0;
    buf[n] = '\0';
}
