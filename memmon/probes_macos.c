/* SPDX-License-Identifier: Apache-2.0 */
#include "probes_macos.h"

#include <stddef.h>

const struct probe *const probes[] = {
    &probe_memory, &probe_pressure, &probe_cpu, &probe_load, &probe_procs, &probe_accelerator, NULL,
};
