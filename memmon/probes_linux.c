/* SPDX-License-Identifier: Apache-2.0 */
#include "probes_linux.h"

#include <stddef.h>

/* pressure comes after memory, by whose values it judges where the kernel does not count stalls. */
const struct probe *const probes[] = {
    &probe_memory, &probe_pressure, &probe_cpu, &probe_load,  &probe_procs,
    &probe_cgroup, &probe_nvidia,   &probe_amd, &probe_intel, NULL,
};
