/* SPDX-License-Identifier: Apache-2.0 */
#include "pressure.h"

#include <math.h>

enum { NORMAL = 1, WARN = 2, CRITICAL = 4 };

double pressure_of_stalls(double some, double full, const struct jsonl_config *config)
{
    if (full >= config->pressure_critical_full)
        return CRITICAL;
    return some >= config->pressure_warn_some ? WARN : NORMAL;
}

double pressure_of_memory(double ram_free, double ram_total, double swap_percent)
{
    if (!(ram_total > 0) || isnan(ram_free))
        return NAN;
    double ram = 100 * ram_free / ram_total;
    double swap = isnan(swap_percent) ? 0 : 100 - swap_percent;
    if (ram <= 5 && swap <= 5)
        return CRITICAL;
    return ram <= 10 && swap <= 10 ? WARN : NORMAL;
}
