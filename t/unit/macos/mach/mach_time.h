/* SPDX-License-Identifier: Apache-2.0
 * Stands in for macOS' <mach/mach_time.h>, see ../kernel.h. */
#ifndef KERNEL_MACH_MACH_TIME_H
#define KERNEL_MACH_MACH_TIME_H

#include <mach/mach.h>

typedef struct mach_timebase_info {
    uint32_t numer, denom;
} mach_timebase_info_data_t;

kern_return_t mach_timebase_info(struct mach_timebase_info *out);
uint64_t mach_absolute_time(void);
kern_return_t mach_wait_until(uint64_t deadline);

#endif
