/* SPDX-License-Identifier: Apache-2.0
 * Memory pressure as a level: 1 normal, 2 warn, 4 critical. */
#ifndef MEMMON_PRESSURE_H
#define MEMMON_PRESSURE_H

#include "jsonl.h"

#include <stdint.h>

/* A level is of the last 2 s, as GLib's GMemoryMonitor has it. */
#define PRESSURE_WINDOW_NS INT64_C(2000000000)

/* By the share of time stalled for memory, per cent: critical if all tasks were (full >=
 * pressure.critical_full), warn if some were (some >= pressure.warn_some). */
double pressure_of_stalls(double some, double full, const struct jsonl_config *config);

/* Where stalls are not counted, by earlyoom's rule: warn if no more than 10 % of the RAM can be given out
 * and no more than 10 % of the swap space is free, critical at 5 % of both.  No swap space counts as none
 * free.  free and total in the same unit; swap_percent is what is used, NAN without swap space.  NAN if
 * the RAM is not known. */
double pressure_of_memory(double ram_free, double ram_total, double swap_percent);

#endif
